"""Where Pyodide comes from, and the errors for a folder without a distribution."""

import json
from pathlib import Path

import pytest

from pyrun_core.browser_files import BrowserFiles
from pyrun_core.examples.checks import check_packages
from pyrun_core.problems import Location, Problem, PyrunError
from pyrun_core.pyodide.distribution import Distribution, choose_distribution
from pyrun_core.pyodide.lock import Lock, Package
from pyrun_core.site import site_files
from pyrun_core.site_file import SiteFile

INFO = {"abi_version": "2026_0", "arch": "wasm32", "platform": "emscripten_5_0_3", "python": "3.14.2"}
CDN = "https://cdn.jsdelivr.net/pyodide/v1.2.3/full/"
CORE = {
    "pyodide.mjs": 'const v="1.2.3";',
    "pyodide.asm.mjs": "",
    "pyodide.asm.wasm": "wasm",
    "python_stdlib.zip": "zip",
    "pyodide-lock.json": json.dumps(
        {
            "info": INFO,
            "packages": {
                "Six_Pack": {"name": "Six_Pack", "version": "1", "file_name": "six-1.whl", "sha256": "6"},
                "numpy": {"name": "numpy", "version": "2", "file_name": "numpy-2.whl", "sha256": "2"},
                "libx": {"name": "libx", "version": "3", "file_name": "libx-3.zip", "sha256": "3"},
            },
        },
    ),
}


def unpack(folder: Path, **changes: str | None) -> Path:
    """A distribution with empty files; files are left out or replaced by name."""
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


def packages_of(distribution: Distribution) -> set[str]:
    """The package names in its lock file."""
    assert distribution.lock is not None
    return set(distribution.lock.packages)


def test_the_site_serves_the_bundled_core_and_the_cdn_its_packages(built: BrowserFiles) -> None:
    chosen = choose_distribution("bundled", Path(), built)
    assert (chosen.url, chosen.folder, chosen.packages_url) == ("pyodide-1.2.3/", built.pyodide_folder, CDN)
    assert packages_of(chosen) == {"six-pack", "numpy", "libx"}
    assert "numpy" not in chosen.available_packages()


def test_the_cdn_serves_the_bundled_version_with_its_packages(built: BrowserFiles) -> None:
    chosen = choose_distribution("cdn", Path(), built)
    assert (chosen.url, chosen.packages_url) == (CDN, CDN)
    assert packages_of(chosen) == {"six-pack", "numpy", "libx"}
    assert [name in chosen.available_packages() for name in ("six-pack", "nunpy")] == [True, False]
    assert chosen.served_files() == []


@pytest.mark.parametrize(
    "url", ["https://example.org/py", "https://example.org/py/", "HTTP://example.org/py"]
)
def test_a_url_is_used_unchanged_and_its_packages_are_unknown(url: str, built: BrowserFiles) -> None:
    chosen = choose_distribution(url, Path(), built)
    assert chosen.url == chosen.packages_url == url.rstrip("/") + "/"
    assert chosen.lock is None
    assert "anything" in chosen.available_packages()


def test_a_folder_is_relative_to_the_configuration_and_has_the_packages_whose_files_it_contains(
    tmp_path: Path, built: BrowserFiles
) -> None:
    packages = {"numpy-2.whl": "wheel", "libx-3.zip": "library", "unlisted-1.whl": "wheel"}
    unpack(tmp_path / "site" / "py", **packages, **{"console.html": "", "pyodide.mjs.map": ""})
    chosen = choose_distribution("py", tmp_path / "site", built)
    assert packages_of(chosen) == {"numpy", "libx"}
    assert [name in chosen.available_packages() for name in ("numpy", "six-pack")] == [True, False]
    assert chosen.packages_url == ""
    assert chosen.core_bytes == sum(
        len(CORE[name]) for name in ("pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
    )
    assert [path.name for path in chosen.served_files()] == sorted(CORE)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"pyodide-lock.json": None}, "has no pyodide-lock.json, so it is not a Pyodide distribution"),
        ({"pyodide-lock.json": "<html>"}, "is not a Pyodide lock file"),
        ({"pyodide-lock.json": "[]"}, "is not a Pyodide lock file"),
        ({"pyodide-lock.json": '{"info": {}, "packages": {}}'}, "is not a Pyodide lock file"),
        ({"pyodide.asm.wasm": None}, "has no pyodide.asm.wasm"),
        ({"pyodide.asm.mjs": None}, "has no pyodide.asm.mjs"),
    ],
)
def test_a_folder_without_a_distribution_is_rejected_with_a_fix(
    changes: dict[str, str | None], complaint: str, tmp_path: Path, built: BrowserFiles
) -> None:
    unpack(tmp_path / "py", **changes)
    with pytest.raises(PyrunError, match="pyodide: ") as caught:
        choose_distribution(str(tmp_path / "py"), Path(), built)
    assert complaint in str(caught.value)
    assert str(tmp_path / "py") in str(caught.value)
    assert "npack" in str(caught.value)


def test_a_missing_folder_is_rejected_with_the_choices(tmp_path: Path, built: BrowserFiles) -> None:
    with pytest.raises(PyrunError, match=r"the folder .* does not exist") as caught:
        choose_distribution("nowhere", tmp_path, built)
    assert "'bundled', 'cdn', a URL" in str(caught.value)


def test_a_site_publishes_our_files_the_distribution_below_them_and_what_its_pages_need(
    built: BrowserFiles,
) -> None:
    chosen = choose_distribution("bundled", Path(), built)
    lock_file = SiteFile(Path("lock.json"), "packages/lock.json")
    files = list(site_files(built, chosen, [lock_file]))
    targets = [file.target for file in files]
    assert targets[:2] == ["l.js", "s.css"]
    assert targets[2:-1] == [f"pyodide-1.2.3/{name}" for name in sorted(CORE)]
    assert files[-1] == lock_file


def test_missing_browser_files_are_reported_with_a_fix(tmp_path: Path) -> None:
    with pytest.raises(PyrunError, match="npm run build"):
        _ = BrowserFiles(tmp_path).loader


def test_a_package_that_needs_the_plugin_is_reported_where_it_is_required() -> None:
    reports: list[tuple[Problem, str, Location]] = []

    def report(problem: Problem, message: str, location: Location) -> None:
        reports.append((problem, message, location))

    lock = Lock(INFO, {"numpy": Package("numpy", "2", "numpy-2.whl", "2")})
    distribution = Distribution(url="x/", label="Pyodide 1", lock=lock)
    check_packages(("numpy", "nunpy"), distribution, report, Location("a.md", 3))
    ((problem, message, location),) = reports
    assert (problem, str(location)) == (Problem.PACKAGES, "a.md:3")
    assert message.startswith(
        "Pyodide 1 has no package nunpy. Without the plugin, examples can use only packages that"
    )
    assert "Set 'pyodide' to 'cdn'" in message


def test_without_a_plugin_only_plain_names_are_allowed(built: BrowserFiles) -> None:
    reports: list[str] = []
    distribution = choose_distribution("https://example.org/py", Path(), built)
    check_packages(
        ("numpy", "numpy>=2", "./", "auto"),
        distribution,
        lambda _problem, message, _location: reports.append(message),
        Location("a.md", 3),
    )
    assert reports == [
        "packages: numpy>=2, ./, auto cannot be used without the plugin. Use plain names of packages"
    ]
