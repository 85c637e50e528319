"""What each page needs, from where, and how many bytes: the table of ``pyrun packages``."""

from collections.abc import Iterable, Iterator

from pyrun_core.examples.files import readable_size
from pyrun_core.packages.publish.published_package import ServedPackage
from pyrun_core.packages.publish.resolved import CellPackages, Settled
from pyrun_core.packages.request.page_requirements import PageNeeds, SiteNeeds

__all__ = ["describe_pages"]

_HEADER = ("package", "version", "bytes", "from", "served by", "loaded")


def describe_pages(needs: SiteNeeds, settled: Settled) -> str:
    """A table for each page that loads packages, and what the whole site serves."""
    parts = [_describe_page(page, needs, settled) for page in needs.pages]
    total = sum(each.size_bytes or 0 for each in settled.packages.values() if each.file)
    count = sum(each.file is not None for each in settled.packages.values())
    served = f"The site serves {_count(count, 'file')} of packages, {readable_size(total)}."
    return "\n\n".join([*filter(None, parts), served]) + "\n"


def _describe_page(page: PageNeeds, needs: SiteNeeds, settled: Settled) -> str:
    rows = list(_rows(page, needs, settled))
    if not rows:
        return ""
    widths = [max(len(row[column]) for row in [_HEADER, *rows]) for column in range(len(_HEADER))]
    lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in [_HEADER, *rows]]
    return "\n".join([page.name, *(f"  {line}" for line in lines)])


def _rows(page: PageNeeds, needs: SiteNeeds, settled: Settled) -> Iterator[tuple[str, ...]]:
    words = (*needs.site.words, *page.words)
    names = settled.page_names(CellPackages(words, page.imports))
    told = set()
    for each in settled.closed(names):
        told.add(each.package.name)
        yield _row(each, "with the page")
    for example in page.examples:
        cell = CellPackages(words=example.declared.words, imports=example.imports)
        line = f"with line {example.declared.location.line}"
        for each in _others(settled.closed(settled.cell_names(cell)), told):
            yield _row(each, line)


def _others(packages: Iterable[ServedPackage], told: set[str]) -> Iterator[ServedPackage]:
    for each in packages:
        if each.package.name not in told:
            told.add(each.package.name)
            yield each


def _row(each: ServedPackage, loaded: str) -> tuple[str, ...]:
    size = "unknown" if each.size_bytes is None else f"{each.size_bytes:,}"
    by = "the site" if each.file else each.url.rpartition("/")[0]
    return (each.package.name, each.package.version, size, each.origin.value, by, loaded)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
