"""The plugin's options, as MkDocs wants them, from their declarations in core."""

from collections.abc import Mapping
from typing import Any

from mkdocs.config.base import BaseConfigOption

from pyrun_core.options import Option, Scope, declared_options, read_options
from pyrun_core.problems import Location, Problem

__all__ = ["config_scheme", "given_values", "with_suggestions"]


class _SiteOption(BaseConfigOption[Any]):
    """One declared option. ``None`` is an option that is not set, so that defaults stay in core."""

    def __init__(self, option: Option) -> None:
        super().__init__()
        self._option = option

    def run_validation(self, value: object) -> object:
        """Read the value; a wrong one is warned of, which ends a strict build, and left unset."""
        if value is None:
            return None
        try:
            return self._option.kind.read(value)
        except ValueError as error:
            self.warnings.append(f"{error}. It takes {self._option.kind.syntax}.")
            return None


def config_scheme() -> tuple[tuple[str, BaseConfigOption[Any]], ...]:
    """What MkDocs checks the plugin's section of ``mkdocs.yml`` with."""
    return tuple((option.name, _SiteOption(option)) for option in declared_options(Scope.SITE))


def given_values(config: Mapping[str, Any]) -> dict[str, Any]:
    """The values that the author has set, by field name of `Options`."""
    return {
        option.field: config[option.name]
        for option in declared_options(Scope.SITE)
        if config.get(option.name) is not None
    }


def with_suggestions(warnings: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """MkDocs' warnings, with core's sentence about each option that does not exist."""
    known = {option.name for option in declared_options(Scope.SITE)}
    return [(name, text if name in known else _unknown(name)) for name, text in warnings]


def _unknown(name: str) -> str:
    sentences: list[str] = []

    def collect(problem: Problem, message: str, location: Location) -> None:
        del problem, location
        sentences.append(message)

    read_options({name: None}, Scope.SITE, Location("mkdocs.yml"), collect)
    return " ".join(sentences)
