"""The contents of a test page, written once for all hosts."""

from __future__ import annotations

from dataclasses import dataclass, field
from textwrap import dedent, indent
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Block", "Scenario", "as_markdown", "as_rst", "block"]


@dataclass(frozen=True)
class Block:
    """An example and its options, under the names authors use; ``None`` means an option without a value."""

    code: str
    options: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Scenario:
    """A page: its examples in page order, each under a name for the test."""

    name: str
    blocks: Mapping[str, Block]
    options: Mapping[str, str] = field(default_factory=dict)
    """Options of the page."""
    line_end: str = "\n"

    def position(self, key: str) -> int:
        """The position of the example among the page's cells, from 0."""
        return list(self.blocks).index(key)

    def file_name(self, key: str) -> str:
        """The name that tracebacks show for the example."""
        return f"cell{self.position(key) + 1}.py"


def block(code: str, **options: str | None) -> Block:
    """An example, written indented in the test that uses it. ``_`` in an option name stands for ``-``."""
    named = {name.replace("_", "-"): value for name, value in options.items()}
    return Block(dedent(code).strip("\n"), named)


def as_rst(scenario: Scenario) -> str:
    """The page for Sphinx."""
    title = f"Page {scenario.name}"
    parts = [f"{title}\n{'=' * len(title)}\n"]
    if scenario.options:
        parts.append(f".. pyrun-page::\n{_directive_options(scenario.options)}")
    for key, example in scenario.blocks.items():
        options = _directive_options(example.options)
        code = indent(example.code, "   ", lambda line: bool(line.strip()))
        parts.append(f"The example *{key}*:\n\n.. pyrun::\n{options}\n{code}\n")
    return "\n".join(parts)


def as_markdown(scenario: Scenario) -> str:
    """The page for MkDocs."""
    parts = [f"# Page {scenario.name}\n"]
    if scenario.options:
        settings = "".join(f"  {name}: {value}\n" for name, value in scenario.options.items())
        parts.insert(0, f"---\npyrun:\n{settings}---\n")
    for key, example in scenario.blocks.items():
        options = "".join(
            f" {name}" if value is None else f' {name}="{value}"' for name, value in example.options.items()
        )
        parts.append(f"The example *{key}*:\n\n```{{.python .pyrun{options}}}\n{example.code}\n```\n")
    return "\n".join(parts)


def _directive_options(options: Mapping[str, str | None]) -> str:
    return "".join(f"   :{name}: {value or ''}".rstrip() + "\n" for name, value in options.items())
