"""Gives a built site a lock file of its own, wheels and files, and its pages the attributes that name them.

Made by hand: what the hosts write is tested where they are.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from tests.browser.scenarios import Scenario
    from tests.browser.sites import Site

__all__ = ["PackedSite", "PagePack", "pack", "pure_wheel"]

ATTRIBUTES = ("lock", "page-packages", "packages", "page-wheels", "files", "declared-only")
"""Those that are written here, without their ``data-``."""

WRITTEN = re.compile(rf' data-(?:{"|".join(ATTRIBUTES)})(?:="[^"]*")?(?=[ >])')
CELL = re.compile(r"<pyrun-cell[^>]*>")


@dataclass(frozen=True)
class PagePack:
    """A page and what it declares; blocks by their key in the scenario."""

    scenario: Scenario
    packages: tuple[str, ...] = ()
    block_packages: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Mapping[str, bytes]] = field(default_factory=dict)
    """Content by path."""
    is_declared_only: bool = False


@dataclass(frozen=True)
class PackedSite:
    """A site with its lock file."""

    site: Site
    lock_file: Path
    packages: Mapping[str, Mapping[str, Any]]
    """Entries of the lock file, with ``bytes`` and ``url``, the whole one."""

    @property
    def lock_name(self) -> str:
        """The name of the lock file."""
        return self.lock_file.name

    def wheels_of(self, *names: str) -> list[str]:
        """The URLs of packages and of what they depend on, biggest first."""
        entries = [self.packages[name] for name in closure(self.packages, names)]
        return [entry["url"] for entry in sorted(entries, key=lambda entry: -entry["bytes"])]

    def bytes_of(self, url: str) -> int:
        """How large a wheel is."""
        (size,) = [entry["bytes"] for entry in self.packages.values() if entry["url"] == url]
        return int(size)


def pack(  # noqa: PLR0913 - what the last two say is rare
    site: Site,
    core: Path,
    names: Iterable[str],
    pages: Iterable[PagePack],
    *,
    pure_wheels: Iterable[Path] = (),
    is_absolute: bool = False,
) -> PackedSite:
    """Pack a site whose Pyodide is that of ``core``, from which the named packages come."""
    assets = site.folder / site.assets_url.removeprefix(site.url)
    folder = assets / "packages"
    folder.mkdir()
    own = json.loads((core / "pyodide-lock.json").read_text(encoding="utf-8"))
    packages: dict[str, dict[str, Any]] = {}
    for name in closure(own["packages"], names):
        packages[name] = {
            **own["packages"][name],
            **_served(core / own["packages"][name]["file_name"], folder),
        }
    for wheel in pure_wheels:
        entry = _entry_of(wheel)
        packages[entry["name"]] = {**entry, **_served(wheel, folder)}
    packages_url = f"{site.assets_url}packages/"
    locked = {
        name: {**entry, "file_name": packages_url + entry["file_name"] if is_absolute else entry["file_name"]}
        for name, entry in packages.items()
    }
    text = json.dumps({"info": own["info"], "packages": locked})
    lock_file = folder / f"pyodide-lock-{hashlib.sha256(text.encode()).hexdigest()[:8]}.json"
    lock_file.write_text(text, encoding="utf-8")
    entries = {name: {**entry, "url": packages_url + entry["file_name"]} for name, entry in packages.items()}
    packed = PackedSite(site, lock_file, entries)
    for page in pages:
        _rewrite(packed, assets, page)
    return packed


def closure(packages: Mapping[str, Mapping[str, Any]], names: Iterable[str]) -> list[str]:
    """The packages, and what they depend on."""
    found: dict[str, None] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = None
            waiting += packages[name]["depends"]
    return list(found)


def pure_wheel(folder: Path, distribution: str, module: str, code: str) -> Path:
    """A wheel of one module in plain Python."""
    path = folder / f"{distribution}-1.0-py3-none-any.whl"
    info = f"{distribution}-1.0.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{module}.py", code)
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.0\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/top_level.txt", f"{module}\n")
        archive.writestr(f"{info}/RECORD", "")
    return path


def _entry_of(wheel: Path) -> dict[str, Any]:
    distribution, version = wheel.name.split("-")[:2]
    with zipfile.ZipFile(wheel) as archive:
        modules = archive.read(f"{distribution}-{version}.dist-info/top_level.txt").decode().split()
    return {
        "name": distribution.replace("_", "-"),
        "version": version,
        "install_dir": "site",
        "package_type": "package",
        "imports": modules,
        "depends": [],
        "unvendored_tests": False,
    }


def _served(wheel: Path, folder: Path) -> dict[str, Any]:
    """Serve a wheel; what the lock file says of it then."""
    content = wheel.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    place = folder / digest[:12] / wheel.name
    place.parent.mkdir()
    place.write_bytes(content)
    return {"file_name": f"{digest[:12]}/{wheel.name}", "sha256": digest, "bytes": len(content)}


def _rewrite(packed: PackedSite, assets: Path, page: PagePack) -> None:
    file = packed.site.folder / f"{page.scenario.name}.html"
    keys = iter(page.scenario.blocks)
    first = next(iter(page.scenario.blocks))

    def with_attributes(cell: re.Match[str]) -> str:
        key = next(keys)
        values: dict[str, str | None] = {"lock": f"packages/{packed.lock_name}"}
        if page.packages:
            values["page-packages"] = " ".join(page.packages)
            if key == first:
                values["page-wheels"] = json.dumps(_wheels(packed, page.packages))
        if key in page.block_packages:
            values["packages"] = page.block_packages[key]
        if key in page.files:
            values["files"] = json.dumps([_file(assets, *item) for item in page.files[key].items()])
        if page.is_declared_only:
            values["declared-only"] = None
        written = "".join(
            f" data-{name}" if value is None else f' data-{name}="{html.escape(value)}"'
            for name, value in values.items()
        )
        return WRITTEN.sub("", cell[0]).removesuffix(">") + written + ">"

    text = file.read_text(encoding="utf-8")
    file.write_text(CELL.sub(with_attributes, text), encoding="utf-8")


def _wheels(packed: PackedSite, names: Iterable[str]) -> list[tuple[str, int, str]]:
    by_url = {entry["url"]: entry for entry in packed.packages.values()}
    return [
        (f"packages/{entry['file_name']}", entry["bytes"], _integrity(bytes.fromhex(entry["sha256"])))
        for entry in (by_url[url] for url in packed.wheels_of(*names))
    ]


def _file(assets: Path, path: str, content: bytes) -> tuple[str, str, int, str]:
    digest = hashlib.sha256(content)
    url = f"files/{digest.hexdigest()[:12]}/{path.rpartition('/')[2]}"
    (assets / url).parent.mkdir(parents=True, exist_ok=True)
    (assets / url).write_bytes(content)
    return path, url, len(content), _integrity(digest.digest())


def _integrity(digest: bytes) -> str:
    return f"sha256-{base64.b64encode(digest).decode()}"
