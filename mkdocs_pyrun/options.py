"""The plugin's options for MkDocs, built from their declarations in the core."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mkdocs.config.base import BaseConfigOption

from pyrun_core.options.declare import Option, Scope, declared_options, read_options
from pyrun_core.problems import Location, Problem

__all__ = ["config_scheme", "find_section", "given_values", "with_hyphens", "with_locations"]

# As an item, or as a key in block or flow style.
_SECTION = r"""[\s\-{{\["']*{name}["']?\s*(:|$)"""


class _SiteOption(BaseConfigOption[Any]):
    """One declared option. ``None`` is an option that is not set, so that defaults stay in the core."""

    def __init__(self, option: Option) -> None:
        super().__init__()
        self._option = option

    def run_validation(self, value: object) -> object:
        """Read the value. A wrong one causes a warning, which fails a strict build, and stays unset."""
        if value is None:
            return None
        try:
            return self._option.kind.read(value)
        except ValueError as error:
            self.warnings.append(f"{error}. Valid values: {self._option.kind.syntax}.")
            return None


def config_scheme() -> tuple[tuple[str, BaseConfigOption[Any]], ...]:
    """The scheme with which MkDocs checks the plugin's section of ``mkdocs.yml``."""
    return tuple((option.name, _SiteOption(option)) for option in declared_options(Scope.SITE))


def with_hyphens(options: Mapping[str, Any]) -> dict[str, Any]:
    """The author's options by their declared names. In names, ``_`` and ``-`` are equivalent."""
    names = {option.field: option.name for option in declared_options(Scope.SITE)}
    return {names.get(name, name): value for name, value in options.items()}


def given_values(config: Mapping[str, Any]) -> dict[str, Any]:
    """The values that the author has set, by field name of `Options`."""
    return {
        option.field: config[option.name]
        for option in declared_options(Scope.SITE)
        if config.get(option.name) is not None
    }


def find_section(config_file: str | None, name: str = "pyrun") -> Location:
    """The location of a section in ``mkdocs.yml``, by default the plugin's. The line may be unknown."""
    if not config_file or not Path(config_file).is_file():
        return Location("mkdocs.yml")
    lines = Path(config_file).read_text(encoding="utf-8-sig", errors="replace").splitlines()
    section = re.compile(_SECTION.format(name=re.escape(name)))
    line = next((number for number, line in enumerate(lines, 1) if section.match(line)), None)
    return Location(Path(config_file).name, line)


def with_locations(warnings: list[tuple[str, str]], location: Location) -> list[tuple[str, str]]:
    """MkDocs' warnings with their location, and the core's message about each unknown option."""
    names = {option.name for option in declared_options(Scope.SITE)}
    return [
        (name, f"{location}: {text if name in names else _unknown(name, location)}")
        for name, text in warnings
    ]


def _unknown(name: str, location: Location) -> str:
    sentences: list[str] = []

    def collect(problem: Problem, message: str, location: Location) -> None:
        del problem, location
        sentences.append(message)

    read_options({name: None}, Scope.SITE, location, collect)
    return " ".join(sentences)
