"""Where Pyodide comes from, and what is said of a folder that is none."""

import json
from pathlib import Path

import pytest

from pyrun_core.browser_files import BrowserFiles
from pyrun_core.checks import check_packages
from pyrun_core.distribution import Distribution, choose_distribution
from pyrun_core.problems import Location, Problem, PyrunError
from pyrun_core.site_files import site_files

CORE = {
    "pyodide.mjs": 'const v="1.2.3";',
    "pyodide.asm.mjs": "",
    "pyodide.asm.wasm": "wasm",
    "python_stdlib.zip": "zip",
    "pyodide-lock.json": json.dumps(
        {
            "info": {"abi_version": "1"},
            "packages": {
                "Six_Pack": {"name": "Six_Pack", "file_name": "six-1.whl"},
                "numpy": {"name": "numpy", "file_name": "numpy-2.whl"},
            },
        },
    ),
}


def unpack(folder: Path, **changes: str | None) -> Path:
    """A distribution without content; a file is left out or replaced by name."""
    folder.mkdir(parents=True)
    for name, text in {**CORE, **changes}.items():
        if text is not None:
            (folder / name).write_text(text)
    return folder


@pytest.fixture
def built(tmp_path: Path) -> BrowserFiles:
    folder = tmp_path / "browser"
    unpack(folder / "pyodide")
    manifest = {
        "loader": "l.js",
        "style": "s.css",
        "files": ["l.js", "s.css"],
        "pyodide": {"version": "1.2.3"},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return BrowserFiles(folder)


def test_the_bundled_core_is_served_by_the_site_and_has_no_packages(built: BrowserFiles) -> None:
    chosen = choose_distribution("bundled", Path(), built)
    assert (chosen.url, chosen.folder, chosen.packages) == (
        "pyodide-1.2.3/",
        built.pyodide_folder,
        frozenset(),
    )


def test_the_cdn_serves_the_bundled_version_with_its_packages(built: BrowserFiles) -> None:
    chosen = choose_distribution("cdn", Path(), built)
    assert chosen.url == "https://cdn.jsdelivr.net/pyodide/v1.2.3/full/"
    assert chosen.packages == {"six-pack", "numpy"}
    assert chosen.served_files() == []


@pytest.mark.parametrize(
    "url", ["https://example.org/py", "https://example.org/py/", "HTTP://example.org/py"]
)
def test_a_url_is_taken_as_it_is_and_its_packages_cannot_be_known(url: str, built: BrowserFiles) -> None:
    chosen = choose_distribution(url, Path(), built)
    assert chosen.url == url.rstrip("/") + "/"
    assert chosen.unknown(("anything",)) == ()


def test_a_folder_is_relative_to_the_configuration_and_has_the_wheels_that_lie_there(
    tmp_path: Path, built: BrowserFiles
) -> None:
    unpack(tmp_path / "site" / "py", **{"numpy-2.whl": "wheel", "console.html": "", "pyodide.mjs.map": ""})
    chosen = choose_distribution("py", tmp_path / "site", built)
    assert chosen.packages == {"numpy"}
    assert chosen.core_bytes == sum(
        len(CORE[name]) for name in ("pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
    )
    assert [path.name for path in chosen.served_files()] == sorted([*CORE, "numpy-2.whl"])


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"pyodide-lock.json": None}, "has no pyodide-lock.json, so it is not a Pyodide distribution"),
        ({"pyodide-lock.json": "<html>"}, "is not a Pyodide lock file"),
        ({"pyodide-lock.json": "[]"}, "is not a Pyodide lock file"),
        ({"pyodide.asm.wasm": None}, "has no pyodide.asm.wasm"),
        ({"pyodide.asm.mjs": None}, "has no pyodide.asm.mjs"),
    ],
)
def test_a_folder_that_is_no_distribution_is_refused_with_the_cure(
    changes: dict[str, str | None], complaint: str, tmp_path: Path, built: BrowserFiles
) -> None:
    unpack(tmp_path / "py", **changes)
    with pytest.raises(PyrunError, match="pyodide: ") as caught:
        choose_distribution(str(tmp_path / "py"), Path(), built)
    assert complaint in str(caught.value)
    assert str(tmp_path / "py") in str(caught.value)
    assert "npack" in str(caught.value)


def test_a_folder_that_is_not_there_is_refused_with_the_choices(tmp_path: Path, built: BrowserFiles) -> None:
    with pytest.raises(PyrunError, match="there is no folder") as caught:
        choose_distribution("nowhere", tmp_path, built)
    assert "'bundled', 'cdn', a URL" in str(caught.value)


def test_a_site_serves_our_files_and_the_distribution_below_them(built: BrowserFiles) -> None:
    chosen = choose_distribution("bundled", Path(), built)
    targets = [file.target for file in site_files(built, chosen)]
    assert targets[:2] == ["l.js", "s.css"]
    assert targets[2:] == [f"pyodide-1.2.3/{name}" for name in sorted(CORE)]


def test_missing_browser_files_are_said_with_the_cure(tmp_path: Path) -> None:
    with pytest.raises(PyrunError, match="npm run build"):
        _ = BrowserFiles(tmp_path).loader


def test_a_package_that_cannot_be_loaded_is_reported_where_it_is_asked_for() -> None:
    reports: list[tuple[Problem, str, Location]] = []

    def report(problem: Problem, message: str, location: Location) -> None:
        reports.append((problem, message, location))

    distribution = Distribution(url="x/", label="Pyodide 1", packages=frozenset({"numpy"}))
    check_packages(("numpy", "nunpy"), distribution, report, Location("a.md", 3))
    ((problem, message, location),) = reports
    assert (problem, str(location)) == (Problem.PACKAGES, "a.md:3")
    assert message.startswith("Pyodide 1 has no package nunpy. Correct the name, or set the option 'pyodide'")
