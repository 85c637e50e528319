"""Pyodide's JavaScript is patched for snapshots completely or not at all."""

import re
from pathlib import Path

import pytest

from pyrun_core.browser_files import bundled_files
from pyrun_core.pyodide.distribution import choose_distribution
from pyrun_core.pyodide.glue_patches import _PATCHES, UnknownGlueError, with_linking


@pytest.fixture(scope="module")
def glue() -> str:
    """The JavaScript of the Pyodide in the wheel."""
    return (bundled_files().pyodide_folder / "pyodide.asm.mjs").read_text(encoding="utf-8")


def test_the_bundled_pyodide_is_patched_and_says_so_at_its_beginning(glue: str) -> None:
    changed = with_linking(glue)
    notice, end, _ = changed.partition("*/")
    assert end
    assert "pyrun has modified this file of Pyodide" in notice
    assert "pyrun_core/pyodide/glue_patches.py" in notice
    assert "Mozilla Public License 2.0" in notice
    assert "pyrunLinking" not in glue


def test_a_patched_glue_is_not_patched_again(glue: str) -> None:
    with pytest.raises(UnknownGlueError):
        with_linking(with_linking(glue))


@pytest.mark.parametrize("position", range(len(_PATCHES)), ids=[patch.name for patch in _PATCHES])
def test_a_patch_whose_code_is_missing_or_found_twice_is_named(glue: str, position: int) -> None:
    patch = _PATCHES[position]
    (found,) = [match[0] for pattern, _ in patch.forms for match in re.finditer(pattern, glue)]
    for text, times in ((glue.replace(found, ""), 0), (f"{glue}\n{found}", 2)):
        with pytest.raises(
            UnknownGlueError, match=rf"^the code for the patch '{patch.name}' was found {times} times"
        ):
            with_linking(text)


def test_the_folder_of_the_bundled_pyodide_names_the_patched_files() -> None:
    notice = (bundled_files().pyodide_folder / "LICENSE").read_text(encoding="utf-8")
    assert "pyodide.asm.mjs is patched as well" in notice
    assert "pyrun_core/pyodide/glue_patches.py" in notice


def test_a_glue_that_is_not_text_is_published_unchanged(tmp_path: Path) -> None:
    for name in ("pyodide.asm.wasm", "python_stdlib.zip"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "pyodide.mjs").write_text('="0.27.7"')
    lock = bundled_files().pyodide_folder / "pyodide-lock.json"
    (tmp_path / "pyodide-lock.json").write_bytes(lock.read_bytes())
    glue = tmp_path / "pyodide.asm.js"
    glue.write_bytes(b"\xff")
    chosen = choose_distribution(str(tmp_path), Path(), bundled_files())
    assert chosen.source(Path(glue.name)) == glue
    assert str(glue) in chosen.why_no_snapshots
