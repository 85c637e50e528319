"""The HTML files of a built site: read once, and again when they have changed."""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from stat import S_ISREG

from pyrun_core.cache import new_file
from pyrun_core.examples.page_requirements import DeclaredEntries, ExampleRequirements, PageRequirements
from pyrun_core.examples.render import PageAsset
from pyrun_core.finish.built_page import BuiltPage, Problems, read_page
from pyrun_core.finish.cell_outputs import OutputOf, with_outputs
from pyrun_core.finish.cells import FormerBuildError, IsOrdinary, read_cells, without_cells
from pyrun_core.finish.head_tags import FOLDER, HeadTags
from pyrun_core.finish.known_pages import KnownPages
from pyrun_core.finish.plain_blocks import PlainBlocks
from pyrun_core.options.front_matter import front_matter_location
from pyrun_core.problems import Location, Problem, Report
from pyrun_core.settlement.folder import FIGURES, SETTLEMENT_FILE

__all__ = ["BuiltSite"]

_SECOND_NS = 1_000_000_000
_QUIET_NS = _SECOND_NS // 5
"""A page without its end may still be incomplete if it has changed less than this ago."""

_FOLDERS = (FOLDER, "_static/pyrun")
"""Where generators, and Sphinx, have pyrun's files."""

_END_IS_WITHIN = 200
"""Characters at the end of a page in which its end tag is, with the spaces after it."""


