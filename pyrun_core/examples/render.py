"""The HTML of pyrun. The only module that writes or escapes markup.

The element's attributes are the contract with ``assets/page/cell/cell.js``, which lists them too;
``tests/browser`` holds both ends together.
"""

import html
from collections.abc import Iterator, Mapping

from pyrun_core.examples.example import Example
from pyrun_core.options.declare import DEFAULT_OUTPUT_LIMIT, PAGE_SESSION, Options
from pyrun_core.options.values import name_key
from pyrun_core.pyodide.distribution import Distribution

__all__ = ["ELEMENT", "END_TAG", "caption", "data_attributes", "page_assets", "start_tag"]

ELEMENT = "pyrun-cell"
"""The name of the custom element."""

END_TAG = f"</{ELEMENT}>"

# White space as character references: minifiers and line-based filters then leave it alone, and
# the HTML parser does not turn CR into LF.
_KEPT_SPACE = str.maketrans({"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def start_tag(example: Example, distribution: Distribution, more: Mapping[str, str]) -> str:
    """Open the element; the host's own highlighted block follows, then `END_TAG`.

    ``more`` are its packages and files (`pyrun_core.packages.publish.resolved`), by the names of attributes.
    URLs are relative to the folder of pyrun's files, so the same page works at any address.
    """
    return f"<{ELEMENT}{_attributes(dict(_cell_attributes(example, distribution)))}{data_attributes(more)}>"


def data_attributes(values: Mapping[str, str]) -> str:
    """The attributes ``data-*`` with these values, each after a space; none for an empty value."""
    return _attributes({f"data-{name}": value for name, value in values.items() if value})


def caption(text: str) -> str:
    """A title to put above the element, where the host's highlighted blocks have none."""
    return f'<div class="pyrun-caption">{html.escape(text)}</div>'


def page_assets(folder_url: str, loader: str, style: str) -> str:
    """The tags a page with live examples needs in its head. ``folder_url`` ends in a slash."""
    link = _attributes({"rel": "stylesheet", "href": folder_url + style})
    script = _attributes({"src": folder_url + loader, "defer": ""})
    return f"<link{link}>\n<script{script}></script>\n"


def _cell_attributes(example: Example, distribution: Distribution) -> Iterator[tuple[str, str]]:
    yield "data-state", "idle"
    if example.options.hidden:
        yield "hidden", ""
    yield "data-source", example.source
    yield "data-pyodide", distribution.url
    if distribution.core_bytes is not None:
        yield "data-pyodide-bytes", str(distribution.core_bytes)
    if example.options.snapshots and distribution.linked_glue is not None:
        yield "data-snapshots", ""
    yield from _option_attributes(example.options)


def _option_attributes(options: Options) -> Iterator[tuple[str, str]]:
    """What differs from the defaults."""
    values = {
        "session": options.session if options.session != PAGE_SESSION else "",
        # Names are compared with needs: both are written in the same way.
        "name": name_key(options.name),
        "caption": options.caption,
        "needs": " ".join(options.needs),
        "timeout": "" if options.timeout is None else str(options.timeout),
        "output-limit": str(options.output_limit) if options.output_limit != DEFAULT_OUTPUT_LIMIT else "",
        "load": options.load if options.load != Options.load else "",
        "figures": options.figures if options.figures != Options.figures else "",
        "stdin": options.stdin,
        "emphasize-lines": " ".join(map(str, options.emphasize_lines)),
    }
    for name, value in values.items():
        if value:
            yield f"data-{name}", value
    for flag in ("setup", "autorun", "readonly"):
        if getattr(options, flag):
            yield f"data-{flag}", ""
    if not options.wrap:
        yield "data-nowrap", ""
    if not options.load_missing:
        yield "data-declared-only", ""


def _attributes(values: Mapping[str, str]) -> str:
    return "".join(f' {name}="{_escape(value)}"' if value else f" {name}" for name, value in values.items())


def _escape(value: str) -> str:
    return html.escape(value, quote=True).translate(_KEPT_SPACE)
