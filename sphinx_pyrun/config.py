"""The values ``pyrun_*`` of conf.py, built from the options that can be set for a site."""

import ast
from enum import Enum
from pathlib import Path
from typing import Literal

from sphinx.application import Sphinx
from sphinx.config import Config

from pyrun_core.options.declare import Option, Scope, Values, declared_options, read_options
from pyrun_core.problems import Location
from sphinx_pyrun.report import report

__all__ = ["PREFIX", "option_location", "setup_config", "site_values"]

PREFIX = "pyrun_"

_OF_PAGES = frozenset({"integrity", "preamble", "show_preamble"})
"""The options without an attribute of their own that change the built pages."""

_OF_DOCTREES = frozenset({"docstring_names", "join", "live", "live_except", "live_only", "module_preamble"})
"""The options that change which blocks of a doctree are marked, and how."""


def setup_config(app: Sphinx) -> None:
    """Declare the values, and check them before anything uses them."""
    for option in declared_options(Scope.SITE):
        app.add_config_value(
            _name(option),
            _default(option),
            _rebuilt(option),
            option.kind.types,
        )
    # Sphinx checks types at priority 800; by then wrong values have been reported and replaced.
    app.connect("config-inited", check_values)


def site_values(config: Config) -> Values:
    """The values for the site, by field name of `pyrun_core.options.declare.Options`."""
    values = {option.field: getattr(config, _name(option)) for option in declared_options(Scope.SITE)}
    return {**values, "language": values["language"] or config.language or ""}


def option_location(app: Sphinx, field: str) -> Location:
    """Where conf.py sets an option. ``field`` is a field name of `Options`."""
    return _location(app, PREFIX + field, _assigned_lines(Path(app.confdir)))


def check_values(app: Sphinx, config: Config) -> None:
    """Replace each value by the one read from it. A wrong value is reported and replaced by the default."""
    lines = _assigned_lines(Path(app.confdir))
    options = {_name(option): option for option in declared_options(Scope.SITE)}
    for name in dict.fromkeys((*options, *lines)):
        values = read_options(
            {name.removeprefix(PREFIX): getattr(config, name, None)},
            Scope.SITE,
            _location(app, name, lines),
            report,
            spell=_spell,
        )
        if name in options:
            option = options[name]
            setattr(config, name, values.get(option.field, option.default))


def _rebuilt(option: Option) -> Literal["", "env", "html"]:
    """What Sphinx makes again when the value changes. Without it, the value affects only the settlement."""
    if option.field in _OF_DOCTREES:
        return "env"
    return "html" if option.attribute or option.field in _OF_PAGES else ""


def _name(option: Option) -> str:
    return PREFIX + option.field


def _spell(name: str) -> str:
    """The name of an option in conf.py."""
    return PREFIX + name.replace("-", "_")


def _default(option: Option) -> object:
    """The default as Sphinx needs it: ``-D pyrun_packages=a,b`` works for lists, but not for tuples."""
    if isinstance(option.default, Enum):
        return option.default.value
    if not isinstance(option.default, tuple):
        return option.default
    return dict(option.default) if dict in option.kind.types else list(option.default)


def _location(app: Sphinx, name: str, lines: dict[str, int]) -> Location:
    return Location(str(Path(app.confdir) / "conf.py"), lines.get(name))


def _assigned_lines(confdir: Path) -> dict[str, int]:
    """The names ``pyrun_*`` that conf.py assigns, each with the line of its last assignment.

    Sphinx ignores names that it does not know, so only the file shows a misspelt name.
    """
    try:
        tree = ast.parse((confdir / "conf.py").read_bytes())
    except (OSError, SyntaxError):  # no conf.py (sphinx-build -C); Sphinx reports a broken one
        return {}
    return {
        node.id: node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id.startswith(PREFIX)
    }
