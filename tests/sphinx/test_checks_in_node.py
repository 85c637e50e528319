"""The check of a whole Sphinx site in its own Pyodide, under Node.js."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import MakeSite, Site

pytest.importorskip("pyrun_core.proof.run.node", reason="this pyrun has no runner for Node.js")

PAGE = """\
Title
=====

>>> from module import double
>>> double(2)
4
>>> 1 / 0
Traceback (most recent call last):
    ...
ZeroDivisionError: division by zero
>>> undefined  # doctest: +SKIP
>>> double(3)
7

.. pyrun::
   :stdin: Ada

   name = input()
   assert name == "Ada"

.. pyrun::
   :raises: KeyError

   {}["key"]

.. pyrun::
   :timeout: 0.5

   while True:
       pass

.. pyrun::

   assert name == "Ada", "the interpreter is the same after an endless loop"
"""


@pytest.fixture
def site(make_site: MakeSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setenv("PYRUN_CACHE", str(tmp_path / "cache"))
    site = make_site(
        {
            "index.rst": ".. pyrun-page::\n   :files: module.py\n\n" + PAGE,
            "module.py": "def double(x):\n    return 2 * x\n",
        },
        pyrun_live=["doctest"],
        pyrun_pyodide="bundled",
        pyrun_repack=False,
    )
    monkeypatch.chdir(site.folder)
    return site


def test_what_readers_would_meet_is_reported_with_its_line(site: Site) -> None:
    warnings = site.warnings("pyrun-check")
    assert [warning.partition(" ")[0] for warning in warnings] == ["index.rst:15:", "index.rst:32:"]
    assert "It shows `6` instead of `7`." in warnings[0]
    assert "time limit" in warnings[1]
    report = (site.outdir / "report.txt").read_text(encoding="utf-8")
    assert "5 live examples: 3 proven, 2 failing" in report


@pytest.mark.usefixtures("proven_by_default")
def test_a_block_that_needs_what_a_browser_lacks_stays_as_it_is(site: Site) -> None:
    threads = ">>> import threading\n>>> threading.Thread(target=print).start()\n"
    site.write({"index.rst": f"Title\n=====\n\n>>> 1 + 1\n2\n\nText\n\n{threads}"})
    app = site.build()
    assert [str(cell["data-source"]) for cell in site.cells()] == ["1 + 1"]
    said = app.status.getvalue()
    assert "index.rst:10: the block stays as it is. " in said
    assert "1 block stays as it is, because it fails for readers: threads 1." in said
