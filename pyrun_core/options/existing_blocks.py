"""The options that make the existing examples of a documentation live, and say what runs before them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pyrun_core.options.choices import DOCSTRING_NAMES
from pyrun_core.options.option import Attribute, Form, Scope, declare
from pyrun_core.options.values import FLAG, TEXT, Kind, list_of, one_of
from pyrun_core.problems import shorten

__all__ = ["ALL", "LIVE_KINDS", "PROVEN", "ExistingBlocks"]

LIVE_KINDS = ("doctest", "python", "testcode", "ipython")
"""The kinds of blocks that the option ``live`` knows. Any other word is a name in the author's pages."""

PROVEN, ALL = "proven", "all"
"""In ``live-only``: only blocks that a check has proven, or those that fail too."""

_NOTHING = frozenset({"", "none", "false", "off", "no"})
_WORD = re.compile(r"\w[\w.:+-]*")
_MODULE = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")


def _live(value: object) -> tuple[str, ...]:
    if value is None or value is False or (isinstance(value, str) and value.strip().lower() in _NOTHING):
        return ()
    kinds = list_of(value, "kinds of blocks")
    if wrong := next((kind for kind in kinds if not _WORD.fullmatch(kind)), None):
        raise ValueError(f"{shorten(wrong)} is neither a kind of blocks nor the name of a directive or fence")
    return tuple(dict.fromkeys(kind.lower() if kind.lower() in LIVE_KINDS else kind for kind in kinds))


def _patterns(value: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(list_of(value, "patterns")))


def _live_only(value: object) -> tuple[str, ...]:
    patterns = _patterns(value)
    words = {each.lower() for each in patterns} & {PROVEN, ALL}
    if len(words) > 1:
        raise ValueError(f"'{PROVEN}' and '{ALL}' exclude each other")
    return tuple(each.lower() if each.lower() in words else each for each in patterns)


def _module_preamble(value: object) -> tuple[tuple[str, str], ...]:
    pairs = list(value.items()) if isinstance(value, Mapping) else value or ()
    if not isinstance(pairs, list | tuple) or not all(isinstance(pair, tuple) for pair in pairs):
        raise ValueError(f"{shorten(value)} is not a mapping from modules to code")
    for module, code in pairs:
        if not isinstance(module, str) or not _MODULE.fullmatch(module):
            raise ValueError(f"{shorten(module)} is not the name of a module")
        if not isinstance(code, str):
            raise ValueError(f"{shorten(code)}, for the module {module}, is not text")  # noqa: TRY004 - one type
    return tuple(pairs)


_KINDS = ", ".join(f"`{kind}`" for kind in LIVE_KINDS)
_LIVE = Kind(
    _live,
    (list, tuple, str, bool),
    f"{_KINDS} and other names, with spaces or commas between them, or a list; or `none`",
)
_PATTERNS = Kind(
    _patterns, (list, tuple, str), "a list of patterns, or text with spaces or commas between them"
)
_LIVE_ONLY = Kind(_live_only, _PATTERNS.types, _PATTERNS.syntax)
_MODULE_PREAMBLE = Kind(_module_preamble, (dict, list, tuple), "a mapping from names of modules to code")
_DOCSTRING_NAMES = one_of(DOCSTRING_NAMES, "does not say which names docstrings have")


@dataclass(frozen=True, kw_only=True)
class ExistingBlocks:
    """Which blocks go live without a change of the pages, how they are joined, and what they find defined."""

    live: tuple[str, ...] = declare(
        (),
        _LIVE,
        Scope.SITE | Scope.PAGE,
        """The kinds of existing blocks that go live. `doctest`: all blocks with `>>>` prompts, those of
        docstrings too. `python`: blocks of Python code without prompts. `testcode`: the blocks of
        `sphinx.ext.doctest`. `ipython`: blocks with prompts such as `In [1]:`, and the directive `ipython`.
        Any other word is the name of a directive, of the language of a fence, or of an attribute of a fence.
        On a page, `none` switches off what the site sets.""",
    )
    live_only: tuple[str, ...] = declare(
        (),
        _LIVE_ONLY,
        Scope.SITE,
        """Only the blocks that one of these patterns matches go live; with none, all of them. `.live`: a
        class of the block or of an element around it. `numpy.linalg.*`: the full name of a documented object,
        or of an object to which it belongs. `api/*` or `tutorial.md`: a page. `*` and `?` match as in a
        shell. Two words are not patterns. `proven`: a block that fails in the Python of your readers stays
        as it is. This is the default where Node.js is installed; if you write the word, a build without
        Node.js fails. `all`: blocks go live without a check.""",
    )
    live_except: tuple[str, ...] = declare(
        (),
        _PATTERNS,
        Scope.SITE,
        """The blocks that one of these patterns matches stay as they are. The patterns are those of
        `live-only`.""",
    )
    join: bool = declare(
        default=True,
        kind=FLAG,
        scope=Scope.SITE | Scope.PAGE,
        text="""Make one example of existing blocks that follow each other without text between them. With
        `false`, each block is an example.""",
    )
    preamble: str = declare(
        "",
        TEXT,
        Scope.SITE | Scope.PAGE | Scope.BLOCK,
        """Code that runs once in each session, before its first example, such as `import numpy as np`. The
        code of the site runs first, then that of the page, then that of the example.""",
    )
    module_preamble: tuple[tuple[str, str], ...] = declare(
        (),
        _MODULE_PREAMBLE,
        Scope.SITE,
        """Code that runs before the examples in the docstrings of a module and of the modules below it, by
        the name of the module.""",
    )
    show_preamble: bool = declare(
        default=True,
        kind=FLAG,
        scope=Scope.SITE | Scope.PAGE,
        text="""Show the preamble above the first example of a session, folded.""",
    )
    docstring_names: str = declare(
        "module",
        _DOCSTRING_NAMES,
        Scope.SITE | Scope.PAGE,
        """The names that the examples of a docstring can use without an import. `module`: those of its
        module, as part of the preamble: pyrun imports the ones that the examples use. Where nothing
        defines `np` and `plt`, they are NumPy and `matplotlib.pyplot`. `none`: only those that the examples
        and preambles define.""",
    )
    interactive: bool = declare(
        default=False,
        kind=FLAG,
        scope=Scope.BLOCK,
        text="""Show the value of each statement below the statement, as the interactive interpreter does.
        Blocks with prompts have this option when they go live.""",
        attribute=Attribute(Form.FLAG, to_worker=True),
    )
