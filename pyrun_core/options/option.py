"""What the declaration of an option says."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, Flag, auto
from typing import Any, TypeVar

from pyrun_core.options.values import Kind

__all__ = ["Attribute", "Form", "Option", "Scope", "declare"]

T = TypeVar("T")


class Scope(Flag):
    """The levels at which an option can be set."""

    SITE = auto()
    PAGE = auto()
    BLOCK = auto()


class Form(Enum):
    """How an attribute of `<pyrun-cell>` spells a value. The page has the same names for the forms."""

    TEXT = "text"
    NUMBER = "number"
    FLAG = "flag"
    """Present if the value differs from the default."""
    WORDS = "words"
    """A list, with spaces between its items."""
    LINES = "lines"
    """A list, with line feeds between its items."""


@dataclass(frozen=True)
class Attribute:
    """How a page carries the value of an option. The attribute is absent if the value is the default.

    ``name`` follows ``data-``; it is empty for the name of the option. ``to_worker`` says whether the worker
    gets the value with each run. ``spell`` returns the value in the form that the page compares.
    """

    form: Form
    name: str = ""
    to_worker: bool = False
    spell: Callable[[Any], object] = lambda value: value


@dataclass(frozen=True)
class Option:
    """The declaration of one option.

    ``name`` is its name in a page. ``attribute`` is ``None`` if the page does not need the value.
    """

    name: str
    field: str
    default: object
    kind: Kind[Any]
    scope: Scope
    help: str
    attribute: Attribute | None


def declare(default: T, kind: Kind[T], scope: Scope, text: str, attribute: Attribute | None = None) -> T:
    """Declare an option as a field of a data class. It has the type of its default, like `field`."""
    metadata = {"kind": kind, "scope": scope, "help": " ".join(text.split()), "attribute": attribute}
    return dataclasses.field(default=default, metadata=metadata)
