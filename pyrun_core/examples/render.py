"""The HTML of pyrun. With `pyrun_core.outputs.render`, the only module that writes or escapes markup.

The attributes of the element are the contract with the page: those of options are declared with the options
(`pyrun_core.options.declare.Attribute`), the others in `BUILD_ATTRIBUTES`. A test holds them to what the page
reads (``tests/unit/test_page_contract.py``).
"""

import html
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from pyrun_core.examples.example import Example
from pyrun_core.examples.imports import names_from_packages
from pyrun_core.options.declare import Attribute, Form, Options, declared_options
from pyrun_core.options.languages import spoken_language
from pyrun_core.options.values import name_key
from pyrun_core.reader_texts import early_words

__all__ = [
    "BUILD_ATTRIBUTES",
    "ELEMENT",
    "END_TAG",
    "FOLDED_NUMBERS",
    "FOLDED_NUMBERS_END",
    "FOLD_END",
    "LEFT_TO_THE_EDITOR",
    "PageAsset",
    "caption",
    "cell_attributes",
    "fold_start",
    "integrity_attributes",
    "live_block",
    "page_assets",
    "plain_block",
    "plain_code",
    "script_page",
    "start_tag",
    "style_tag",
    "written_source",
]

ELEMENT = "pyrun-cell"
"""The name of the custom element."""

END_TAG = f"</{ELEMENT}>"

FOLD_END = "</details>"

LEFT_TO_THE_EDITOR = '<code class="nohighlight hljs">'
"""The start of code with folds that scripts of the page must not colour: they would replace its elements.

The second class gives it the look of code that highlight.js has coloured.
"""

FOLDED_NUMBERS = ' \n<span class="pyrun-fold-numbers">'
"""What comes before the numbers of folded lines in a column: the line of the control, which has none."""

FOLDED_NUMBERS_END = "</span>"

PLAIN = "pyrun-plain"
"""The class of an element whose block has no wrapper, and perhaps no style in the theme."""

BUILD_ATTRIBUTES = {
    "source": "the author's code, character by character",
    "quoted": "the code with `%26` for `&` and `%25` for `%`, if minifiers could change it; otherwise absent",
    "words": "JSON, the words that the page shows before it loads its language; absent in English",
    "page": "the page's source file, relative to the folder of the documentation",
    "line": "the line of the example in that file, if it is there",
    "requirements": "id of what the example requires, for the file `settlement.json`; absent if nothing",
    "imports": "names that the code imports and that do not come with Python",
    "page-packages": "JSON, the entries of `packages` that the page declares",
    "packages": "JSON, the entries of `packages` that the block declares",
    "files": "JSON, the entries of `files` of the page and the block",
    "preamble": "the code that runs once in the session of the example, before its first example",
    "show-preamble": "present if the page shows the preamble above the example",
    "expected": "JSON, the documented outputs: each a line of the code, below which it belongs, and its text",
}
"""What an element says of its example besides the options, by the name of its attribute ``data-*``.

None of it depends on other pages: what is decided for the whole site is in its settlement
(`pyrun_core.settlement`).
"""

# White space as character references: minifiers and line-based filters do not change them, and the HTML
# parser does not turn CR into LF.
_KEPT_SPACE = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


def start_tag(example: Example, style: str = "") -> str:
    """The start tag of the element. The host's highlighted block follows, then `END_TAG`.

    ``style`` is a class of the page's style sheet.
    """
    about = {"class": style} if style else {}
    return f"<{ELEMENT}{_attributes({**cell_attributes(example), **about})}>"


def live_block(example: Example, block: str) -> str:
    """An example whose block of code is in the page already, in a target for links if it has a name."""
    options = example.options
    above = caption(options.caption) if options.caption and not options.hidden else ""
    style = PLAIN if block.startswith("<pre") else ""
    cell = f"{above}{start_tag(example, style)}{'' if options.hidden else block}{END_TAG}"
    return f"<div{_attributes({'id': name_key(options.name)})}>{cell}</div>" if options.name else cell


def caption(text: str) -> str:
    """A caption above the element, for hosts whose highlighted blocks have none."""
    return f'<div class="pyrun-caption">{html.escape(text)}</div>'


def plain_block(source: str) -> str:
    """The block of code for a page without a highlighter."""
    return f'<pre><code class="language-python">{plain_code(source)}</code></pre>'


def plain_code(source: str) -> str:
    """The content of a block of code, without colours."""
    return f"{html.escape(source, quote=False)}\n"


