"""The modules that are imported when examples run, found in the sources."""

from pyrun_core.packages.repack.import_graph import reachable_files

FILES = {
    "pkg/__init__.py": b"from . import base\nfrom .lazy import *\n",
    "pkg/base.py": b"try:\n    import other.part\nexcept ImportError:\n    pass\n",
    "pkg/lazy.py": b"def f():\n    import pkg.late\n",
    "pkg/late.py": b"",
    "pkg/sub/__init__.py": b"from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import pkg.late\n",
    "pkg/sub/deep.py": b"from ..base import name\nfrom .near import name\n",
    "pkg/sub/near.py": b"class A:\n    import single\n",
    "other/__init__.py": b"",
    "other/part.py": b"this is no Python (of this version)",
    "single.py": b"if 1:\n    pass\nelse:\n    from missing import x\n",
}


def test_the_imports_of_a_package_are_reached_and_no_others() -> None:
    found = {"pkg/__init__.py", "pkg/base.py", "pkg/lazy.py", "other/__init__.py", "other/part.py"}
    assert reachable_files(["pkg"], FILES) == found


def test_the_parent_packages_of_a_module_are_reached() -> None:
    assert reachable_files(["other.part"], FILES) == {"other/__init__.py", "other/part.py"}


def test_relative_imports_are_followed_and_those_of_type_checkers_are_not() -> None:
    found = reachable_files(["pkg.sub.deep"], FILES)
    assert {"pkg/sub/__init__.py", "pkg/sub/near.py", "single.py", "pkg/base.py"} <= found
    assert "pkg/late.py" not in found


def test_names_that_are_not_modules_reach_nothing() -> None:
    assert reachable_files(["missing", "pkg.no", ""], FILES) == set()
