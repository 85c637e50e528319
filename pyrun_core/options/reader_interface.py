"""The options that say what an example offers its readers besides **Run**."""

from dataclasses import dataclass

from pyrun_core.options.choices import FORMATTERS, HIDDEN_LINES_IN, TOOLBARS
from pyrun_core.options.languages import LANGUAGE, spoken_language
from pyrun_core.options.option import Attribute, Form, Scope, declare
from pyrun_core.options.values import FLAG, LINES, NOTHING, Kind, list_of, one_of, or_none
from pyrun_core.problems import shorten

__all__ = ["BLACK", "COPY", "RUFF", "TEXT_OUTPUT", "ReaderInterface"]

COPY, TEXT_OUTPUT = HIDDEN_LINES_IN
_, RUFF, BLACK = FORMATTERS

_NOTHING = frozenset({"", "none"})


def _hidden_lines_in(value: object) -> tuple[str, ...]:
    if value is None or (isinstance(value, str) and value.strip().lower() in _NOTHING):
        return ()
    words = [word.lower() for word in list_of(value, "words")]
    if wrong := next((word for word in words if word not in HIDDEN_LINES_IN), None):
        raise ValueError(f"{shorten(wrong)} does not say where hidden lines are")
    return tuple(word for word in HIDDEN_LINES_IN if word in words)


_HIDDEN_LINES_IN = Kind(
    _hidden_lines_in, (list, tuple, str), "`copy` and `text`, with spaces or commas between them, or `none`"
)
_FORMAT = or_none(one_of(FORMATTERS, "is not a formatter"))
_TOOLBAR = one_of(TOOLBARS, "is not a toolbar")


@dataclass(frozen=True, kw_only=True)
class ReaderInterface:
    """What readers see around the code, and what they can do with it."""

    toolbar: str = declare(
        TOOLBARS[0],
        _TOOLBAR,
        Scope.SITE | Scope.PAGE | Scope.BLOCK,
        """The controls around an example. `quiet`: **Run**; when the reader points at the example, touches it
        or moves the keyboard focus there, also **Copy** and the menu **More**. `full`: all of these and
        **Reset**, always. `minimal`: only **Run**, and **Stop** while the code runs.""",
        attribute=Attribute(Form.TEXT),
    )
    readonly: bool = declare(
        default=False,
        kind=FLAG,
        scope=Scope.PAGE | Scope.BLOCK,
        text="""The reader can run the code but not edit it.""",
        attribute=Attribute(Form.FLAG),
    )
    keep_edits: bool = declare(
        default=True,
        kind=FLAG,
        scope=Scope.SITE | Scope.PAGE | Scope.BLOCK,
        text="""Keep what a reader has edited in their browser, and bring it back when they return to the
        page. With `false`, an edit is gone when the reader leaves the page.""",
        attribute=Attribute(Form.FLAG, name="forget-edits"),
    )
    console: bool = declare(
        default=False,
        kind=FLAG,
        scope=Scope.BLOCK,
        text="""Show a console, in which readers type statements at a prompt. The code is what the console
        starts with: it runs when the reader presses **Run**. It may be empty. The directive
        and the fence for consoles set this option.""",
        attribute=Attribute(Form.FLAG),
    )
    playground: bool = declare(
        default=False,
        kind=FLAG,
        scope=Scope.BLOCK,
        text="""Show a playground, in which readers write programs of several files and choose packages. The
        code is what its file `main.py` starts with. It may be empty. Text files of the option `files` are
        further tabs. The directive and the fence for playgrounds set this option.""",
        attribute=Attribute(Form.FLAG),
    )
    hide_lines: tuple[int, ...] = declare(
        (),
        LINES,
        Scope.BLOCK,
        """Lines to fold away. The page shows **Show 4 lines** in their place, and they run all the same. The
        lines between the comments `# pyrun: hide` and `# pyrun: show` are folded away too. Count the lines
        as you write them, with these comments.""",
        attribute=Attribute(Form.WORDS),
    )
    hidden_lines_in: tuple[str, ...] = declare(
        (COPY,),
        _HIDDEN_LINES_IN,
        Scope.SITE | Scope.PAGE | Scope.BLOCK,
        """Where the lines that are folded away belong to the code. `copy`: in what **Copy** copies. `text`:
        where nobody can unfold them, such as in LaTeX and EPUB, and in the search index. `none`: neither.""",
        attribute=Attribute(Form.WORDS),
    )
    format: str = declare(
        NOTHING,
        _FORMAT,
        Scope.SITE | Scope.PAGE | Scope.BLOCK,
        """Let readers format the code, with **Format** in the menu **More** or the keys Shift+Alt+F. `ruff`:
        with ruff, which the build adds to the site. `black`: with black, as a package of the page's Python.
        Both are loaded on use.""",
        attribute=Attribute(Form.TEXT),
    )
    language: str = declare(
        "",
        LANGUAGE,
        Scope.SITE | Scope.PAGE,
        """The language of buttons, messages and explanations. By default, it is the language of the page:
        `language` in `conf.py`, `theme.language` or `theme.locale` in `mkdocs.yml`, or the attribute `lang`
        of the HTML. A region such as `de-AT` gets its language. Pages in a language that pyrun doesn't know
        have English buttons.""",
        attribute=Attribute(Form.TEXT, spell=spoken_language),
    )