@dataclass
class BuiltSite:
    """The pages of the site in ``folder``. ``documents`` is the folder of their sources.

    ``blocks`` makes blocks of code live. ``known`` are pages that have been read before. ``is_served``: a
    server shows the site meanwhile, and its generator may be writing.
    """

    folder: Path
    documents: Path
    blocks: PlainBlocks | None
    report: Report
    known: KnownPages
    is_served: bool = False
    _pages: dict[str, BuiltPage] = field(default_factory=dict)
    _made_live: dict[str, str] = field(default_factory=dict)
    """The HTML of pages whose blocks have become live, until they are written."""
    _stamps: dict[str, tuple[int, int]] = field(default_factory=dict)
    _names_on_every_page: bool = False
    _unfinished: dict[str, None] = field(default_factory=dict)

    def read(self) -> list[str]:
        """Read the pages that have changed. Returns their names, until the pages have been written."""
        found = dict(self._files())
        changed = [name for name in self._pages if name not in found]
        for name in changed:
            del self._pages[name], self._stamps[name]
        for name, stamp in found.items():
            if self._stamps.get(name) == stamp:
                continue
            page = self._read(name, stamp)
            if page is not None:
                self._pages[name], self._stamps[name] = page, stamp
                changed.append(name)
        if changed:
            self.known.save()
        self._unfinished.update(dict.fromkeys(changed))
        return list(self._unfinished)

    @property
    def has_pages(self) -> bool:
        """Whether there is any HTML file."""
        return bool(self._pages)

    def live_files(self) -> Iterator[tuple[str, str]]:
        """The names and the HTML of the files with cells, those that are not written yet too."""
        for name, page in self._pages.items():
            if page.cells and page.is_ours:
                html = self._made_live.get(name)
                yield name, _decoded((self.folder / name).read_bytes()) if html is None else html

    def remove_cells(self, is_ordinary: IsOrdinary) -> list[str]:
        """Let the blocks in some cells be ordinary ones. Returns the names of their pages, to be written."""
        changed: list[str] = []
        for name, html in list(self.live_files()):
            rest = without_cells(html, is_ordinary)
            if rest != html:
                changed.append(name)
                self._made_live[name] = rest
                self._pages[name] = replace(self._pages[name], cells=read_cells(rest, name))
        return changed

    @property
    def stores_outputs(self) -> bool:
        """Whether any page shows the output of an example before its first run."""
        return any(cell.stores_output for page in self._pages.values() for cell in page.cells)

    def show_outputs(self, output_of: OutputOf, tags: HeadTags, style: PageAsset) -> list[str]:
        """Write outputs into cells. ``style`` is their style sheet, relative to pyrun's folder.

        Returns the names of the pages that are to be written.
        """
        changed: list[str] = []
        for name, html in list(self.live_files()):
            folder_url = tags.folder_url(name, self._pages[name].navigation)
            shown = with_outputs(html, output_of, style.below(folder_url), f"{folder_url}{FIGURES}/")
            if shown != html:
                changed.append(name)
                self._made_live[name] = shown
        return changed

    def requirements(self) -> list[PageRequirements]:
        """What the examples require, by the source files of their pages."""
        examples: dict[str, dict[ExampleRequirements, None]] = {}
        for page in self._pages.values():
            for cell in page.cells:
                examples.setdefault(cell.page, {})[cell.requirements] = None
        return [self._page_requirements(page, tuple(found)) for page, found in sorted(examples.items())]

    def write(self, names: list[str], tags: HeadTags) -> list[str]:
        """Write the tags into the heads of pages. Returns the names of the pages that became others."""
        pages = self._pages
        needs_head = any(page.cells and not page.tags.are_in_content for page in pages.values())
        everywhere = needs_head and any(page.navigation.is_instant for page in pages.values())
        if everywhere != self._names_on_every_page:
            self._names_on_every_page = everywhere
            names = list(pages)
        written = [name for name in names if name in pages and self._write(name, tags, everywhere=everywhere)]
        if written:
            self.known.save()
        self._unfinished.clear()
        return written

    def _files(self) -> Iterator[tuple[str, tuple[int, int]]]:
        """The HTML files, sorted, and what changes when they do."""
        for folder, folders, names in os.walk(self.folder):
            folders.sort()
            relative = Path(folder).relative_to(self.folder).as_posix()
            prefix = "" if relative == "." else f"{relative}/"
            if prefix.endswith(FOLDER) or (prefix and _is_finished(folder)):
                folders.clear()
                continue
            for name in sorted(names):
                if name.endswith((".html", ".htm")):
                    try:
                        stat = os.lstat(os.path.join(folder, name))  # noqa: PTH118 - for speed
                    except FileNotFoundError:  # the generator has removed it since
                        continue
                    if not S_ISREG(stat.st_mode):  # a link may lead to a file that isn't part of the site
                        continue
                    yield prefix + name, (stat.st_mtime_ns, stat.st_size)

    def _read(self, name: str, stamp: tuple[int, int]) -> BuiltPage | None:
        """A page, or ``None`` if it is not complete yet."""
        try:
            content = (self.folder / name).read_bytes()
        except FileNotFoundError:
            return None
        is_complete = content[-_END_IS_WITHIN:].rstrip().lower().endswith(b"</html>")
        # A minifier may have left out the end tag.
        if self.is_served and not is_complete and time.time_ns() - stamp[0] < _QUIET_NS:
            return None
        page = self.known.find(content, name)
        if page is None:
            html = _decoded(content)
            problems = Problems()
            blocks = self.blocks
            live = replace(blocks, report=problems).make_live(html, name) if blocks else html
            try:
                page = replace(read_page(live, name), problems=tuple(problems))
            except FormerBuildError as error:
                self.report(Problem.PAGE, str(error), Location(name))
                return BuiltPage(is_ours=False)
            if live != html:
                self._made_live[name] = live
            else:
                self.known.add(content, name, page)
        for each in page.problems:  # also of a page that has been finished before
            self.report(*each)
        return page

    def _write(self, name: str, tags: HeadTags, *, everywhere: bool) -> bool:
        """Whether the page became another one."""
        page = self._pages[name]
        if not page.is_ours:
            return False
        live = self._made_live.pop(name, None)
        assets = tags.assets(name, page.navigation) if everywhere or page.cells else None
        if live is None and sorted(page.tags.assets) == sorted(assets or ()):
            return False
        path = self.folder / name
        html = _decoded(path.read_bytes()) if live is None else live
        content = tags.apply(html, assets).encode("utf-8", "surrogateescape")
        self._replace(path, content)
        after = path.stat()
        self._pages[name] = page.with_tags(assets or ())
        self._stamps[name] = (after.st_mtime_ns, after.st_size)
        self.known.add(content, name, self._pages[name])
        return True

    def _replace(self, path: Path, content: bytes) -> None:
        """Write a page. A server never shows half of it."""
        if not self.is_served:
            path.write_bytes(content)
            return
        # Servers compare times in seconds: to a browser that has loaded the unfinished page in the same
        # second, they would answer that it has not changed.
        later = (path.stat().st_mtime_ns // _SECOND_NS + 1) * _SECOND_NS
        with new_file(path) as partial:
            partial.write_bytes(content)
            os.utime(partial, ns=(later, later))

    def _page_requirements(self, name: str, examples: tuple[ExampleRequirements, ...]) -> PageRequirements:
        entries = tuple(dict.fromkeys(entry for example in examples for entry in example.page_entries))
        if not entries:
            return PageRequirements(name, examples=examples)
        lines: list[str] = []
        if (source := self.documents / name).is_file():  # a device or a pipe would never end
            lines = source.read_text(encoding="utf-8", errors="replace").split("\n")
        declared = DeclaredEntries(entries, front_matter_location(name, lines))
        return PageRequirements(name, (declared,), examples)


def _is_finished(folder: str) -> bool:
    """Whether a folder below the site is a separate site, with its own settlement."""
    return any(Path(folder, each, SETTLEMENT_FILE).is_file() for each in _FOLDERS)


def _decoded(content: bytes) -> str:
    """The text with its line ends. Bytes that are not UTF-8 are written as they were read."""
    return content.decode("utf-8", "surrogateescape")
