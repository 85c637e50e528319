"""Every option an author can set, declared once.

Both hosts build their configuration and their validation from the fields of `Options`, and the
reference page of the documentation is rendered from them.
"""

import dataclasses
import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, Flag, auto
from typing import Any, TypeVar

from pyrun_core.options.choices import Vendor
from pyrun_core.options.values import (
    ANSWERS,
    CHARACTERS,
    CHOICE_OF_PYODIDE,
    EXAMPLES,
    FIGURES,
    FILES,
    FLAG,
    FOLDER,
    LINES,
    LOAD,
    PACKAGES,
    SECONDS,
    SESSION,
    TEXT,
    VENDOR,
    Kind,
    name_key,
)
from pyrun_core.problems import Location, Problem, Report

__all__ = [
    "DEFAULT_OUTPUT_LIMIT",
    "ISOLATED_SESSION",
    "PAGE_SESSION",
    "Attribute",
    "Form",
    "Option",
    "Options",
    "Scope",
    "Values",
    "declared_options",
    "read_options",
]

T = TypeVar("T")

Values = Mapping[str, Any]
"""What an author set in one place, by field name of `Options`, already read and checked."""

PAGE_SESSION = "page"
"""The session whose names all examples of a page share."""

ISOLATED_SESSION = "isolated"
"""Names that no other example sees, and that begin anew with every run."""

DEFAULT_OUTPUT_LIMIT = 10_000_000
"""Characters that a run may show: far more than a reader reads, far less than a tab can hold."""


class Scope(Flag):
    """Where an option can be set."""

    SITE = auto()
    PAGE = auto()
    BLOCK = auto()


class Form(Enum):
    """How an attribute of `<pyrun-cell>` spells a value. The members' values are the page's words for it."""

    TEXT = "text"
    NUMBER = "number"
    FLAG = "flag"
    """Present where the value differs from the default."""
    WORDS = "words"
    """A list, with spaces between its items."""
    LINES = "lines"
    """A list, with line feeds between its items."""


@dataclass(frozen=True)
class Attribute:
    """How a page carries the value of an option. The attribute is absent where the value is the default.

    ``name`` is what follows ``data-``; empty for the name of the option. ``to_worker`` says whether the
    worker gets the value with each run. ``spell`` turns the value into the one that the page compares.
    """

    form: Form
    name: str = ""
    to_worker: bool = False
    spell: Callable[[Any], object] = lambda value: value


@dataclass(frozen=True)
class Option:
    """The declaration of one option.

    ``name`` is as authors write it in a page. ``attribute`` is ``None`` where the page does not need the
    value.
    """

    name: str
    field: str
    default: object
    kind: Kind[Any]
    scope: Scope
    help: str
    attribute: Attribute | None


def _option(default: T, kind: Kind[T], scope: Scope, text: str, attribute: Attribute | None = None) -> T:
    """Declare a field of `Options`; typed as its default, as `dataclasses.field` itself is."""
    metadata = {"kind": kind, "scope": scope, "help": " ".join(text.split()), "attribute": attribute}
    return dataclasses.field(default=default, metadata=metadata)


_EVERYWHERE = Scope.SITE | Scope.PAGE | Scope.BLOCK


