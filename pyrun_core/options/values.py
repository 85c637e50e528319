"""Reading the values of options, from YAML and conf.py as well as from text in a page.

Each reader takes the value that an author wrote (text, if it is in a page) and returns the value that pyrun
uses. It raises ``ValueError`` with a message that completes "packages: ...".
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from pyrun_core.options.choices import CREDENTIALS_SENT, FIGURE_FORMATS, ISOLATIONS, LOAD_TIMES, Vendor
from pyrun_core.options.package_entries import CONTROL_CHARACTER, read_entry, split_entries
from pyrun_core.options.page_files import read_page_files
from pyrun_core.options.page_packages import read_page_packages
from pyrun_core.problems import shorten

__all__ = [
    "ANSWERS",
    "CHARACTERS",
    "CHOICE_OF_PYODIDE",
    "CREDENTIALS",
    "EXAMPLES",
    "FIGURES",
    "FILES",
    "FLAG",
    "FOLDER",
    "ISOLATION",
    "LINES",
    "LOAD",
    "NOTHING",
    "PACKAGES",
    "PAGE_FILES",
    "PAGE_PACKAGES",
    "RUNTIME",
    "SECONDS",
    "SESSION",
    "TEXT",
    "VENDOR",
    "Kind",
    "list_of",
    "name_key",
    "one_of",
    "or_none",
]

T = TypeVar("T")

_TRUE = frozenset({"", "true", "yes", "on", "1"})
_FALSE = frozenset({"false", "no", "off", "0"})
_RUNTIME = re.compile(r"""(https?://)?[^\s"'<>:?#]+""")
_SESSION_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_SEPARATORS = re.compile(r"[\s,]+")
_QUOTES = frozenset("\"'“„")
_WORD = re.compile(r"""(?:"([^"]+)"|'([^']+)'|[“„]([^“”]+)[“”]|([^\s,]+))(?=[\s,]|$)""")
_NUMBER = re.compile(r"[0-9]+|[0-9]*\.[0-9]+|[0-9]+\.")
_WHOLE_NUMBER = re.compile(r"[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?:_[0-9]{3})+")
_LINE_RANGE = re.compile(r"(?P<first>\d{1,9})(?:-(?P<last>\d{1,9}))?")

_MOST_SECONDS = 2_147_483
"""Browsers store the milliseconds of a timer in 32 bits. A longer timer fires at once.

https://developer.mozilla.org/docs/Web/API/Window/setTimeout#maximum_delay_value
"""

_LEAST_CHARACTERS = 1000
"""Enough for a traceback, so that an error is never cut off."""


_MOST_LINES = 100_000
"""More than an example has. A range takes memory for each of its lines."""


@dataclass(frozen=True)
class Kind(Generic[T]):
    """A kind of value.

    ``types`` are the Python types that a configuration file may use. ``syntax`` describes the values in
    messages and on the reference page.
    """

    read: Callable[[object], T]
    types: tuple[type, ...]
    syntax: str


def _flag(value: object) -> bool:
    if value is None or isinstance(value, bool):
        return value is not False
    word = value.strip().lower() if isinstance(value, str) else None
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise ValueError(f"{shorten(value)} is neither true nor false")


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{shorten(value)} is not text")  # noqa: TRY004 - readers raise one type
    return value


def _answers(value: object) -> str:
    return _text(value).replace("\\n", "\n")


def _packages(value: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(read_entry, split_entries(value))))


def list_of(value: object, noun: str) -> list[str]:
    """The items of a list, or of text with spaces or commas between them."""
    items = _SEPARATORS.split(value) if isinstance(value, str) else value
    if not isinstance(items, list | tuple) or not all(isinstance(item, str) for item in items):
        raise ValueError(f"{shorten(value)} is not a list of {noun}")
    return [item for item in items if item]


def _words(text: str) -> list[str]:
    """The items of a list in JSON, or words. Quotes hold a name with spaces together."""
    if text.lstrip().startswith("["):
        try:
            return list(json.loads(text))
        except (ValueError, RecursionError):
            pass
    return [next(filter(None, word)) for word in _WORD.findall(text)]


def _files(value: object) -> tuple[str, ...]:
    files = list_of(_words(value) if isinstance(value, str) else value, "files")
    if opened := next((name for name in files if isinstance(value, str) and name[0] in _QUOTES), None):
        raise ValueError(f"{shorten(opened)} begins with a quote that nothing closes")
    if broken := next(filter(CONTROL_CHARACTER.search, files), None):
        raise ValueError(f"{shorten(broken)} has a line break or another control character")
    return tuple(dict.fromkeys(files))


def _vendor(value: object) -> Vendor:
    if isinstance(value, Vendor):
        return value
    word = str(value).strip().lower()
    choices = {"true": Vendor.ALWAYS, "yes": Vendor.ALWAYS, "false": Vendor.NEVER, "no": Vendor.NEVER}
    choice = choices.get(word, Vendor.AUTO)
    if choice is Vendor.AUTO and word != "auto":
        raise ValueError(f"{shorten(value)} is neither true, false nor auto")
    return choice


def name_key(name: str) -> str:
    """The name of an example as the option ``needs`` has it: in lower case, with hyphens between words.

    docutils ignores case and the width of white space in names. A list of names has white space and commas
    between them.
    """
    return "-".join(filter(None, _SEPARATORS.split(name.lower())))


def _examples(value: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(name_key, list_of(value, "names")))))


