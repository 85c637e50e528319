"""Blocks of numpydoc and of IPython's directive go live."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup

if TYPE_CHECKING:
    from bs4 import Tag

    from tests.conftest import MakeEnvironment

SITE = Path(__file__).parent / "sphinx_blocks"


def test_blocks_of_numpydoc_and_ipython_go_live(make_environment: MakeEnvironment, tmp_path: Path) -> None:
    python = make_environment("sphinx-neighbours")
    source, built = tmp_path / "source", tmp_path / "built"
    shutil.copytree(SITE, source, ignore=shutil.ignore_patterns("__pycache__"))
    command = [python, "-m", "sphinx", "-q", "--no-color", "-b", "html", source, built]
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (warning,) = [line for line in done.stderr.splitlines() if "[pyrun." in line]
    assert warning.startswith(f"{source / 'documented_blocks.py'}:")
    assert "[pyrun.live]" in warning
    hidden, shown = cells(built / "index.html")
    assert (hidden.has_attr("hidden"), hidden["data-source"]) == (True, "import math")
    assert shown["data-source"] == "x = math.floor(2.5)\n\nx"
    assert (shown["data-line"], shown["data-expected"]) == ("9", '[[3,"2"]]')
    (documented,) = cells(built / "made" / "documented_blocks.double.html")
    assert documented["data-session"] == "documented_blocks.double"
    assert documented["data-preamble"] == "import math as m\nfrom documented_blocks import double"


def cells(page: Path) -> list[Tag]:
    return BeautifulSoup(page.read_bytes(), "html.parser").find_all("pyrun-cell")
