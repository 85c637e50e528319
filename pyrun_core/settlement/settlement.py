"""What was settled for a site: its Pyodide, and the packages and files of each example.

The elements in the pages say what their authors wrote, with an id of what they require. The file
``settlement.json`` says what that became. So no page depends on another one: pages can be cached, copied and
rendered in parallel, and none is written again because the packages of another page have changed.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from pyrun_core.browser_files import bundled_files
from pyrun_core.cache import cache_folder
from pyrun_core.examples.page_requirements import ExampleRequirements, SiteRequirements
from pyrun_core.kept_download import KeptDownloads
from pyrun_core.options.reader_interface import BLACK, RUFF
from pyrun_core.packages.publish.published_package import PublishedPackage, is_url
from pyrun_core.packages.publish.resolved import ResolvedSite
from pyrun_core.packages.resolve.version_check import DocumentedProject
from pyrun_core.packages.resolve_site import LockMode
from pyrun_core.problems import Problem, PyrunError
from pyrun_core.settlement.ruff import Ruff, copy_ruff
from pyrun_core.site import Site
from pyrun_core.site_file import SiteFile

__all__ = ["FORMAT", "NAMES_FILE", "Settlement", "settle"]

FORMAT = 3
"""The version of the format. The page has the same number in ``assets/page/settlement``."""


NAMES_FILE = "names.json"


@dataclass(frozen=True)
class Settlement:
    """The packages of a site, and what its pages require."""

    site: Site
    requirements: SiteRequirements
    resolved: ResolvedSite
    names: str = ""
    """The table of documented names, if there is one: `pyrun_core.settlement.documented_names`."""
    ruff: Ruff | None = None
    """The formatter ruff, if an example uses it."""

    def to_json(self, root: str, runtime: str) -> str:
        """The content of ``settlement.json``. All URLs in it are relative to it.

        ``root`` is the URL of the site's root, ``runtime`` that of the folder with the files.
        """
        distribution, lock = self.site.distribution, self.resolved.lock
        parts = distribution.library_parts
        content = {
            "format": FORMAT,
            "root": root,
            "pyodide": {
                "url": _below(runtime, distribution.url),
                "bytes": distribution.core_bytes,
                "snapshots": distribution.linked_glue is not None,
                "files": {
                    name: [_below(runtime, file.url), file.integrity]
                    for name, file in sorted(distribution.files.items())
                },
                **({"rest": parts.sizes()} if parts else {}),
            },
            "lock": lock and {"url": _below(runtime, lock.url), "integrity": lock.integrity},
            "packages": {
                name: _package(each, runtime) for name, each in sorted(self.resolved.packages.items())
            },
            **({"names": self._names_url} if self.names else {}),
            **self._formatters(runtime),
            "start": self.resolved.names_for(self.site.packages),
            "examples": {
                key: self._example(each, runtime) for key, each in self.requirements.examples().items()
            },
        }
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"

    def _formatters(self, runtime: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if self.ruff:
            files = {"script": self.ruff.script, "module": self.ruff.module}
            found[RUFF] = {name: [_below(runtime, file.url), file.integrity] for name, file in files.items()}
        if black := self.resolved.names_for([BLACK] if BLACK in self.requirements.formatters() else []):
            found[BLACK] = black
        return {"formatters": found} if found else {}

    @property
    def _names_url(self) -> str:
        # The hash makes browsers load a table that has changed.
        return f"{NAMES_FILE}?v={hashlib.sha256(self.names.encode()).hexdigest()[:8]}"

    def imported_modules(self) -> set[str]:
        """The modules that examples of the site import."""
        return {each.module for page in self.requirements.pages for each in page.imports}

    def files(self) -> Iterator[SiteFile]:
        """Every file that the site serves for its examples, in a stable order."""
        site, browser_files = self.site, bundled_files()
        for name in browser_files.names_for(self.requirements.languages()):
            yield SiteFile(browser_files.folder / name, name)
        for path in site.distribution.served_files():
            yield SiteFile(site.distribution.source(path), site.distribution.url + path.as_posix())
        yield from self.resolved.files
        yield from self.ruff.files if self.ruff else ()
        yield from (file.site_file for file in site.example_files.all())

    def _example(self, example: ExampleRequirements, runtime: str) -> dict[str, Any]:
        entries = (*self.site.packages, *self.requirements.allowed(example.page_entries))
        own = self.requirements.allowed(example.declared.entries)
        files = self.site.find_files(example)
        content = {
            "start": self.resolved.names_for(entries, example.imports),
            "run": self.resolved.names_for(own, example.imports),
            "files": [
                [
                    *(file.path, _below(runtime, quote(file.target)), file.size_bytes, file.integrity),
                    *([file.address] if file.address else []),
                ]
                for file in files
            ],
        }
        return {name: value for name, value in content.items() if value}


def settle(
    site: Site,
    requirements: SiteRequirements,
    documented: DocumentedProject,
    lock_mode: LockMode = LockMode.FOLLOW,
) -> Settlement:
    """Resolve the packages of a site, and find the files of its examples. Problems are reported.

    Raises:
        PyrunError: the author's lock file is not a lock file.
    """
    site.follow_lock_file(lock_mode)
    for page in requirements.pages:
        site.find_files_of(page)
    if not requirements.pages:  # then it loads nothing, even if packages are set for all pages
        return Settlement(site, requirements, ResolvedSite())
    resolved = site.resolve(requirements, documented, lock_mode)
    return Settlement(site, requirements, resolved, ruff=_ruff_for(site, requirements))


def _ruff_for(site: Site, requirements: SiteRequirements) -> Ruff | None:
    location = requirements.formatters().get(RUFF)
    if location is None:
        return None
    try:
        return copy_ruff(KeptDownloads(cache_folder(), site.log))
    except PyrunError as error:
        site.report(Problem.FORMAT, str(error), location)
        return None


def _package(each: PublishedPackage, runtime: str) -> dict[str, Any]:
    return {
        "url": _below(runtime, each.url),
        "bytes": each.size_bytes or 0,
        "integrity": each.integrity,
        "depends": each.package.depends,
    }


def _below(folder: str, url: str) -> str:
    """A URL that is relative to a folder. Absolute ones are unchanged."""
    return url if is_url(url) else folder + url
