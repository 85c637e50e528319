"""Exceptions in texts: in a documented output, and in what a run has shown."""

import re
from dataclasses import dataclass

__all__ = ["RaisedText", "documented_exception", "has_traceback", "raised_exception"]

_DOCUMENTED = re.compile(
    r"^Traceback\ \((?:most\ recent\ call|innermost)\ last\):[ \t]*$.*?^(?P<text>\w+.*)",
    re.DOTALL | re.MULTILINE,
)
"""As in doctest: what is between this line and the first one that is not indented does not count."""

_IPYTHON = re.compile(
    r"^\w+[ ]+Traceback\ \(most\ recent\ call\ last\).*^(?P<text>[\w.]+:.*)", re.DOTALL | re.MULTILINE
)
_HEADER = re.compile(r"^(?:  \+ Exception Group )?Traceback \(most recent call last\):[ \t]*$", re.MULTILINE)
_SYNTAX_ERROR = re.compile(r"^[ ]{2}File \"", re.MULTILINE)
_GROUP_MARGIN = re.compile(r"^[ ]{2}[|+][ ]?", re.MULTILINE)
_EXCEPTION = re.compile(r"^(?P<text>[^\W\d][\w.<>]*(?::.*|)$.*)", re.DOTALL | re.MULTILINE)
_SUB_EXCEPTIONS = re.compile(r"^[+| -]*-{10}.*", re.DOTALL | re.MULTILINE)
_NOTE = re.compile(r"\n\((?P<sentence>[A-Z][^\n]*\.)\)$")
"""The line that the registry of explanations adds."""


@dataclass(frozen=True)
class RaisedText:
    """The last lines of a traceback: the class of the exception and its message.

    ``note`` is the sentence that pyrun has added about a browser's limits.
    """

    text: str
    note: str = ""

    @property
    def path(self) -> str:
        """The name of its class, with its module."""
        return re.split(r"[:\s]", self.text, maxsplit=1)[0]

    @property
    def name(self) -> str:
        """The name of its class."""
        return self.path.rpartition(".")[2]

    @property
    def message(self) -> str:
        """What it says."""
        return self.text[len(self.path) :].removeprefix(":").strip()


def documented_exception(output: str) -> RaisedText | None:
    """The exception that a documented output consists of."""
    found = _DOCUMENTED.match(output) or _IPYTHON.search(output)
    return RaisedText(found["text"].rstrip()) if found else None


def has_traceback(shown: str) -> bool:
    """Whether a text has a traceback. That of a syntax error can have no header."""
    return _HEADER.search(shown) is not None or _SYNTAX_ERROR.search(shown) is not None


def raised_exception(shown: str) -> RaisedText | None:
    """The last exception of the tracebacks in a text; those before it are its causes."""
    headers = list(_HEADER.finditer(shown))
    rest = shown[headers[-1].end() :] if headers else shown
    if headers and "Exception Group" in headers[-1][0]:
        rest = _SUB_EXCEPTIONS.sub("", _GROUP_MARGIN.sub("", rest))
    # The first line that is not indented, below the frames. A syntax error can have none, and no header.
    found = _EXCEPTION.search(rest)
    if found is None:
        return None
    text = found["text"].rstrip()
    note = _NOTE.search(text)
    return RaisedText(text[: note.start()], note["sentence"]) if note else RaisedText(text)
