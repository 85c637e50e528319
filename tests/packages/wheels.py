"""Small wheels and distributions, made for a test."""

from __future__ import annotations

import hashlib
import json
import subprocess
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

__all__ = ["INFO", "make_distribution", "make_project", "make_wheel"]

INFO = {"abi_version": "2026_0", "arch": "wasm32", "platform": "emscripten_5_0_3", "python": "3.14.2"}
"""The ABI tag in the bundled Pyodide's lock file."""


def make_wheel(  # noqa: PLR0913 - what a wheel is
    folder: Path,
    name: str,
    version: str = "1.0",
    *,
    requires: Sequence[str] = (),
    modules: Mapping[str, str] | None = None,
    tag: str = "py3-none-any",
    extras: Sequence[str] = (),
) -> Path:
    """A wheel; without ``modules`` it has one module, named like the package, which knows its version."""
    folder.mkdir(parents=True, exist_ok=True)
    stem = name.replace("-", "_")
    path = folder / f"{stem}-{version}-{tag}.whl"
    files = modules or {f"{stem}.py": f"__version__ = {version!r}\n"}
    metadata = [
        f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}",
        *(f"Provides-Extra: {extra}" for extra in extras),
        *(f"Requires-Dist: {requirement}" for requirement in requires),
    ]
    info = f"{stem}-{version}.dist-info"
    with zipfile.ZipFile(path, "w") as wheel:
        for file, text in files.items():
            wheel.writestr(file, text)
        wheel.writestr(f"{info}/METADATA", "\n".join(metadata) + "\n")
        wheel.writestr(f"{info}/WHEEL", f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {tag}\n")
        wheel.writestr(f"{info}/RECORD", "")
    return path


def make_distribution(
    folder: Path, *wheels: Path, depends: Mapping[str, Sequence[str]] | None = None
) -> Path:
    """A Pyodide whose core is empty, with these wheels as its packages: enough for a build."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"):
        (folder / name).write_bytes(b"")
    (folder / "pyodide.mjs").write_text('const v="314.0.7";')
    packages = {}
    for wheel in wheels:
        content = wheel.read_bytes()
        (folder / wheel.name).write_bytes(content)
        name, version = wheel.name.split("-")[:2]
        packages[name] = {
            "name": name,
            "version": version,
            "file_name": wheel.name,
            "sha256": hashlib.sha256(content).hexdigest(),
            "depends": list((depends or {}).get(name, ())),
            "imports": [name],
            "install_dir": "site",
            "package_type": "package",
        }
    (folder / "pyodide-lock.json").write_text(json.dumps({"info": INFO, "packages": packages}))
    return folder


def make_project(folder: Path, version: str) -> None:
    """A project in a git repository, whose package ``ourlib`` requires ``numlike``."""
    folder.mkdir()
    (folder / "ourlib.py").write_text("answer = 42\n")
    (folder / "pyproject.toml").write_text(
        '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
        f'[project]\nname = "ourlib"\nversion = "{version}"\ndependencies = ["numlike"]\n'
        '[tool.hatch.build.targets.wheel]\ninclude = ["ourlib.py"]\n',
    )
    git = ["git", "-C", str(folder), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "begin"]):
        subprocess.run([*git, *command], check=True)
