"""The examples of a Zensical site, noted while its pages are rendered, perhaps in other threads."""

import logging
from pathlib import Path

from pyrun_core.examples.example import Example
from pyrun_core.finish.noted_examples import NotedExamples
from pyrun_core.live.left_alone import LeftAlone

__all__ = ["note_example", "noted_examples"]

_logger = logging.getLogger("zensical_pyrun.examples")


def note_example(example: Example | LeftAlone) -> None:
    """Note an example, or a block that stays as it is, if somebody wants to know."""
    _logger.debug("%s", example.location, extra={"example": example})


def noted_examples(config: Path) -> NotedExamples:
    """Takes the examples that are rendered from now on. Those of pages in Zensical's cache are kept ones."""
    noted = NotedExamples(config.parent)
    _logger.addHandler(_Noting(noted))
    _logger.setLevel(logging.DEBUG)
    _logger.propagate = False
    return noted


class _Noting(logging.Handler):
    """Hands each example on. A handler has a lock."""

    def __init__(self, noted: NotedExamples) -> None:
        super().__init__(logging.DEBUG)
        self._noted = noted

    def emit(self, record: logging.LogRecord) -> None:
        """Take an example."""
        self._noted.add(record.__dict__["example"])
