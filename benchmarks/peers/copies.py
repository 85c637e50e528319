"""Copies of what pages of other tools load from elsewhere, so that nothing depends on a network."""

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
"""Addresses of what tools load: files of Pyodide, of npm's packages, and of a collection of libraries."""

INDEX = re.compile(r"https://[^/]+/simple/(?P<name>[^/]+)/")
WHEEL = re.compile(r"https://wheels\.invalid/(?P<path>[^?#]+)")
"""Questions to an index of Python packages, and the addresses in the answers here."""

INDEX_TYPE = "application/vnd.pypi.simple.v1+json"
"""https://packaging.python.org/en/latest/specifications/simple-repository-api/"""

NPM_NAMES = {
    "ace": ("ace-builds", "src-min-noconflict/"),
    "highlight.js": ("@highlightjs/cdn-assets", ""),
}
"""Packages of npm with the files of that collection, and where in them."""


STAND_INS = {("jquery.terminal", "2.43.1"): "2.43.0"}
"""Versions that npm does not have, and what is taken in their place."""


def peers_folder() -> Path:
    """Where all of it is kept."""
    return cache_folder() / "peers"


def environment_of(name: str, requirements: tuple[str, ...]) -> Path:
    """The Python of an environment with these packages, installed if it is not there."""
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
    """Answers a browser's requests to other hosts, and counts what it has sent."""

    def __init__(self, pyodide_in_place: dict[str, Path] | None = None) -> None:
        self._in_place = pyodide_in_place or {}
        self.sent: list[Path] = []
        """Files, in the order in which they were asked for."""
        self.missing: list[str] = []
        """Addresses of which there is no copy."""

    def answer_for(self, context: BrowserContext, own_url: str) -> None:
        """Answer what is not of the site itself."""
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
    """A file of a package; without a path the one that the package names as its own."""
    return package / (path or json.loads((package / "package.json").read_text(encoding="utf-8"))["main"])


def library(name: str, version: str) -> Path:
    """The folder with the files of a library."""
    package, folder = NPM_NAMES[name]
    return npm_package(package, version) / folder


def npm_package(name: str, version: str) -> Path:
    """The files of a package, fetched if they are not there."""
    version = STAND_INS.get((name, version), version)
    target = peers_folder() / "npm" / f"{name.replace('/', '+')}@{version}"
    if target.is_dir():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        subprocess.run(["npm", "pack", "--silent", f"{name}@{version}"], cwd=scratch, check=True)
        (archive,) = Path(scratch).glob("*.tgz")
        with tarfile.open(archive) as package:
            package.extractall(scratch)  # noqa: S202 - of the registry that the project itself installs from
        Path(scratch, "package").rename(target)
    return target


def wheels_folder() -> Path:
    """Wheels of an index."""
    return peers_folder() / "wheels"


def fetch_wheels(python: Path, requirements: tuple[str, ...]) -> None:
    """Have them in that folder."""
    for requirement in requirements:
        name, _, version = requirement.partition("==")
        if not [*wheels_folder().glob(f"{name.replace('-', '_')}-{version}-*.whl")]:
            download(python, requirement, wheels_folder())


def download(python: Path, requirement: str, folder: Path) -> None:
    """A wheel without compiled code, for the Python of Pyodide."""
    command = [str(python), "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
    options = ["--python-version=3.14", "--dest", str(folder), requirement]
    subprocess.run([*command, *options], check=True)


def with_wheels(pyodide: Path, python: Path, packages: tuple[str, ...]) -> Path:
    """A copy of a Pyodide with pure packages from the package index, in the versions that it names.

    Its makers have built them anew, so the lock file of the copy has other checksums.
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
    """The media type; browsers refuse modules and WebAssembly with a wrong one."""
    types = {
        ".js": "text/javascript",
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
        ".css": "text/css",
        ".json": "application/json",
    }
    return types.get(path.suffix, "application/octet-stream")