def fold_start(label: str, blank_number: str, *, is_searchable: bool) -> str:
    """What comes before lines that are folded away; `FOLD_END` follows them.

    The style sheet shows ``label``. ``blank_number`` is markup as wide as the number of a line, or empty.
    """
    about = {"class": "pyrun-fold", **({} if is_searchable else {"data-search-exclude": ""})}
    summary = _attributes({"class": "pyrun-show", "aria-label": label})
    return f"<details{_attributes(about)}><summary{summary}>{blank_number}</summary>"


@dataclass(frozen=True, order=True)
class PageAsset:
    """A file that pages load. Browsers compare it with the hash ``integrity``, unless that is empty."""

    url: str
    integrity: str = ""

    def below(self, folder_url: str) -> "PageAsset":
        """The same for a page to which ``url`` is not relative. ``folder_url`` ends in a slash."""
        return replace(self, url=folder_url + self.url)


def page_assets(loader: PageAsset, style: PageAsset) -> str:
    """The tags for the head of a page with live examples."""
    script = {"src": loader.url, "defer": "", **integrity_attributes(loader)}
    return f"{style_tag(style)}\n<script{_attributes(script)}></script>\n"


def style_tag(style: PageAsset) -> str:
    """The tag for a style sheet."""
    link = {"rel": "stylesheet", "href": style.url, **integrity_attributes(style)}
    return f"<link{_attributes(link)}>"


def script_page(script: str) -> str:
    """A page with nothing but a module, for a browser in which nobody reads. ``script`` is its URL."""
    attributes = _attributes({"type": "module", "src": script})
    return f"<!doctype html><title>pyrun</title><script{attributes}></script>\n"


def integrity_attributes(asset: PageAsset) -> dict[str, Any]:
    """What the tag of a file needs for its comparison. On another server, that needs CORS too."""
    return {"integrity": asset.integrity, "crossorigin": "anonymous"} if asset.integrity else {}


def cell_attributes(example: Example) -> dict[str, str]:
    """The attributes of the element, by name. The value of one that is only present is empty."""
    return dict(_cell_attributes(example))


def _cell_attributes(example: Example) -> Iterator[tuple[str, str]]:
    yield "data-state", "idle"
    if example.options.hidden:
        yield "hidden", ""
    yield from ((f"data-{name}", value) for name, value in _build_attributes(example).items() if value)
    if example.shows_preamble:
        yield "data-show-preamble", ""
    yield from _option_attributes(example.options)


def _build_attributes(example: Example) -> dict[str, str]:
    """The values of `BUILD_ATTRIBUTES`, without the flag."""
    requirements = example.requirements
    return {
        "source": example.source,
        "quoted": _quoted(example.source),
        "words": early_words(spoken_language(example.options.language)),
        "page": example.page,
        "line": str(example.line or ""),
        "requirements": requirements.id,
        "imports": " ".join(names_from_packages(requirements.imports)),
        "page-packages": _json(requirements.page_entries),
        "packages": _json(requirements.declared.entries),
        "files": _json(requirements.files),
        "preamble": example.preamble,
        "expected": _json(example.expected).replace("&", r"\u0026"),  # as in `_quoted`
    }


def _quoted(source: str) -> str:
    """The code without ``&``, if it has something that reads like a reference to a character.

    Minifiers such as htmlmin take that for a reference.
    """
    has_reference = html.unescape(source) != source
    return source.replace("%", "%25").replace("&", "%26") if has_reference else ""


def written_source(attributes: Mapping[str, str]) -> str:
    """The code, from the attributes of an element."""
    if quoted := attributes.get("data-quoted"):
        return quoted.replace("%26", "&").replace("%25", "%")
    return attributes.get("data-source", "")


def _json(entries: tuple[object, ...]) -> str:
    return json.dumps(entries, ensure_ascii=False, separators=(",", ":")) if entries else ""


def _option_attributes(options: Options) -> Iterator[tuple[str, str]]:
    """The attributes of options that differ from their defaults."""
    values = vars(options)
    for field, default, name, attribute in _options_in_pages():
        if (value := values[field]) == default:
            continue
        text = _spelled(value, attribute)
        # A name of nothing but spaces is no name. No word is a value where the default is one.
        if text or attribute.form is Form.FLAG or (attribute.form is Form.WORDS and default):
            yield name, text


@cache  # each example asks for them
def _options_in_pages() -> tuple[tuple[str, object, str, Attribute], ...]:
    """The field, the default, the name of the attribute, and the form of each option that pages know."""
    return tuple(
        (option.field, option.default, f"data-{attribute.name or option.name}", attribute)
        for option in declared_options()
        if (attribute := option.attribute) is not None
    )


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
    escaped = html.escape(value, quote=True)
    for space, reference in _KEPT_SPACE.items():  # `str.translate` takes ten times as long
        escaped = escaped.replace(space, reference)
    return escaped
