"""Every option that an author can set, declared once.

The configuration and validation of both hosts, and the reference page, are built from the fields of
`Options`, with those of its bases, and of `Excerpt` for code in a file.
"""

import dataclasses
import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pyrun_core.options.checks import Checks
from pyrun_core.options.choices import Vendor
from pyrun_core.options.delivery import Delivery
from pyrun_core.options.excerpt import Excerpt
from pyrun_core.options.existing_blocks import ExistingBlocks
from pyrun_core.options.option import Attribute, Form, Option, Scope
from pyrun_core.options.option import declare as _option
from pyrun_core.options.page_files import PUBLIC
from pyrun_core.options.page_packages import NAMES
from pyrun_core.options.reader_interface import ReaderInterface
from pyrun_core.options.suggestions import suggest
from pyrun_core.options.values import (
    ANSWERS,
    CHARACTERS,
    CHOICE_OF_PYODIDE,
    CREDENTIALS,
    EXAMPLES,
    FIGURES,
    FILES,
    FLAG,
    FOLDER,
    ISOLATION,
    LINES,
    LOAD,
    PACKAGES,
    PAGE_FILES,
    PAGE_PACKAGES,
    RUNTIME,
    SECONDS,
    SESSION,
    TEXT,
    VENDOR,
    name_key,
)
from pyrun_core.problems import Location, Problem, Report, shorten

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

Values = Mapping[str, Any]
"""The options set at one location, by field name of `Options`, read and checked."""

PAGE_SESSION = "page"
"""The session whose namespace all examples of a page share."""

ISOLATED_SESSION = "isolated"
"""A separate namespace for one example, empty at the start of every run."""

DEFAULT_OUTPUT_LIMIT = 10_000_000
"""Characters that a run may show: far more than anyone reads, far less than a tab can hold."""

_EVERYWHERE = Scope.SITE | Scope.PAGE | Scope.BLOCK


