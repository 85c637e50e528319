"""The table of documented names: which page explains what, for readers who look at a name while they write.

It is made from what inventories list, and has only names that the examples of the site are likely to use.
"""

from __future__ import annotations

import builtins
import json
import re
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

__all__ = ["FORMAT", "INVENTORY", "names_table", "read_inventory"]

FORMAT = 1
"""The version of the format. The page has the same number in ``assets/page/assist/documentation.js``."""

INVENTORY = "objects.inv"
"""The inventory of a site, in its root: https://sphobjinv.readthedocs.io/en/stable/syntax.html"""

_MOST_CHARACTERS = 400_000
"""Of the table: what a phone loads in a moment. Compressed, it is about a tenth."""

_HEADER_LINES = 4
_HEADER = b"# Sphinx inventory version 2"
_MOST_BYTES = 50_000_000
"""Of an inventory, unpacked. The largest that are published have a tenth."""

_ENTRY = re.compile(r"(?P<name>.+?)\s+(?P<type>\S+:\S+)\s+-?\d+\s+(?P<uri>\S*)\s+.*")


def read_inventory(file: Path, base: str) -> Iterator[tuple[str, str]]:
    """The Python names in an inventory, and the URLs of what documents them.

    ``base`` is the URL of the site that the inventory belongs to. A file that is no inventory has no names.
    """
    content = file.read_bytes() if file.is_file() else b""
    parts = content.split(b"\n", _HEADER_LINES)
    if not content.startswith(_HEADER) or len(parts) <= _HEADER_LINES:
        return
    try:
        text = zlib.decompressobj().decompress(parts[_HEADER_LINES], _MOST_BYTES).decode(errors="replace")
    except zlib.error:
        return
    for line in text.splitlines():
        match = _ENTRY.fullmatch(line.rstrip())
        if match and match["type"].startswith("py:"):
            uri = match["uri"]
            yield match["name"], base + (uri[:-1] + match["name"] if uri.endswith("$") else uri)


def names_table(
    own: Iterable[tuple[str, str]], others: Iterable[tuple[str, str]], modules: Iterable[str]
) -> str:
    """The content of the table; empty without names.

    ``own`` are the names that the site itself documents, ``others`` those of other sites, each with a URL.
    Of these the table has modules that examples import (``modules``), and built-in names.
    """
    documented = dict(own)
    wanted = {module.partition(".")[0] for module in modules} | set(dir(builtins))
    foreign = {
        name: url
        for name, url in others
        if name not in documented and (name.partition(".")[0] in wanted) and not name.startswith("_")
    }
    text = _written({**foreign, **documented})
    if len(text) > _MOST_CHARACTERS:
        text = _written(documented)
    while len(text) > _MOST_CHARACTERS:  # what is nested deepest goes first
        ordered = sorted(documented, key=lambda name: (name.count("."), name))
        documented = {name: documented[name] for name in ordered[: len(ordered) * 3 // 4]}
        text = _written(documented)
    return text


def _written(names: Mapping[str, str]) -> str:
    if not names:
        return ""
    pages: dict[str, int] = {}
    entries: dict[str, list[int | str]] = {}
    for name, url in sorted(names.items()):
        page, _, fragment = url.partition("#")
        position = pages.setdefault(page, len(pages))
        entries[name] = [position] if fragment == name else [position, fragment]
    content = {"format": FORMAT, "pages": list(pages), "names": entries}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"
