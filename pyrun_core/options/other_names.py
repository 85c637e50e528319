"""What other tools call the options of a block of code, so that authors can keep what they have written."""

__all__ = ["name_here"]

_OTHER_NAMES = {
    "caption": ("title", "filename"),
    "emphasize-lines": ("hllines", "highlightlines", "highlightedlines"),
    "linenos": ("linenums", "linenumbers", "numberlines", "showlinenumbers", "codelinenumbers"),
    "lineno-start": ("linenostart", "startfrom", "startline", "firstline", "firstnumber"),
    "name": ("id", "label"),
}
"""The names of pymdownx.superfences, codehilite, Hugo, pandoc, Docusaurus, Quarto and others, as `_bare`."""

_NAMES_HERE = {other: name for name, others in _OTHER_NAMES.items() for other in others}


def name_here(name: str) -> str:
    """The name of the option that another tool gives this name. The name itself if it is unknown."""
    return _NAMES_HERE.get(_bare(name), name)


def _bare(name: str) -> str:
    """``hl_lines``, ``hl-lines`` and ``hlLines`` are the same name."""
    return name.replace("-", "").replace("_", "").lower()