@dataclass(frozen=True, kw_only=True)
class Options:
    """The options that hold for one example, from the site, its page and the block itself."""

    packages: tuple[str, ...] = _option(
        (),
        PACKAGES,
        _EVERYWHERE,
        """Packages the code needs: names, requirements such as `numpy>=2`, paths of wheels and of
        projects, URLs of wheels, and `auto` for what the examples import. Those of the site and
        of the page are loaded while Python starts, those of a block when the block runs.
        Sets add up: a block has the packages of its site and page too.""",
    )
    vendor: Vendor = _option(  # noqa: RUF009 - it is a field
        Vendor.AUTO,
        VENDOR,
        Scope.SITE,
        """Who serves the files of packages. `true`: your site, all of them. `false`: those who have
        them on the web, that is the Pyodide that `pyodide` names (for the bundled one, Pyodide's
        public CDN) and the package index; wheels of yours are served by your site all the same.
        `auto`: your site, but for the packages of a Pyodide that is served by somebody else.""",
    )
    wheels: str = _option(
        "",
        FOLDER,
        Scope.SITE,
        """A folder of wheels to take packages from, relative to the configuration file.""",
    )
    repack: bool = _option(
        default=True,
        kind=FLAG,
        scope=Scope.SITE,
        text="""Pack the wheels that your site serves anew, so that they are imported in a fraction of the
        time: with bytecode, and without tests, type stubs and C sources; and add bytecode to Python's
        library where `pyodide` names a folder. The machine that builds needs Node.js for it; without
        Node.js, and with `false`, readers get the files as they are.""",
    )
    load_missing: bool = _option(
        default=True,
        kind=FLAG,
        scope=Scope.SITE | Scope.PAGE,
        text="""Offer the reader to load a package that the code imports, that the site has, and that
        was not asked for.""",
        attribute=Attribute(Form.FLAG, name="declared-only"),
    )
    files: tuple[str, ...] = _option(
        (),
        FILES,
        Scope.PAGE | Scope.BLOCK,
        """Files of the documentation that the code can open under the same path, relative to the
        page, or to the documentation's folder where the path begins with `/`. `*` and `**` match as
        in a shell. Those of the page and of the block add up.""",
    )
    pyodide: str = _option(
        "bundled",
        CHOICE_OF_PYODIDE,
        Scope.SITE,
        """Where Python comes from. `bundled`: the Pyodide core that pyrun carries, served by
        your site. `cdn`: the same version from Pyodide's public CDN, with its packages. A URL: a
        folder somebody serves. A folder, relative to the configuration file: a distribution
        that is copied into the site.""",
    )
    load: str = _option(
        "intent",
        LOAD,
        Scope.SITE | Scope.PAGE,
        """When Python starts. `run`: when an example is run. `intent`: when the reader points at
        **Run**, or comes to it with the keyboard. `visible`: when an example is seen. `idle`: when the
        page is there and the browser has nothing else to do. `page`: at once. A reader who has
        asked the browser to save data gets `run`.""",
        attribute=Attribute(Form.TEXT),
    )
    snapshots: bool = _option(
        default=True,
        kind=FLAG,
        scope=Scope.SITE | Scope.PAGE,
        text="""Keep Python as it is after its start, with what the page imports, in the reader's browser, so
        that the next page has it at once. Its packages have been imported before the first example runs.""",
    )
    session: str = _option(
        PAGE_SESSION,
        SESSION,
        Scope.PAGE | Scope.BLOCK,
        """Whose names the example sees. Examples with the same session share theirs. `page` is
        shared by all examples that say nothing else; `isolated` is shared with none, and begins
        anew with every run.""",
        attribute=Attribute(Form.TEXT),
    )
    setup: bool = _option(
        default=False,
        kind=FLAG,
        scope=Scope.BLOCK,
        text="""Run this example by itself before the first other example of its session.""",
        attribute=Attribute(Form.FLAG),
    )
    needs: tuple[str, ...] = _option(
        (),
        EXAMPLES,
        Scope.BLOCK,
        """Examples of the same page that have to run before this one, by their `name`. Those
        that have not run yet are run first. A name of several words has hyphens between them
        here; upper and lower case are the same.""",
        attribute=Attribute(Form.WORDS),
    )
    timeout: float | None = _option(
        None,
        SECONDS,
        Scope.PAGE | Scope.BLOCK,
        """How long a run may take. Then it is stopped, as by the button Stop. `none` lets an
        example run without the limit of its page.""",
        attribute=Attribute(Form.NUMBER),
    )
    output_limit: int = _option(
        DEFAULT_OUTPUT_LIMIT,
        CHARACTERS,
        _EVERYWHERE,
        """How many characters of output a run may show. What comes after them is cut off, and
        the example says so.""",
        attribute=Attribute(Form.NUMBER, to_worker=True),
    )
    figures: str = _option(
        "png",
        FIGURES,
        _EVERYWHERE,
        """What figures of matplotlib are drawn as: `png`, with two pixels for one of the page, so
        that they are sharp, or `svg`, which stays sharp at any size and grows with every point.""",
        attribute=Attribute(Form.TEXT, to_worker=True),
    )
    wrap: bool = _option(
        default=True,
        kind=FLAG,
        scope=_EVERYWHERE,
        text="""Break lines of the output that are too long for it. With `false` they stay as they are, and
        the output scrolls sideways.""",
        attribute=Attribute(Form.FLAG, name="nowrap"),
    )
    stdin: str = _option(
        "",
        ANSWERS,
        Scope.BLOCK,
        """Answers for `input()`, one a line, used before the reader is asked.""",
        attribute=Attribute(Form.LINES, to_worker=True),
    )
    autorun: bool = _option(
        default=False,
        kind=FLAG,
        scope=Scope.PAGE | Scope.BLOCK,
        text="""Run the example as soon as a reader sees it. This loads Python without being
        asked: use it where the output is the point of the page.""",
        attribute=Attribute(Form.FLAG),
    )
    readonly: bool = _option(
        default=False,
        kind=FLAG,
        scope=Scope.PAGE | Scope.BLOCK,
        text="""The reader can run the code but not change it.""",
        attribute=Attribute(Form.FLAG),
    )
    hidden: bool = _option(
        default=False,
        kind=FLAG,
        scope=Scope.BLOCK,
        text="""The example is not shown. It is set-up code: it runs as with `setup`.""",
    )
    caption: str = _option(
        "",
        TEXT,
        Scope.BLOCK,
        """A title above the example.""",
        attribute=Attribute(Form.TEXT),
    )
    name: str = _option(
        "",
        TEXT,
        Scope.BLOCK,
        """A name for links to the example and for the option `needs`, once in a page.""",
        attribute=Attribute(Form.TEXT, spell=name_key),
    )
    emphasize_lines: tuple[int, ...] = _option(
        (),
        LINES,
        Scope.BLOCK,
        """Lines to mark.""",
        attribute=Attribute(Form.WORDS),
    )
    linenos: bool = _option(
        default=False,
        kind=FLAG,
        scope=Scope.BLOCK,
        text="""Show line numbers.""",
    )


