"""The imports in the code of an example."""

from dataclasses import replace

import pytest

from pyrun_core.examples.imports import Import, find_imports, is_in_python, names_from_packages


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import numpy.linalg as la, os", [Import("numpy", 1), Import("os", 1)]),
        ("from PIL import Image\nimport PIL", [Import("PIL", 1)]),
        ("def f():\n    import late", [Import("late", 2)]),
        ("try:\n    import rich\nexcept ImportError:\n    rich = None", [Import("rich", 2, guarded=True)]),
        ("try:\n    import rich\nexcept (OSError, ModuleNotFoundError):\n    import poor", None),
        ("try:\n    import rich\nfinally:\n    pass", [Import("rich", 2)]),
        ("try:\n    import a\nexcept ImportError:\n    pass\nimport a", [Import("a", 5)]),
        ("from . import sibling\nfrom .mod import x", []),
        ("import js, pyodide.ffi, pyodide_js", []),
        ("import IPython\nfrom IPython.display import HTML", []),
        ("from IPython.core import magic", [Import("IPython", 1)]),
        ("import(", []),
        ("x = 'import numpy'", []),
        ("nul = '\0'", []),
        ("import a\nprint(", [Import("a", 1)]),
        ("from a import (\nb,\n)\nprint(b)", [Import("a", 1)]),
        ("text = '''\nimport a\nb\n'''\n", []),
        ("import a, \\\nb\nc = 1", [Import("a", 1), Import("b", 1)]),
        (
            "try:\n    import a\nexcept OSError:\n    import b\nexcept ImportError:\n    pass\nc = 1",
            [Import("a", 2, guarded=True), Import("b", 4)],
        ),
    ],
)
def test_imports_are_found_anywhere_in_the_code(source: str, found: list[Import] | None) -> None:
    expected = [Import("rich", 2, guarded=True), Import("poor", 4)] if found is None else found
    assert [replace(each, names=()) for each in find_imports(source)] == expected


@pytest.mark.parametrize(
    ("source", "needed"),
    [
        ("from zoneinfo import ZoneInfo", [("tzdata", 1, "zoneinfo")]),
        ("import tzdata, zoneinfo", []),
        ("import datetime\nimport zoneinfo.no_such_part", [("tzdata", 2, "zoneinfo")]),
        ("table\\\n.to_excel('a.xlsx')", [("openpyxl", 2, ".to_excel")]),
        ("%pip install openpyxl\ntable.to_excel('a.xlsx')", []),
        ("import pandas as pd\npd.read_excel('a')\n\ndf.plot.bar()", [
            ("openpyxl", 2, ".read_excel"),
            ("matplotlib", 4, ".plot"),
        ]),
        ("import openpyxl\ndf.to_excel('a.xlsx')", []),
        ("axes[0].plot(x); plt.hist(x); self.plot()", []),
        ("class A:\n    def to_excel(self): ...\nA().to_excel()", []),
        ("cell.style = 'Bold'", []),
        ("text = 'df.to_excel()'  # df.to_excel()", []),
        ("df.to_excel(", []),
        ("s.tz_localize('Europe/Berlin')", [("tzdata", 1, "a time zone of pandas")]),
        ("pd.Timestamp(0,\n  tz='Asia/Tokyo')", [("tzdata", 2, "a time zone of pandas")]),
        ("s.tz_localize(None).tz_convert('UTC'); f(tz='utc')", []),
        ("soup = BeautifulSoup(text, 'lxml')", [("lxml", 1, "the parser lxml")]),
        ("soup = BeautifulSoup(text, 'html.parser')", []),
        (
            "from sklearn.metrics import RocCurveDisplay",
            [("matplotlib", 1, "RocCurveDisplay")],
        ),
    ],
)  # fmt: skip
def test_what_code_needs_without_importing_it_is_found(
    source: str, needed: list[tuple[str, int, str]]
) -> None:
    found = [each for each in find_imports(source) if each.need]
    assert [(each.module, each.line, each.need and each.need.by) for each in found] == needed
    assert not {each.module for each in found} & set(names_from_packages(find_imports(source)))


def test_full_names_are_kept() -> None:
    source = """
import matplotlib.pyplot as plt, matplotlib
from matplotlib import animation, cm
from matplotlib.colors import *
import numpy as np
"""
    assert {each.module: each.names for each in find_imports(source)} == {
        "matplotlib": (
            "matplotlib.pyplot",
            "matplotlib",
            "matplotlib.animation",
            "matplotlib.cm",
            "matplotlib.colors",
        ),
        "numpy": ("numpy",),
    }


def test_parts_of_the_standard_library_can_be_separate_packages() -> None:
    assert is_in_python("sqlite3", packaged={"numpy"})
    assert not is_in_python("sqlite3", packaged={"sqlite3"})
    assert not is_in_python("numpy", packaged=set())
