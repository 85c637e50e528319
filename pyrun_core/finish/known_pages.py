"""The pages that have been read before, so that an unchanged site is finished at once."""

import hashlib
import pickle
from dataclasses import dataclass, field
from pathlib import Path

from pyrun_core import problems, tags
from pyrun_core.cache import cache_folder, digest_of, new_file
from pyrun_core.examples import call_needs, imports, page_requirements, render
from pyrun_core.finish import (
    block_options,
    block_text,
    built_page,
    cells,
    classes_around,
    code_blocks,
    comment_before,
    head_tags,
    plain_blocks,
)
from pyrun_core.finish.block_options import OPTION_MARK
from pyrun_core.finish.built_page import BuiltPage
from pyrun_core.live import code, comments, existing_blocks, kinds, selection, transcript
from pyrun_core.live.selection import Selection
from pyrun_syntax import notebook, prompts

__all__ = ["KnownPages"]

_READERS = (
    *(block_options, block_text, built_page, cells, classes_around, code_blocks, comment_before),
    *(head_tags, plain_blocks, tags),
    *(code, comments, existing_blocks, kinds, selection, transcript),
    *(call_needs, imports, page_requirements, problems, render, notebook, prompts),
)
"""The modules whose code decides what is read, and whose objects are kept."""

_OPTION_MARK = OPTION_MARK.encode()

_Pages = dict[bytes, BuiltPage]


@dataclass
class KnownPages:
    """Keeps pages by the bytes of their files, in a file for each site.

    ``base`` is the folder of the site's configuration. ``selection`` says which blocks become live, ``None``
    if none do; ``only_proven``, whether those that fail become ordinary blocks again.
    """

    base: Path
    selection: Selection | None = None
    only_proven: bool = False
    _file: Path = field(init=False)
    _known: _Pages = field(init=False)
    _used: _Pages = field(default_factory=dict)

    def __post_init__(self) -> None:
        readers = [Path(module.__file__ or "").read_text(encoding="utf-8") for module in _READERS]
        key = digest_of(str(self.base.resolve()), *_parts(self.selection), str(self.only_proven), *readers)
        self._file = cache_folder() / "pages" / key
        self._known = _load(self._file)

    def find(self, content: bytes, name: str) -> BuiltPage | None:
        """The page with this content, or ``None`` if it has not been read before."""
        if _OPTION_MARK in content:
            return None  # it may have a block that is reported
        key = _key(content, name)
        page = self._known.get(key)
        if page is not None:
            self._used[key] = page
        return page

    def add(self, content: bytes, name: str, page: BuiltPage) -> None:
        """Keep a page whose blocks are live."""
        self._used[_key(content, name)] = page

    def save(self) -> None:
        """Keep the pages that have been read since the last call."""
        if self._used.keys() - self._known.keys():
            self._known = dict(self._used)
            with new_file(self._file) as partial:
                partial.write_bytes(pickle.dumps(self._used, pickle.HIGHEST_PROTOCOL))


def _parts(chosen: Selection | None) -> tuple[str, ...]:
    """What decides which blocks become live."""
    return (str(sorted(chosen.words)), str(chosen.only), str(chosen.other)) if chosen else ()


def _key(content: bytes, name: str) -> bytes:
    return hashlib.blake2b(content, digest_size=16, salt=_salt(name)).digest()


def _salt(name: str) -> bytes:
    return hashlib.blake2b(name.encode("utf-8", "surrogateescape"), digest_size=16).digest()


def _load(file: Path) -> _Pages:
    try:
        known: _Pages = pickle.loads(file.read_bytes())  # noqa: S301 - only this module writes it
    except (OSError, EOFError, ImportError, LookupError, pickle.UnpicklingError, AttributeError, ValueError):
        return {}
    return known
