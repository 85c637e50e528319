"""The table of ``pyrun packages``: the packages of each page, their origin and their size."""

from collections.abc import Iterable, Iterator

from pyrun_core.examples.files import readable_size
from pyrun_core.examples.page_requirements import PageRequirements, SiteRequirements
from pyrun_core.packages.publish.published_package import PublishedPackage
from pyrun_core.packages.publish.resolved import ResolvedSite

__all__ = ["describe_pages"]

_HEADER = ("package", "version", "bytes", "from", "served by", "loaded")


def describe_pages(site: SiteRequirements, resolved: ResolvedSite) -> str:
    """A table for each page that loads packages, and the total that the site serves."""
    parts = [_describe_page(page, site, resolved) for page in site.pages]
    total = sum(each.size_bytes or 0 for each in resolved.packages.values() if each.file)
    count = sum(each.file is not None for each in resolved.packages.values())
    total_line = f"The site serves {_count(count, 'file')} of packages, {readable_size(total)}."
    return "\n\n".join([*filter(None, parts), total_line]) + "\n"


def _describe_page(page: PageRequirements, site: SiteRequirements, resolved: ResolvedSite) -> str:
    rows = list(_rows(page, site, resolved))
    if not rows:
        return ""
    widths = [max(len(row[column]) for row in [_HEADER, *rows]) for column in range(len(_HEADER))]
    lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in [_HEADER, *rows]]
    return "\n".join([page.name, *(f"  {line}" for line in lines)])


def _rows(
    page: PageRequirements, site: SiteRequirements, resolved: ResolvedSite
) -> Iterator[tuple[str, ...]]:
    entries = (*site.site.entries, *page.entries)
    names = resolved.names_for(entries, page.imports)
    listed = set()
    for each in resolved.closed(names):
        listed.add(each.package.name)
        yield _row(each, "with the page")
    for example in page.examples:
        line = f"with line {example.declared.location.line}"
        own = resolved.names_for(example.declared.entries, example.imports)
        for each in _others(resolved.closed(own), listed):
            yield _row(each, line)


def _others(packages: Iterable[PublishedPackage], listed: set[str]) -> Iterator[PublishedPackage]:
    for each in packages:
        if each.package.name not in listed:
            listed.add(each.package.name)
            yield each


def _row(each: PublishedPackage, loaded: str) -> tuple[str, ...]:
    size = "unknown" if each.size_bytes is None else f"{each.size_bytes:,}"
    by = "the site" if each.file else each.url.rpartition("/")[0]
    return (each.package.name, each.package.version, size, each.origin.value, by, loaded)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
