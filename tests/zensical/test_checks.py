"""The command ``pyrun check`` for sites that Zensical builds."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .conftest import Site

CHECK = "import sys; from pyrun_core.cli import main; sys.exit(main(['check', '--runtime', 'cpython']))"

PAGE = """\
# Page

```pyrun raises="ZeroDivisionError"
1 / 0
```

```pycon
>>> 1 + 1  # doctest: +SKIP
3
>>> 2 + 2
5
```
"""


def test_what_fails_is_reported_with_its_line_also_from_a_cached_page(site: Site) -> None:
    site.configure('pyrun.live = "doctest"', 'pyrun.live-only = "all"')
    site.page(PAGE)
    site.build_strictly()
    for _ in range(2):
        check = site.run("-c", CHECK)
        assert check.status == 1, check.output
        assert "docs/index.md:10: output: It shows `4` instead of `5`." in check.output
        assert "2 live examples: 1 proven, 1 failing" in check.output
