"""markdown-exec: Pyodide runs in the page itself and starts when the page opens."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from benchmarks.peers.peer import Peer
from benchmarks.sites import full_pyodide, pyodide_version

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from playwright.sync_api import Page

    from benchmarks.examples import Example

__all__ = ["MARKDOWN_EXEC"]

_CONFIGURATION = """\
site_name: Benchmark
theme:
  name: material
  font: false
plugins:
  - markdown-exec
markdown_extensions:
  - pymdownx.superfences
"""


def build(python: Path, folder: Path, examples: Iterable[Example]) -> Path:
    """Build a site with a page for each example. The fences name the version of Pyodide with packages."""
    (folder / "docs").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(_CONFIGURATION, encoding="utf-8")
    (folder / "docs" / "index.md").write_text("# Start\n", encoding="utf-8")
    for example in examples:
        install = f' install="{",".join(example.packages)}"' if example.packages else ""
        fence = f'```pyodide version="{pyodide_version(full_pyodide())}"{install}\n{example.code}\n```\n'
        (folder / "docs" / f"{example.name}.md").write_text(f"# Page\n\n{fence}", encoding="utf-8")
    command = [str(python), "-m", "mkdocs", "--quiet", "build"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder / "site"


def run(page: Page, text: str) -> None:
    """Press the button repeatedly, because it does nothing until Python has started."""
    page.evaluate(
        """async (text) => {
          for (;;) {
            document.querySelector("[id$=run]").click();
            await new Promise((resolve) => setTimeout(resolve, 20));
            if (document.querySelector("[id$=output]").textContent.includes(text)) return;
          }
        }""",
        text,
    )


MARKDOWN_EXEC = Peer(
    "markdown-exec",
    ("markdown-exec==1.12.6", "mkdocs-material==9.8.2", "mkdocs==1.6.1"),
    build,
    lambda name: f"{name}/",
    run,
)
