"""Sphinx knows exactly the options that core declares; none is declared in this package."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from pyrun_core.options.declare import Options, Scope, declared_options

if TYPE_CHECKING:
    from .conftest import MakeSite


def plain(value: object) -> object:
    """A value in the form that conf.py uses."""
    return value.value if isinstance(value, Enum) else list(value) if isinstance(value, tuple) else value


def test_conf_py_takes_exactly_the_options_of_a_site_with_their_defaults(make_site: MakeSite) -> None:
    app = make_site({"index.rst": "Title\n=====\n"}).build()
    values = {value.name: plain(value.value) for value in app.config if value.name.startswith("pyrun_")}
    defaults = {
        f"pyrun_{option.field}": plain(getattr(Options(), option.field))
        for option in declared_options(Scope.SITE)
    }
    assert values == {**defaults, "pyrun_pyodide": "cdn"}  # which `make_site` sets
