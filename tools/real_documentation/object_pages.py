"""Writes a documentation with a page for each documented object of an installed package that has examples.

``python object_pages.py FOLDER MODULE …``, in the environment of the package: it need not have pyrun.
"""

from __future__ import annotations

import importlib
import inspect
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["main"]

CONF = """\
project = {package!r}
extensions = ["sphinx.ext.autodoc", "sphinx.ext.napoleon"]
"""

PROMPT = ">>>"


def main(folder: Path, modules: list[str]) -> None:
    """Write the pages, and one that lists them."""
    folder.mkdir()
    package = modules[0].partition(".")[0]
    (folder / "conf.py").write_text(CONF.format(package=package), encoding="utf-8")
    seen: set[str] = set()
    names = [name for module in modules for name in documented(module, package, seen)]
    lines = "\n".join(f"   {name}" for name in names)
    index = f"{package}\n{'=' * len(package)}\n\n.. toctree::\n\n{lines}\n"
    (folder / "index.rst").write_text(index, encoding="utf-8")
    for name in names:
        module, _, last = name.rpartition(".")
        title = f"{name}\n{'=' * len(name)}\n\n.. currentmodule:: {module}\n\n"
        (folder / f"{name}.rst").write_text(f"{title}{directive(module, last)}\n", encoding="utf-8")


def documented(module: str, package: str, seen: set[str]) -> Iterator[str]:
    """The public objects of a module with examples. Docstrings that modules share count once."""
    space = vars(importlib.import_module(module))
    for name in sorted(space.get("__all__") or (each for each in space if not each.startswith("_"))):
        value = space.get(name)
        is_own = str(getattr(value, "__module__", None) or package).partition(".")[0] == package
        if value is None or inspect.ismodule(value) or not is_own:
            continue
        texts = set(docstrings(value))
        if texts - seen:
            seen |= texts
            yield f"{module}.{name}"


def docstrings(value: object) -> Iterator[str]:
    """The docstrings with examples of an object, and of the methods of a class."""
    values = [value, *(vars(value).values() if inspect.isclass(value) else ())]
    for each in values:
        text = inspect.getdoc(each) if each is value or callable(each) else None
        if text and PROMPT in text:
            yield text


def directive(module: str, name: str) -> str:
    """What documents an object with all methods that it defines."""
    value = getattr(importlib.import_module(module), name)
    if inspect.isclass(value):
        return f".. autoclass:: {name}\n   :members:"
    return f".. {'autofunction' if callable(value) else 'autodata'}:: {name}"


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
