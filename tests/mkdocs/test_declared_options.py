"""MkDocs knows exactly the options that core declares; none is declared in this package."""

from __future__ import annotations

from mkdocs_pyrun.plugin import PyrunPlugin
from pyrun_core.options.declare import Scope, declared_options


def test_mkdocs_yml_accepts_exactly_the_options_of_a_site() -> None:
    plugin = PyrunPlugin()
    assert plugin.load_config({}) == ([], [])
    assert set(plugin.config) == {option.name for option in declared_options(Scope.SITE)}


def test_an_option_of_a_site_that_is_not_set_has_the_default_of_core() -> None:
    """The plugin leaves it unset, so that no default is declared twice."""
    plugin = PyrunPlugin()
    plugin.load_config({})
    assert set(plugin.config.values()) == {None}
