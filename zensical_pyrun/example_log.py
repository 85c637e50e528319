"""The examples of a Zensical site, noted while its pages are rendered, perhaps in other threads."""

import logging

from pyrun_core.examples.example import Example

__all__ = ["ExampleLog", "note_example"]

_logger = logging.getLogger("zensical_pyrun.examples")


def note_example(example: Example) -> None:
    """Note an example, if somebody wants to know."""
    _logger.debug("%s", example.location, extra={"example": example})


class ExampleLog(logging.Handler):
    """Takes the examples that are rendered from now on."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.examples: list[Example] = []
        _logger.addHandler(self)
        _logger.setLevel(logging.DEBUG)
        _logger.propagate = False

    def emit(self, record: logging.LogRecord) -> None:
        """Take an example."""
        self.examples.append(record.__dict__["example"])
