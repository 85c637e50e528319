"""Output without what differs from build to build, such as addresses, random ids and times."""

import re
from xml.etree import ElementTree as ET

__all__ = ["stable_svg", "stable_text", "svg_size", "without_addresses"]

_ADDRESS = re.compile(r"(?<=\bat )0x[0-9A-Fa-f]+|\b0x[0-9A-Fa-f]{6,}(?=>)")

_ESCAPE = re.compile(r"\x1b(?:\][^\x07\x1b]*(?:\x07|\x1b\\)|\[[0-?]*[ -/]*[@-~]|[ -/]*[0-~])")
"""Escape sequences of terminals: https://ecma-international.org/publications-and-standards/standards/ecma-48/"""

_ERASED = re.compile(r"[^\n\x08]\x08")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

_METADATA = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)
_RANDOM_ID = re.compile(r"\bid=\"([A-Za-z_-]*[0-9a-f]{8}[0-9a-f-]*)\"")
_ID = re.compile(r"(?<=\bid=\")[^\"]+|(?<=href=\"#)[^\"]+|(?<=url\(#)[^)]+")

_ROOT = re.compile(r"<svg\b[^>]*>")
_LENGTH = re.compile(r"\b(width|height)=\"([0-9]+(?:\.[0-9]+)?)(pt|px|)\"")
_PIXELS = {"pt": 4 / 3, "px": 1.0, "": 1.0}

_ACTIVE = frozenset({"script", "foreignobject", "handler", "iframe", "embed", "object", "set"})
_SVG = "{http://www.w3.org/2000/svg"
_LOADS = re.compile(r"url\(\s*[\"']?(?!\s*[\"']?#)|@import", re.IGNORECASE)
_LOADS_OR_HIDES = re.compile(rf"{_LOADS.pattern}|\\", re.IGNORECASE)
"""In CSS, a backslash can hide any word."""

_INERT_ADDRESS = re.compile(r"#|data:image/(?:png|jpeg|gif|webp);")
_REFUSED = ("<!ENTITY", "<?xml-stylesheet")


def stable_text(text: str) -> str:
    """The text that a terminal would show in the end, without colours, and the same in each build."""
    text = _ESCAPE.sub("", text.replace("\r\n", "\n"))
    while "\x08" in text and (shorter := _ERASED.sub("", text)) != text:
        text = shorter
    if "\r" in text:
        text = "\n".join(map(_overwritten, text.split("\n")))
    return without_addresses(_CONTROL.sub("", text))


def without_addresses(text: str) -> str:
    """An ellipsis in place of each address of an object."""
    return _ADDRESS.sub("0x...", text)


def stable_svg(svg: str) -> str | None:
    """The same drawing in each build. ``None`` if it could do more than show itself."""
    svg = _METADATA.sub("", svg)
    if not _is_passive(svg):
        return None
    random = dict.fromkeys(_RANDOM_ID.findall(svg))
    names = {name: f"id{number}" for number, name in enumerate(random, 1)}
    return _ID.sub(lambda match: names.get(match[0], match[0]), svg)


def svg_size(svg: str) -> tuple[float | None, float | None]:
    """Width and height of a drawing in CSS pixels, as far as it says them."""
    root = _ROOT.search(svg)
    lengths = _LENGTH.findall(root[0]) if root else []
    found = {name: float(number) * _PIXELS[unit] for name, number, unit in lengths}
    return found.get("width"), found.get("height")


def _overwritten(line: str) -> str:
    """What a line shows after its carriage returns."""
    shown = ""
    for part in line.split("\r"):
        shown = part + shown[len(part) :]
    return shown


def _is_passive(svg: str) -> bool:
    if any(refused in svg for refused in _REFUSED):
        return False
    try:
        root = ET.fromstring(svg)  # noqa: S314 - entities are refused above
    except (ET.ParseError, ValueError):
        return False
    return all(map(_is_inert, root.iter()))


def _is_inert(element: ET.Element) -> bool:
    namespace, _, name = element.tag.rpartition("}")
    if namespace != _SVG or name.lower() in _ACTIVE or name.lower().startswith("animate"):
        return False
    if name == "style" and _LOADS_OR_HIDES.search(element.text or ""):
        return False
    return not any(_acts(attribute.rpartition("}")[2].lower(), value) for attribute, value in element.items())


def _acts(attribute: str, value: str) -> bool:
    """Whether an attribute runs or loads something."""
    if attribute in {"href", "src"}:
        return not _INERT_ADDRESS.match(value.strip())
    if attribute == "style":
        return bool(_LOADS_OR_HIDES.search(value))
    return attribute.startswith("on") or bool(_LOADS.search(value))
