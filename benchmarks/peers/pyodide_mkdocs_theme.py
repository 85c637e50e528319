"""pyodide-mkdocs-theme: the macro ``IDE``, which reads the code from a file next to the page."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from benchmarks.peers.peer import Peer

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from playwright.sync_api import Page

    from benchmarks.examples import Example

__all__ = ["PYODIDE_MKDOCS_THEME"]

LONGEST_MS = 60_000

# The configuration that the theme generates for a new project, without the optional parts.
_CONFIGURATION = """\
site_name: Benchmark
site_url: http://127.0.0.1/
exclude_docs: |
  **/*.py
theme:
  name: pyodide-mkdocs-theme
  language: en
plugins:
  - search
  - pyodide_macros:
      on_error_fail: true
      build:
        ides_id_hash_mode: relative
      project:
        id: benchmark
markdown_extensions:
  - md_in_html
  - admonition
  - attr_list
  - pymdownx.details
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
      emoji_generator: !!python/name:material.extensions.emoji.to_svg
  - pymdownx.highlight
  - pymdownx.inlinehilite
  - pymdownx.snippets:
      check_paths: true
  - pymdownx.superfences
  - pymdownx.arithmatex:
      generic: true
  - pymdownx.striphtml:
      strip_js_on_attributes: false
      strip_attributes: ""
"""


def build(python: Path, folder: Path, examples: Iterable[Example]) -> Path:
    """Build a site with a page for each example, which uses the macro."""
    pages = folder / "docs"
    pages.mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(_CONFIGURATION, encoding="utf-8")
    (pages / "index.md").write_text("# Start\n", encoding="utf-8")
    for example in examples:
        (pages / f"{example.name}.md").write_text(
            f'# Page\n\n{{{{ IDE("{example.name}") }}}}\n', encoding="utf-8"
        )
        (pages / f"{example.name}.py").write_text(f"{example.code}\n", encoding="utf-8")
    command = [str(python), "-m", "mkdocs", "build", "--quiet"]
    # The theme records each project in the user's home folder.
    environment = {**os.environ, "HOME": str(folder)}
    run = subprocess.run(command, cwd=folder, env=environment, check=False, capture_output=True, text=True)
    if run.returncode:
        raise RuntimeError(run.stderr)
    return folder / "site"


def run(page: Page, text: str) -> None:
    """Press the button as soon as the hourglass in the header disappears, because it works only then."""
    page.evaluate(
        """([text, longestMs]) => new Promise((resolve, reject) => {
          setTimeout(() => reject(new Error("nothing was shown")), longestMs);
          const find = (selector) => document.querySelector(selector);
          const isReady = () => find("#header-hourglass-svg")?.classList.contains("py_mk_vanish");
          const output = () => find(".py_mk_terminal")?.textContent.replaceAll("\\u00a0", " ");
          let isPressed = false;
          const look = () => {
            if (!isPressed && isReady()) {
              find(".py_mk_ide button[btn_kind=play]").click();
              isPressed = true;
            }
            if (output()?.includes(text)) resolve();
            else setTimeout(look, 20);
          };
          look();
        })""",
        [text, LONGEST_MS],
    )


PYODIDE_MKDOCS_THEME = Peer(
    "pyodide-mkdocs-theme",
    # Not the newest, 5.7.0: it requires jquery.terminal 2.43.1, with a checksum, which npm does not have.
    ("pyodide-mkdocs-theme==5.5.6", "mkdocs==1.6.1", "mkdocs-material==9.8.2"),
    build,
    lambda name: f"{name}/",
    run,
    why_no_packages="wheels of Pyodide 0.25 were not available",
)
