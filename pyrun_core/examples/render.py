"""The HTML of pyrun. The only module that writes or escapes markup.

The attributes of the element are the contract with the page: those of options are declared with the options
(`pyrun_core.options.declare.Attribute`), the others in `BUILD_ATTRIBUTES`. A test holds them to what the page
reads (``tests/unit/test_page_contract.py``).
"""

import html
from collections.abc import Iterator, Mapping

from pyrun_core.examples.example import Example
from pyrun_core.options.declare import Attribute, Form, Options, declared_options
from pyrun_core.pyodide.distribution import Distribution

__all__ = [
    "BUILD_ATTRIBUTES",
    "ELEMENT",
    "END_TAG",
    "caption",
    "data_attributes",
    "page_assets",
    "plain_block",
    "start_tag",
]

ELEMENT = "pyrun-cell"
"""The name of the custom element."""

END_TAG = f"</{ELEMENT}>"

BUILD_ATTRIBUTES = {
    "source": "the author's code, character by character",
    "pyodide": "the URL of Pyodide, relative to pyrun's files",
    "pyodide-bytes": "the download size of Pyodide's core, uncompressed",
    "snapshots": "present if `snapshots` is `true` and the build can prepare this Pyodide for them",
    "lock": "the URL of the site's lock file, relative to pyrun's files; absent if Pyodide's is used",
    "page-packages": "names of the packages of the page",
    "page-wheels": "on a page's first example: JSON, `[url, bytes, integrity]` for each file of its packages",
    "page-imports": "on a page's first example: the modules of packages that its examples import",
    "packages": "names of the packages of the example",
    "files": "JSON, `[path, url, bytes, integrity]` for each file that the code reads",
}
"""What the build decides for an example, by the name of its attribute ``data-*``, for the reference page."""

# White space as character references: minifiers and line-based filters do not change them, and the HTML
# parser does not turn CR into LF.
_KEPT_SPACE = str.maketrans({"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def start_tag(example: Example, distribution: Distribution, site_attributes: Mapping[str, str]) -> str:
    """The start tag of the element. The host's highlighted block follows, then `END_TAG`.

    ``site_attributes`` are those for packages and files (`pyrun_core.packages.publish.resolved`). URLs are
    relative to the folder of pyrun's files, so the same page works at any address.
    """
    cell_attributes = _attributes(dict(_cell_attributes(example, distribution)))
    return f"<{ELEMENT}{cell_attributes}{data_attributes(site_attributes)}>"


def data_attributes(values: Mapping[str, str]) -> str:
    """The attributes ``data-*`` with these values, each after a space. Empty values have none."""
    return _attributes({f"data-{name}": value for name, value in values.items() if value})


def caption(text: str) -> str:
    """A caption above the element, for hosts whose highlighted blocks have none."""
    return f'<div class="pyrun-caption">{html.escape(text)}</div>'


def plain_block(source: str) -> str:
    """The block of code for a page without a highlighter."""
    return f'<pre><code class="language-python">{html.escape(source, quote=False)}\n</code></pre>'


def page_assets(folder_url: str, loader: str, style: str) -> str:
    """The tags for the head of a page with live examples. ``folder_url`` ends in a slash."""
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
    """The attributes of options that differ from their defaults."""
    for option in declared_options():
        value, attribute = getattr(options, option.field), option.attribute
        if attribute is None or value == option.default:
            continue
        text = _spelled(value, attribute)
        if text or attribute.form is Form.FLAG:  # a name of nothing but spaces is no name
            yield f"data-{attribute.name or option.name}", text


def _spelled(value: object, attribute: Attribute) -> str:
    value = attribute.spell(value)
    match attribute.form:
        case Form.FLAG:
            return ""
        case Form.WORDS if isinstance(value, tuple):
            return " ".join(map(str, value))
        case _:
            return str(value)


def _attributes(values: Mapping[str, str]) -> str:
    return "".join(f' {name}="{_escape(value)}"' if value else f" {name}" for name, value in values.items())


def _escape(value: str) -> str:
    return html.escape(value, quote=True).translate(_KEPT_SPACE)
