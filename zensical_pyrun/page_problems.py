"""Problems that are found while pages are rendered, kept while Zensical may have the page in its cache.

Zensical runs Markdown extensions only for pages that have changed. Without this memory, a wrong option would
be reported by the first build alone, and the next one would pass ``--strict``.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from zensical_pyrun.door import current_config

__all__ = ["PageProblems"]

_MEMORY = Path(".cache", "pyrun.json")
"""In Zensical's own folder, so that ``zensical build --clean`` removes it together with the cached pages."""

_INPUTS = ("mdx_configs_hash", "plugins_hash", "watched_files")
"""What Zensical's configuration has of all that a page is rendered from, besides its file."""

_Problems = dict[str, dict[str, list[str]]]


@dataclass
class PageProblems:
    """The messages for each page, by the content of its file."""

    _new: _Problems = field(default_factory=dict)
    _taken: dict[str, str] = field(default_factory=dict)

    def add(self, page: str, message: str) -> None:
        """Add a message for a page that is being rendered. A page that was generated has no file."""
        messages = self._new.setdefault(page, {}).setdefault(_content_key(page), [])
        if message not in messages:
            messages.append(message)

    def take(self) -> Iterator[str]:
        """The messages for the pages as they are now, without those that have been taken already."""
        config = current_config()
        if config is None:
            return
        memory = Path(config["root_dir"]) / _MEMORY
        problems = _read(memory)
        if new := self._new:
            self._new = {}
            for page, found in new.items():
                problems[page] = found
            memory.parent.mkdir(exist_ok=True)
            # A page that was generated has no file whose content says whether it is the same.
            kept = {
                page: {key: each for key, each in found.items() if key} for page, found in problems.items()
            }
            memory.write_text(json.dumps(kept), encoding="utf-8")
        for page, found in problems.items():
            key = _content_key(page)
            if self._taken.get(page) != key:
                self._taken[page] = key
                yield from found.get(key, [])


def _content_key(page: str) -> str:
    """What stays the same as long as Zensical has the page in its cache; empty if the page has no file."""
    config = current_config() or {}
    try:
        content = Path(config["root_dir"], config["docs_dir"], page).read_bytes()
    except (OSError, LookupError):
        return ""
    inputs = [config.get(name) for name in _INPUTS]
    return hashlib.sha256(repr(inputs).encode() + content).hexdigest()


def _read(memory: Path) -> _Problems:
    try:
        return dict(json.loads(memory.read_text(encoding="utf-8")))
    except (OSError, TypeError, ValueError):
        return {}
