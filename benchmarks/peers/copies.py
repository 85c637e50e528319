"""Copies of the files that other tools load from other hosts, so that no network is involved."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.sites import closure, full_pyodide, pyodide_version
from tools.fetch_test_pyodides import cache_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Route

__all__ = ["Copies", "environment_of", "fetch_wheels", "npm_package", "with_wheels"]

PYODIDE = re.compile(r"https://[^/]+/pyodide/v(?P<version>[\d.]+)/full/(?P<path>[^?]+)")
NPM = re.compile(r"https://[^/]+/npm/(?P<name>(?:@[^/]+/)?[^@/]+)@(?P<version>[\d.]+)(?:/(?P<path>[^?]+))?")
LIBRARY = re.compile(r"https://[^/]+/ajax/libs/(?P<name>[^/]+)/(?P<version>[\d.]+)/(?P<path>[^?]+)")
"""URLs of the files that tools load: from Pyodide, from npm packages, and from a library collection."""

INDEX = re.compile(r"https://[^/]+/simple/(?P<name>[^/]+)/")
WHEEL = re.compile(r"https://wheels\.invalid/(?P<path>[^?#]+)")
"""Requests to an index of Python packages, and the URLs in the responses of `Copies`."""

INDEX_TYPE = "application/vnd.pypi.simple.v1+json"
"""https://packaging.python.org/en/latest/specifications/simple-repository-api/"""

NPM_NAMES = {
    "ace": ("ace-builds", "src-min-noconflict/"),
    "highlight.js": ("@highlightjs/cdn-assets", ""),
}
"""The npm package, and the folder in it, that contains the files of each library in the collection."""


STAND_INS = {("jquery.terminal", "2.43.1"): "2.43.0"}
"""Versions that npm does not have, and the versions that replace them."""


def peers_folder() -> Path:
    """The folder of all copies."""
    return cache_folder() / "peers"


def environment_of(name: str, requirements: tuple[str, ...]) -> Path:
    """The Python of an environment with these packages. Creates the environment if it is missing."""
    folder = peers_folder() / name
    done = folder / "installed.json"
    if not done.exists() or json.loads(done.read_text(encoding="utf-8")) != list(requirements):
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        python = str(folder / "bin" / "python")
        subprocess.run([python, "-m", "pip", "install", "--quiet", *requirements], check=True)
        done.write_text(json.dumps(requirements), encoding="utf-8")
    return folder / "bin" / "python"


class Copies:
    """Answers a browser's requests to other hosts, and records the files that it has sent."""

    def __init__(self, pyodide_in_place: dict[str, Path] | None = None) -> None:
        self._in_place = pyodide_in_place or {}
        self.sent: list[Path] = []
        """The files that were sent, in the order of the requests."""
        self.missing: list[str] = []
        """The requested URLs that have no copy."""

    def answer_for(self, context: BrowserContext, own_url: str) -> None:
        """Answer all requests to hosts other than the site itself."""
        context.route(lambda url: not url.startswith((own_url, "data:", "blob:")), self._answer)

    def _answer(self, route: Route) -> None:
        if asked := INDEX.match(route.request.url):
            self._answer_as_index(route, asked["name"])
            return
        path = self._copy_of(route.request.url)
        if path is None:
            self.missing.append(route.request.url)
            route.fulfill(status=404, headers={"Access-Control-Allow-Origin": "*"}, body="")
            return
        self.sent.append(path)
        route.fulfill(path=path, headers={"Access-Control-Allow-Origin": "*", "Content-Type": type_of(path)})

    def _answer_as_index(self, route: Route, name: str) -> None:
        files = [
            {
                "filename": wheel.name,
                "url": f"https://wheels.invalid/{wheel.name}",
                "hashes": {"sha256": hashlib.sha256(wheel.read_bytes()).hexdigest()},
            }
            for wheel in wheels_folder().glob(f"{name.replace('-', '_')}-*.whl")
        ]
        if not files:
            self.missing.append(route.request.url)
        answer = {"meta": {"api-version": "1.0"}, "name": name, "files": files}
        headers = {"Access-Control-Allow-Origin": "*", "Content-Type": INDEX_TYPE}
        route.fulfill(status=200 if files else 404, headers=headers, body=json.dumps(answer))

    def _copy_of(self, url: str) -> Path | None:
        for pattern, find in self._finders().items():
            if found := pattern.match(url):
                path = find(
                    found.groupdict().get("version", ""),
                    found["path"] or "",
                    found.groupdict().get("name", ""),
                )
                return path if path.is_file() else None
        return None

    def _finders(self) -> dict[re.Pattern[str], Callable[[str, str, str], Path]]:
        return {
            PYODIDE: lambda version, path, _: self._pyodide(version) / path,
            NPM: lambda version, path, name: npm_file(npm_package(name, version), path),
            LIBRARY: lambda version, path, name: library(name, version) / path,
            WHEEL: lambda _, path, __: wheels_folder() / path,
        }

    def _pyodide(self, version: str) -> Path:
        if version in self._in_place:
            return self._in_place[version]
        full = full_pyodide()
        return full if version == pyodide_version(full) else npm_package("pyodide", version)