def _seconds(value: object) -> float | None:
    text = str(value).strip().lower() if value is not None else ""
    if text in {"", "none"}:
        return None
    if not _NUMBER.fullmatch(text) or not float(text):
        raise ValueError(f"{shorten(value)} is not a positive number of seconds")
    if float(text) > _MOST_SECONDS:
        raise ValueError(
            f"{shorten(value)} is more than {_MOST_SECONDS} seconds, which is the most browsers can wait"
        )
    return float(text) if "." in text else int(text)


def _characters(value: object) -> int:
    text = str(value).strip()
    if not _WHOLE_NUMBER.fullmatch(text):
        raise ValueError(f"{shorten(value)} is not a whole number")
    count = int(text.replace(",", "").replace("_", ""))
    if count < _LEAST_CHARACTERS:
        raise ValueError(f"{shorten(value)} is less than {_LEAST_CHARACTERS}, which a traceback can need")
    return count


def _session(value: object) -> str:
    name = _text(value).strip()
    if not _SESSION_NAME.fullmatch(name):
        raise ValueError(
            f"{shorten(value)} is not a session name: use letters, digits, '_', '.' and '-'",
        )
    return name


def _lines(value: object) -> tuple[int, ...]:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    lines: set[int] = set()
    count = 0
    for part in re.split(r"[\s,]+", _text(value).strip()):
        match = _LINE_RANGE.fullmatch(part)
        if match is None:
            raise ValueError(f"{shorten(part)} is not a line number or a range such as 2-4")
        first = int(match["first"])
        last = int(match["last"] or first)
        if last > _MOST_LINES:
            raise ValueError(f"{shorten(part)} is beyond line {_MOST_LINES}")
        if not 1 <= first <= last:
            raise ValueError(
                f"{shorten(part)} is not a range: lines count from 1, and the first one comes first"
            )
        count += last - first + 1
        if count > _MOST_LINES:
            raise ValueError(f"{shorten(value)} has more than {_MOST_LINES} lines")
        lines.update(range(first, last + 1))
    return tuple(sorted(lines))


def _choice_of_pyodide(value: object) -> str:
    choice = str(value).strip() if value is not None else ""
    if not choice:
        raise ValueError("the value is empty: use 'bundled', 'cdn', a URL, or a folder")
    return choice


def _runtime(value: object) -> str:
    text = _text(value).strip().replace("\\", "/")
    if text and not _RUNTIME.fullmatch(text):
        raise ValueError(f"{shorten(value)} is neither a path nor a URL")
    return text.rstrip("/") + "/" if text else ""


def one_of(choices: Sequence[str], complaint: str) -> "Kind[str]":
    """A kind with few values. ``complaint`` completes a message that begins with another value."""

    def read(value: object) -> str:
        text = _text(value).lower()
        if text not in choices:
            raise ValueError(f"{shorten(text)} {complaint}")
        return text

    *most, last = (f"`{choice}`" for choice in choices)
    return Kind(read, (str,), f"{', '.join(most)} or {last}")


NOTHING = ""
"""The value of an option whose author wants none of its values."""

_NONE = frozenset({"", "none"})


def or_none(named: "Kind[str]") -> "Kind[str]":
    """The same values, and `NOTHING`, which authors write as ``none`` or ``false``."""

    def read(value: object) -> str:
        if value is None or value is False or (isinstance(value, str) and value.strip().lower() in _NONE):
            return NOTHING
        return named.read(value)

    return Kind(read, (str, bool), named.syntax)


FLAG = Kind(_flag, (bool,), "true or false; in a page, the name alone means true")
TEXT = Kind(_text, (str,), "text")
FOLDER = Kind(_text, (str,), "the path of a folder")
ANSWERS = Kind(_answers, (str,), r"text, with a line break or `\n` between answers")
PACKAGES = Kind(
    _packages,
    (list, tuple, str),
    "a list of packages, or text with spaces or commas between them",
)
PAGE_PACKAGES = Kind(read_page_packages, (list, tuple, str), "`names`, and package entries")
PAGE_FILES = Kind(read_page_files, (list, tuple, str), "`public`, and URLs")
FIGURES = one_of(FIGURE_FORMATS, "is not a format of figures")
FILES = Kind(
    _files, (list, tuple, str), "paths, patterns and URLs, with spaces or commas between them, or a list"
)
ISOLATION = one_of(ISOLATIONS, "is not an origin in which Python can run")
CREDENTIALS = one_of(CREDENTIALS_SENT, "does not say which requests carry credentials")
LOAD = one_of(LOAD_TIMES, "is not a time at which Python can load")
VENDOR = Kind(_vendor, (bool, str, Vendor), "`true`, `false` or `auto`")
SESSION = Kind(_session, (str,), "a name of letters, digits, `_`, `.` and `-`")
LINES = Kind(_lines, (str, int), "line numbers and ranges, such as `1,3-5`")
EXAMPLES = Kind(
    _examples,
    (list, tuple, str),
    "names of examples, with spaces or commas between them",
)
SECONDS = Kind(_seconds, (int, float, str), "seconds, such as `10` or `0.5`, or `none`")
CHARACTERS = Kind(
    _characters,
    (int, str),
    f"a whole number of at least {_LEAST_CHARACTERS}, such as `1000000`, `1_000_000` or `1,000,000`",
)
RUNTIME = Kind(_runtime, (str,), "a path such as `../pyrun`, or a URL such as `/pyrun/`")
CHOICE_OF_PYODIDE = Kind(_choice_of_pyodide, (str,), "`bundled`, `cdn`, a URL, or a folder")