@dataclass(frozen=True, kw_only=True)
class Options(ReaderInterface, Checks, ExistingBlocks, Delivery):
    """The options of one example, from the site, its page and the block."""

    packages: tuple[str, ...] = _option(
        (),
        PACKAGES,
        _EVERYWHERE,
        """Packages that the code requires: names, requirements such as `numpy>=2`, paths of wheels or
        projects, URLs of wheels, and `auto` for everything that the examples import. Packages of the site
        and of the page load while Python starts, packages of a block when the block runs. A block also has
        the packages of its page and of the site.""",
    )
    page_packages: tuple[str, ...] = _option(
        (NAMES,),
        PAGE_PACKAGES,
        Scope.SITE,
        """The package entries that pages may have in `packages`, besides those that the site has there.
        `names`: every name and requirement, and `auto`. A path or a URL: this one. Without it, no page can
        have a folder built or a file loaded that you have not chosen.""",
    )
    vendor: Vendor = _option(  # noqa: RUF009 - it is a field
        Vendor.AUTO,
        VENDOR,
        Scope.SITE,
        """Who serves the files of packages. `true`: your site serves all of them. `false`: browsers load
        them from the Pyodide that `pyodide` names (from Pyodide's public CDN for the bundled one) and from
        the package index; your site serves only your own wheels. `auto`: your site serves all of them,
        except the packages of a Pyodide on another server.""",
    )
    wheels: str = _option(
        "",
        FOLDER,
        Scope.SITE,
        """A folder of wheels in which pyrun looks for packages, relative to the configuration file.""",
    )
    repack: bool = _option(
        default=True,
        kind=FLAG,
        scope=Scope.SITE,
        text="""Repack the wheels that your site serves, so that they import in a fraction of the time: pyrun
        adds bytecode and removes tests, type stubs and C sources. If `pyodide` names a folder, pyrun also
        adds bytecode to its standard library. This needs Node.js on the machine that builds the site.
        Without Node.js, with a URL as `pyodide`, or with `false`, readers get the original files.""",
    )
    load_missing: bool = _option(
        default=True,
        kind=FLAG,
        scope=Scope.SITE | Scope.PAGE,
        text="""If code imports a package that the site has but the page does not declare, offer the reader
        to load it.""",
        attribute=Attribute(Form.FLAG, name="declared-only", to_worker=True),
    )
    files: tuple[str, ...] = _option(
        (),
        FILES,
        Scope.PAGE | Scope.BLOCK,
        """Files of the documentation that the code can open by the same path. Paths are relative to the
        page, or to the documentation's folder if they begin with `/`. `*` and `**` match as in a shell. A
        URL: the build copies the file into the site, and the code finds it under this URL, and by its
        name. A block can open the files of its page too.""",
    )
    page_files: tuple[str, ...] = _option(
        (PUBLIC,),
        PAGE_FILES,
        Scope.SITE,
        """The URLs that pages may have in `files`. `public`: every URL that all the world can read. A URL:
        this one, also in a private network; everything below it if it ends in a slash. With an empty list,
        pages may name none.""",
    )
    pyodide: str = _option(
        "bundled",
        CHOICE_OF_PYODIDE,
        Scope.SITE,
        """Where Python comes from. `bundled`: the Pyodide core that comes with pyrun, served by your
        site. `cdn`: the same version from Pyodide's public CDN, with its packages. A URL: a Pyodide
        distribution on another server. A folder, relative to the configuration file: a distribution that
        pyrun copies into the site. Pyodide's scripts come from your site in every case.""",
    )
    runtime: str = _option(
        "",
        RUNTIME,
        Scope.SITE,
        """The place of the files that versions of a site can share: pyrun's scripts, Pyodide, packages and
        files of examples. A path such as `../pyrun`, relative to the folder of the built site: the build
        writes them there, and deletes nothing. Or a URL of the same server, such as `/pyrun/`: you copy them
        there with `pyrun runtime`. Without this option, each version has its own.""",
    )
    integrity: bool = _option(
        default=False,
        kind=FLAG,
        scope=Scope.SITE,
        text="""Write the hashes of pyrun's script and style sheet into each page: browsers refuse other ones.
        That script compares all others. Pages that are opened as files then show only their code.""",
    )
    load: str = _option(
        "intent",
        LOAD,
        Scope.SITE | Scope.PAGE,
        """When Python starts. `run`: when the reader runs an example. `intent`: when the reader points at
        **Run** or moves the keyboard focus there. `visible`: when an example becomes visible. `idle`: when
        the page has loaded and the browser is idle. `page`: at once. If the reader has asked the browser
        to save data, `run` applies.""",
        attribute=Attribute(Form.TEXT),
    )
    snapshots: bool = _option(
        default=True,
        kind=FLAG,
        scope=Scope.SITE | Scope.PAGE,
        text="""Keep a snapshot of the started Python, including the modules that the page imports, in the
        reader's browser. The next page then starts from it at once. The packages of the page are imported
        before the first example runs. Pages verify that a snapshot is their own, but other sites on the same
        origin can forge one. If you do not trust them, set `snapshots` to `false`.""",
        attribute=Attribute(Form.FLAG, name="no-snapshots"),
    )
    isolation: str = _option(
        "origin",
        ISOLATION,
        Scope.SITE,
        """What Python can reach of your site in the reader's browser. `origin`: Python runs in a worker of
        your site, with the site's storage and caches. `opaque`: Python runs in a worker that belongs to no
        site. Code there cannot use the site's cookies, storage, caches or other pages.""",
        attribute=Attribute(Form.TEXT),
    )
    credentials: str = _option(
        "omit",
        CREDENTIALS,
        Scope.SITE,
        """Whether requests to your site carry the reader's cookies. `omit`: those of Python and of `fetch`
        carry none, if the browser can suspend Python. `same-origin`: the code decides, as on any page. With
        `isolation: opaque`, requests of code never carry cookies, and the option is about the files that
        pyrun loads: set `same-origin` if your site asks its readers to log in.""",
        attribute=Attribute(Form.TEXT),
    )
    session: str = _option(
        PAGE_SESSION,
        SESSION,
        Scope.PAGE | Scope.BLOCK,
        """The namespace of the example. Examples with the same session share one. `page` is shared by all
        examples of the page that set no other session. `isolated` is a separate namespace that is empty at
        the start of every run.""",
        attribute=Attribute(Form.TEXT),
    )
    setup: bool = _option(
        default=False,
        kind=FLAG,
        scope=Scope.BLOCK,
        text="""Run this example automatically before the first other example of its session.""",
        attribute=Attribute(Form.FLAG),
    )
    needs: tuple[str, ...] = _option(
        (),
        EXAMPLES,
        Scope.BLOCK,
        """Examples of the same page that must run before this one, by their `name`. Those that have not
        run yet run first. Write hyphens between the words of a name; case does not matter.""",
        attribute=Attribute(Form.WORDS),
    )
    timeout: float | None = _option(
        None,
        SECONDS,
        Scope.PAGE | Scope.BLOCK,
        """The time limit of a run. A run that takes longer is stopped, as with the **Stop** button. `none`
        removes the limit that the page sets.""",
        attribute=Attribute(Form.NUMBER),
    )
    output_limit: int = _option(
        DEFAULT_OUTPUT_LIMIT,
        CHARACTERS,
        _EVERYWHERE,
        """The number of characters of output that a run may show. Further output is cut off, and a note
        in the output says so.""",
        attribute=Attribute(Form.NUMBER, to_worker=True),
    )
    figures: str = _option(
        "png",
        FIGURES,
        _EVERYWHERE,
        """The format of matplotlib figures: `png`, at twice the resolution of the page, or `svg`, which is
        sharp at any size and larger the more points a figure has.""",
        attribute=Attribute(Form.TEXT, to_worker=True),
    )
    wrap: bool = _option(
        default=True,
        kind=FLAG,
        scope=_EVERYWHERE,
        text="""Wrap long lines of output. With `false`, the output scrolls sideways instead.""",
        attribute=Attribute(Form.FLAG, name="nowrap"),
    )
    show_value: bool = _option(
        default=True,
        kind=FLAG,
        scope=_EVERYWHERE,
        text="""Show the value of the last expression, as notebooks do. With `false` the example shows only
        its output and its figures, as a script does.""",
        attribute=Attribute(Form.FLAG, name="hide-value", to_worker=True),
    )
    stdin: str = _option(
        "",
        ANSWERS,
        Scope.BLOCK,
        """Answers for `input()`, one per line. The reader is asked once they are used up.""",
        attribute=Attribute(Form.LINES, to_worker=True),
    )
    autorun: bool = _option(
        default=False,
        kind=FLAG,
        scope=Scope.PAGE | Scope.BLOCK,
        text="""Run the example as soon as it becomes visible. This loads Python without any action of the
        reader, so use it only if the output is the point of the page. A page that shows the examples of
        several pages, such as one for printing, runs none of them before the reader presses **Run**.""",
        attribute=Attribute(Form.FLAG),
    )
    raises: str = _option(
        "",
        TEXT,
        Scope.BLOCK,
        """The exception that the code raises on purpose, such as `ZeroDivisionError`. A check fails if the
        code does not end with it. With `SyntaxError`, `IndentationError` or `TabError`, the build does not
        warn that the code is not Python.""",
    )
    hidden: bool = _option(
        default=False,
        kind=FLAG,
        scope=Scope.BLOCK,
        text="""Do not show the example. It is set-up code and runs as with `setup`.""",
    )
    caption: str = _option(
        "",
        TEXT,
        Scope.BLOCK,
        """A caption above the example.""",
        attribute=Attribute(Form.TEXT),
    )
    name: str = _option(
        "",
        TEXT,
        Scope.BLOCK,
        """A name for links to the example and for the option `needs`. It must be unique in the page.""",
        attribute=Attribute(Form.TEXT, spell=name_key),
    )
    emphasize_lines: tuple[int, ...] = _option(
        (),
        LINES,
        Scope.BLOCK,
        """Lines to highlight.""",
        attribute=Attribute(Form.WORDS),
    )
    linenos: bool = _option(
        default=False,
        kind=FLAG,
        scope=Scope.BLOCK,
        text="""Show line numbers.""",
    )