def npm_file(package: Path, path: str) -> Path:
    """A file of a package. Without a path, the file that ``main`` in its package.json names."""
    return package / (path or json.loads((package / "package.json").read_text(encoding="utf-8"))["main"])


def library(name: str, version: str) -> Path:
    """The folder of a library's files."""
    package, folder = NPM_NAMES[name]
    return npm_package(package, version) / folder


def npm_package(name: str, version: str) -> Path:
    """The folder of a package's files, fetched if they are missing."""
    version = STAND_INS.get((name, version), version)
    target = peers_folder() / "npm" / f"{name.replace('/', '+')}@{version}"
    if target.is_dir():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        subprocess.run(["npm", "pack", "--silent", f"{name}@{version}"], cwd=scratch, check=True)
        (archive,) = Path(scratch).glob("*.tgz")
        with tarfile.open(archive) as package:
            package.extractall(scratch)  # noqa: S202 - from the registry that the project installs from
        Path(scratch, "package").rename(target)
    return target


def wheels_folder() -> Path:
    """The folder of the wheels that the index offers."""
    return peers_folder() / "wheels"


def fetch_wheels(python: Path, requirements: tuple[str, ...]) -> None:
    """Download the wheels that the folder lacks."""
    for requirement in requirements:
        name, _, version = requirement.partition("==")
        if not [*wheels_folder().glob(f"{name.replace('-', '_')}-{version}-*.whl")]:
            download(python, requirement, wheels_folder())


def download(python: Path, requirement: str, folder: Path) -> None:
    """Download a pure Python wheel, for the Python version of Pyodide."""
    command = [str(python), "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
    options = ["--python-version=3.14", "--dest", str(folder), requirement]
    subprocess.run([*command, *options], check=True)


def with_wheels(pyodide: Path, python: Path, packages: tuple[str, ...]) -> Path:
    """A copy of a Pyodide with pure Python packages from the package index, in the versions of its lock file.

    Pyodide rebuilds these wheels, so the checksums in the lock file of the copy differ from the original.
    """
    target = pyodide.with_name(f"{pyodide.name}-with-wheels")
    if target.is_dir():
        return target
    lock = json.loads((pyodide / "pyodide-lock.json").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(dir=pyodide.parent) as scratch:
        copy = Path(scratch, "copy")
        shutil.copytree(pyodide, copy)
        for name in closure(lock["packages"], packages):
            entry = lock["packages"][name]
            folder = Path(scratch, name)
            download(python, f"{entry['name']}=={entry['version']}", folder)
            (wheel,) = folder.glob("*.whl")
            shutil.copyfile(wheel, copy / entry["file_name"])
            entry["sha256"] = hashlib.sha256(wheel.read_bytes()).hexdigest()
        (copy / "pyodide-lock.json").write_text(json.dumps(lock), encoding="utf-8")
        copy.rename(target)
    return target


def type_of(path: Path) -> str:
    """The media type. Browsers reject modules and WebAssembly with a wrong type."""
    types = {
        ".js": "text/javascript",
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
        ".css": "text/css",
        ".json": "application/json",
    }
    return types.get(path.suffix, "application/octet-stream")