def declared_options(scope: Scope = _EVERYWHERE) -> tuple[Option, ...]:
    """All options that can be set in any of the given places, in the order of the reference."""
    return tuple(
        Option(
            name=field.name.replace("_", "-"),
            field=field.name,
            default=field.default,
            kind=field.metadata["kind"],
            scope=field.metadata["scope"],
            help=field.metadata["help"],
            attribute=field.metadata["attribute"],
        )
        for field in dataclasses.fields(Options)
        if field.metadata["scope"] & scope
    )


def read_options(
    raw: Mapping[str, object],
    scope: Scope,
    location: Location,
    report: Report,
    spell: Callable[[str], str] = str,
) -> dict[str, Any]:
    """Read what an author set in one place; what is wrong is reported and left at its default.

    ``raw`` has the options by the names authors use; ``_`` is as good as ``-`` in them. Where
    authors write more than the name ("pyrun_packages"), ``spell`` turns a name into that, for
    the messages. The result has the values by field name of `Options`, and only those that were
    set.
    """
    options = {option.field: option for option in declared_options(scope)}
    values: dict[str, Any] = {}
    for name, value in raw.items():
        option = options.get(str(name).replace("-", "_"))
        if option is None:
            report(Problem.OPTION, _unknown(str(name), scope, spell), location)
            continue
        try:
            values[option.field] = option.kind.read(value)
        except ValueError as error:
            message = f"{spell(option.name)}: {error}. It takes {option.kind.syntax}."
            report(Problem.OPTION, message, location)
    return values


def _unknown(name: str, scope: Scope, spell: Callable[[str], str]) -> str:
    known = name.replace("_", "-")
    here = [option.name for option in declared_options(scope)]
    elsewhere = [option for option in declared_options() if option.name == known]
    if elsewhere:
        places = " and ".join(place.name.lower() for place in elsewhere[0].scope if place.name)
        return f"the option '{spell(name)}' cannot be set here, but per {places}"
    close = difflib.get_close_matches(known, here, n=1)
    hint = f"did you mean '{spell(close[0])}'?" if close else f"there are {', '.join(map(spell, here))}."
    return f"there is no option '{spell(name)}' here: {hint}"
