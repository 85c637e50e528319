"""The examples that became live in built HTML, kept for a check of the finished site.

Finished HTML says how an example runs. It does not say which exception its author expects, for instance.
"""

import pickle
from dataclasses import dataclass, field
from pathlib import Path

from pyrun_core.cache import cache_folder, digest_of, new_file
from pyrun_core.examples.example import Example
from pyrun_core.live.left_alone import LeftAlone

__all__ = ["NotedExamples"]

_Noted = Example | LeftAlone
_Pages = dict[str, list[_Noted]]


@dataclass
class NotedExamples:
    """The examples of a site by page, in a file of the user's cache.

    ``base`` is the folder of the site's configuration.
    """

    base: Path
    _new: _Pages = field(default_factory=dict)

    def add(self, example: _Noted) -> None:
        """Take an example of a page whose blocks become live now, or a block that stays as it is."""
        self._new.setdefault(example.page, []).append(example)

    def all(self) -> list[_Noted]:
        """The examples of all pages: those that were added, and of other pages those that were kept."""
        return [example for examples in {**self._kept(), **self._new}.values() for example in examples]

    def keep(self) -> None:
        """Keep what was added for later processes."""
        if self._new:
            pages = {**self._kept(), **self._new}
            with new_file(self._file) as partial:
                partial.write_bytes(pickle.dumps(pages, pickle.HIGHEST_PROTOCOL))
            self._new.clear()

    @property
    def _file(self) -> Path:
        return cache_folder() / "examples" / digest_of(str(self.base.resolve()))

    def _kept(self) -> _Pages:
        try:
            pages: _Pages = pickle.loads(self._file.read_bytes())  # noqa: S301 - only this module writes it
        except (OSError, EOFError, ImportError, LookupError, TypeError, ValueError):
            return {}
        except (AttributeError, pickle.UnpicklingError):  # another version of pyrun wrote it
            return {}
        return pages