@cache  # pages ask for them with every example
def declared_options(scope: Scope = _EVERYWHERE) -> tuple[Option, ...]:
    """All options that can be set in any of these scopes, in the order of the reference page."""
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
        for field in _fields()
        if field.metadata["scope"] & scope
    )


def _fields() -> Iterator[dataclasses.Field[Any]]:
    bases = [dataclasses.fields(base) for base in (ReaderInterface, ExistingBlocks, Checks, Delivery)]
    yield from dataclasses.fields(Options)[sum(map(len, bases)) :]
    yield from itertools.chain(*bases, dataclasses.fields(Excerpt))


def read_options(
    raw: Mapping[str, object],
    scope: Scope,
    location: Location,
    report: Report,
    spell: Callable[[str], str] = str,
) -> dict[str, Any]:
    """Read the options that an author set at one location. Wrong ones are reported and left out.

    ``raw`` has the options by the names that authors use; in them, ``_`` and ``-`` are equivalent. If
    authors write more than the name ("pyrun_packages"), ``spell`` returns that for the messages. The result
    has the values by field name of `Options`, and only those that are set.
    """
    options = {option.field: option for option in declared_options(scope)} if raw else {}
    values: dict[str, Any] = {}
    for name, value in raw.items():
        option = options.get(str(name).replace("-", "_"))
        if option is None:
            report(Problem.OPTION, _unknown(shorten(str(name))[1:-1], scope, spell), location)
            continue
        try:
            values[option.field] = option.kind.read(value)
        except ValueError as error:
            message = f"{spell(option.name)}: {error}. Valid values: {option.kind.syntax}."
            report(Problem.OPTION, message, location)
    return values


def _unknown(name: str, scope: Scope, spell: Callable[[str], str]) -> str:
    written = name.replace("_", "-")
    here = [option.name for option in declared_options(scope)]
    elsewhere = [option for option in declared_options() if option.name == written]
    if elsewhere:
        scopes = " or ".join(level.name.lower() for level in elsewhere[0].scope if level.name)
        return f"the option '{spell(name)}' cannot be set here. Set it for the {scopes}"
    close = suggest(written.lower(), here)
    hint = f"did you mean '{spell(close)}'?" if close else f"use one of {', '.join(map(spell, here))}."
    return f"there is no option '{spell(name)}' here: {hint}"
