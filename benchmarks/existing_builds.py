"""How much longer the build of a large site takes if the option ``live`` makes its existing blocks live.

The pages are the same in both sites; only the configuration differs. Nothing is checked (``live-only: all``):
`benchmarks.proving` measures checks.
"""

from __future__ import annotations

import ast
import json
import os
import re
import sys
from textwrap import dedent, indent
from typing import TYPE_CHECKING
from unittest.mock import patch

from benchmarks.bench import Group
from benchmarks.large_builds import Build, sphinx
from benchmarks.large_sites import PAGES, write_mkdocs, write_sphinx
from benchmarks.rows import PYRUN, Found, Row, interleaved
from benchmarks.sites import full_pyodide

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from benchmarks.bench import Bench

__all__ = ["EXISTING"]

PLAIN = "plain blocks"
"""The kind of the site without pyrun."""

ROUNDS = 5
LIMIT = 1.1

BLOCKS, SESSIONS = "blocks", "sessions"
"""Python without prompts, and with them."""

RST_BLOCK = re.compile(r"\.\. code-block:: python\n\n((?:   .*\n|\n+(?=   ))+)")
FENCE = re.compile(r"```python\n(.*?)```", re.DOTALL)


def measure(bench: Bench) -> Iterator[Found]:
    """Build both sites with each host, in turn. The first round resolves the packages and doesn't count."""
    tries: dict[tuple[str, str], Callable[[], float]] = {}
    with patch.dict(os.environ, PYRUN_CACHE=str(bench.folder / "existing" / "cache")):
        for kind in (PLAIN, PYRUN):
            for style in (BLOCKS, SESSIONS):
                folder = bench.folder / "existing" / f"{style}-{kind.replace(' ', '-')}"
                write(folder, style, live=kind == PYRUN)
                by_sphinx = sphinx(folder, "html", "-E")
                mkdocs = (sys.executable, "-m", "mkdocs", "build", "-q", "-s")
                by_mkdocs = Build(mkdocs, folder / "mkdocs", cleared=("site",))
                tries[f"sphinx-{style}", kind] = by_sphinx.run
                tries[f"sphinx-{style}-cpu", kind] = by_sphinx.cpu_time
                tries[f"mkdocs-{style}", kind] = by_mkdocs.run
                tries[f"mkdocs-{style}-cpu", kind] = by_mkdocs.cpu_time
        yield from interleaved(bench.some(ROUNDS), tries, "existing")


def write(folder: Path, style: str, *, live: bool) -> None:
    """Write both sources. Where they are live, only the configuration says so."""
    write_sphinx(folder / "sphinx", live=False)
    write_mkdocs(folder / "mkdocs", live=False)
    if style == SESSIONS:
        for path in (folder / "sphinx").glob("page*.rst"):
            rewrite(path, RST_BLOCK, lambda code: f".. code-block:: pycon\n\n{indent(code, '   ')}")
        for path in (folder / "mkdocs").rglob("page*.md"):
            rewrite(path, FENCE, lambda code: f"```pycon\n{code}```")
    if live:
        words, pyodide = ["python", "doctest"], str(full_pyodide())
        with (folder / "sphinx" / "conf.py").open("a", encoding="utf-8") as conf:
            conf.write('extensions = ["sphinx_pyrun"]\npyrun_packages = ["auto"]\n')
            conf.write(f"pyrun_live = {words}\npyrun_live_only = ['all']\npyrun_pyodide = {pyodide!r}\n")
        path = folder / "mkdocs" / "mkdocs.yml"
        config = json.loads(path.read_text(encoding="utf-8"))
        options = {"live": words, "live-only": "all", "packages": ["auto"], "pyodide": pyodide}
        config["plugins"].append({"pyrun": options})
        path.write_text(json.dumps(config), encoding="utf-8")


def rewrite(path: Path, block: re.Pattern[str], written: Callable[[str], str]) -> None:
    """Replace the blocks of a page by sessions."""
    text = path.read_text(encoding="utf-8")
    path.write_text(block.sub(lambda match: written(with_prompts(match[1])), text), encoding="utf-8")


def with_prompts(block: str) -> str:
    """Code as a session that shows no output."""
    code = dedent(block)
    lines = code.splitlines()
    session = []
    for statement in ast.parse(code).body:
        end = statement.end_lineno or statement.lineno
        first, *more = lines[statement.lineno - 1 : end]
        session += [f">>> {first}", *(f"... {line}".rstrip() for line in more)]
    return "\n".join(session) + "\n"


EXISTING = Group(
    "existing",
    f"A site with {PAGES:,} pages and five existing blocks on each, which one option makes live",
    tuple(
        row
        for host, name in (("sphinx", "Sphinx"), ("mkdocs", "MkDocs"))
        for style, what in ((BLOCKS, "blocks of Python"), (SESSIONS, "sessions with prompts"))
        for row in (
            Row(f"{host}-{style}", f"{name}, {what}", "s", LIMIT),
            Row(f"{host}-{style}-cpu", f"{name}, {what}: CPU time", "s"),
        )
    ),
    measure,
    compared_with=PLAIN,
)
