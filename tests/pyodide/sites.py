"""The site for testing a distribution: in a folder, as a build makes it, with a package of the tests."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyrun_core.browser_files import bundled_files
from pyrun_core.pyodide.bytecode import CompileJob, compile_modules
from pyrun_core.pyodide.distribution import LOCK_FILE, Distribution, choose_distribution
from pyrun_core.pyodide.library_parts import with_library_in_parts
from pyrun_core.pyodide.stdlib_bytecode import with_compiled_library
from pyrun_core.pyodide.target import Target

if TYPE_CHECKING:
    from collections.abc import Mapping

HERE = Path(__file__).parent
PROBE = "pyrun_probe"
NUMPY = "numpy"
_JSPI = "--experimental-wasm-jspi"


@dataclass(frozen=True)
class Contract:
    """The checks, built for Node."""

    script: Path
    native: Path
    """The probe's extension module."""


def build_contract(project: Path, target: Path) -> Contract:
    """Bundle the checks with the worker's own modules, beside the runtime's archive."""
    (runtime,) = bundled_files().folder.glob("runtime-*.zip")
    shutil.copy(runtime, target)
    node("tests/pyodide/build.mjs", target, runtime.name, cwd=project)
    return Contract(target / "contract.mjs", target / "native.so")


def run_contract(contract: Contract, site: Path) -> dict[str, dict[str, str]]:
    """Return the result of each check, with JavaScript Promise Integration if Node has it behind a flag."""
    flags = [_JSPI] if _JSPI in node("--v8-options", cwd=site) else []
    results: dict[str, dict[str, str]] = json.loads(node(*flags, contract.script, site, cwd=site))
    return results


def prepare_site(folder: Path, version: str, contract: Contract, site: Path) -> Distribution:
    """Write to ``site`` what a site with this distribution publishes and what its page requests."""
    core = site / "pyodide"
    packages = site / "packages"
    for made in (core, packages):
        made.mkdir(parents=True)
    compiled = with_compiled_library(choose_distribution(str(folder), site, bundled_files()), print)
    distribution = with_library_in_parts(compiled, print)
    assert distribution.library_parts is not None
    for path in distribution.served_files():
        shutil.copy(distribution.source(path), core / path)
    # From 314 on the glue is a module; browsers import it as one anyway, and so must Node.
    (core / "package.json").write_text('{"type": "module"}')

    lock = json.loads((folder / LOCK_FILE).read_text(encoding="utf-8"))
    entry = build_probe(folder, Target.of_lock(lock["info"]), contract.native, packages)
    entries = {entry["name"]: entry}
    if (folder / lock["packages"].get(NUMPY, {}).get("file_name", "none")).is_file():
        for name in (NUMPY, *lock["packages"][NUMPY]["depends"]):
            entries[name] = lock["packages"][name]
            shutil.copy(folder / entries[name]["file_name"], packages)
    (packages / "lock.json").write_text(json.dumps({"info": lock["info"], "packages": entries}))
    start = {
        "version": version,
        "core": {path.name: integrity(core / path) for path in distribution.served_files()},
        "rest": distribution.library_parts.sizes(),
        "lock": integrity(packages / "lock.json"),
        "packages": list(entries),
        "imports": [PROBE, *(name for name in entries if name == NUMPY)],
        "wheels": [
            {"name": name, "bytes": (packages / name).stat().st_size, "integrity": integrity(packages / name)}
            for name in (entry["file_name"] for entry in entries.values())
        ],
    }
    (site / "start.json").write_text(json.dumps(start))
    return distribution


def build_probe(folder: Path, target: Target, native: Path, packages: Path) -> Mapping[str, Any]:
    """Write the probe's wheel, with bytecode compiled from a different source; return its lock file entry."""
    wheel = packages / f"{PROBE}-1.0-{target.abi}-{target.abi}-{target.platforms[0]}.whl"
    text = (HERE / "probe" / "__init__.py").read_text(encoding="utf-8")
    module = f"{PROBE}/__init__.py"
    bytecode = packages / "bytecode.zip"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(module, text.replace("BYTECODE = False", "BYTECODE = True"))
    compile_modules([CompileJob(wheel, [module], bytecode)], folder, packages)
    with zipfile.ZipFile(bytecode) as compiled, zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(module, text)
        archive.write(native, f"{PROBE}/native.so")
        for name in compiled.namelist():
            archive.writestr(name, compiled.read(name))
        archive.writestr(
            f"{PROBE}-1.0.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {PROBE}\nVersion: 1.0\n"
        )
        archive.writestr(f"{PROBE}-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: false\n")
        archive.writestr(f"{PROBE}-1.0.dist-info/RECORD", "")
    return {
        "name": PROBE.replace("_", "-"),
        "version": "1.0",
        "file_name": wheel.name,
        "install_dir": "site",
        "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
        "package_type": "package",
        "imports": [PROBE],
        "depends": [],
        "unvendored_tests": False,
    }


def integrity(file: Path) -> str:
    """A checksum in the format of browsers and Pyodide."""
    return "sha256-" + base64.b64encode(hashlib.sha256(file.read_bytes()).digest()).decode()


def node(*arguments: str | Path, cwd: Path) -> str:
    """Run a script in Node; return its output.

    Raises:
        AssertionError: The script failed; the message is its error output.
    """
    run = subprocess.run(
        ["node", *arguments], cwd=cwd, capture_output=True, text=True, timeout=120, check=False
    )
    assert run.returncode == 0, run.stderr
    return run.stdout
