"""Outputs that builds of Zensical store, also on pages that Zensical takes from its cache."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.zensical.conftest import Site

PAGE = """\
# Page

```pyrun output="build"
print("zebra")
```

```pyrun output="build" raises="ZeroDivisionError"
1 / 0
```

```pyrun
print("not stored")
```
"""


def test_outputs_are_in_the_pages(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYRUN_CACHE", str(tmp_path / "cache"))
    site.page(PAGE)
    for _ in ("new", "cached by Zensical"):
        build = site.build("--strict")
        assert build.status == 0, build.output
        shown = [cell.select_one(".pyrun-output") for cell in site.cells()]
        assert [output and output.get_text().splitlines()[-1] for output in shown] == [
            "zebra",
            "ZeroDivisionError: division by zero",
            None,
        ]
