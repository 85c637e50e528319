"""A documented project with compiled code: its wheel for browsers comes from the folder ``wheels``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.packages.conftest import page
from tests.packages.wheels import make_wheel

if TYPE_CHECKING:
    from tests.packages.conftest import Project

ROOT = Path(__file__).parents[2]
NATIVE, BROWSER = "cp313-cp313-linux_x86_64", "cp314-cp314-pyemscripten_2026_0_wasm32"

BACKEND = """
import sys
sys.path.insert(0, {tests!r})
from pathlib import Path
from tests.packages.wheels import make_wheel

def build_wheel(folder, config_settings=None, metadata_directory=None):
    Path("built").touch()
    return make_wheel(Path(folder), "our-lib", "1.1", tag={tag!r}).name
"""


@pytest.fixture
def compiled(project: Project) -> Path:
    """A project that pip builds into a wheel for the machine of the author, without a compiler."""
    folder = project.folder / "our"
    folder.mkdir()
    (folder / "pyproject.toml").write_text(
        '[project]\nname = "our-lib"\nversion = "1.1"\n'
        '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
    )
    (folder / "backend.py").write_text(BACKEND.format(tests=str(ROOT), tag=NATIVE))
    return folder


def test_its_wheel_comes_from_the_folder_of_wheels_without_a_build(project: Project, compiled: Path) -> None:
    wheels = project.folder / "wheels"
    make_wheel(wheels, "our-lib", "1.1", tag=BROWSER)
    make_wheel(wheels, "our-lib", "1.0", tag=BROWSER)
    make_wheel(wheels, "our-lib", "1.2", tag=NATIVE)
    resolved = project.resolve("./our", wheels=wheels)
    assert project.problems == []
    assert resolved.packages["our-lib"].package.version == "1.1"
    assert not (compiled / "built").exists()
    assert resolved.missing == {}


def test_a_wheel_of_another_version_is_a_mistake(project: Project, compiled: Path) -> None:
    wheels = project.folder / "wheels"
    make_wheel(wheels, "our-lib", "1.0", tag=BROWSER)
    resolved = project.resolve("./our", wheels=wheels)
    (problem,) = project.problems
    assert problem.startswith("conf.py:3: ./our: ")
    assert f"has version 1.0, and {compiled} has version 1.1. Build the wheel again" in problem
    assert resolved.missing == {"our_lib": "our-lib"}


def test_without_a_wheel_the_message_says_what_to_do_and_its_modules_are_missing(
    project: Project, compiled: Path
) -> None:
    resolved = project.resolve("./our", "numlike", pages=(page("a.rst", "import our_lib"),))
    (problem,) = project.problems
    assert problem.startswith(f"conf.py:3: ./our: our_lib-1.1-{NATIVE}.whl is not for Python 3.14 on ")
    assert "Build a wheel with pyodide-build, and put it into a folder, and name that in 'wheels'" in problem
    assert resolved.missing == {"our_lib": "our-lib"}
    assert list(resolved.packages) == ["numlike"]
    assert (compiled / "built").exists()


def test_the_modules_of_a_package_without_a_wheel_for_browsers_are_missing(project: Project) -> None:
    make_wheel(project.index, "fast", "2.0", tag=NATIVE)
    resolved = project.resolve("auto", "numlike", pages=(page("a.rst", "import fast, numlike"),))
    (problem,) = project.problems
    assert "fast has no wheel for Python 3.14" in problem
    assert resolved.missing == {"fast": "fast"}
