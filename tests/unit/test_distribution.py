"""Where Pyodide comes from, and the errors for a folder without a distribution."""

import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from pyrun_core.browser_files import BrowserFiles
from pyrun_core.pinned_file import PinnedFile
from pyrun_core.problems import PyrunError
from pyrun_core.pyodide.distribution import Distribution, choose_distribution, with_pins
from tests.folder_server import serving

INFO = {"abi_version": "2026_0", "arch": "wasm32", "platform": "emscripten_5_0_3", "python": "3.14.2"}
CDN_CORE = "https://cdn.jsdelivr.net/npm/pyodide@1.2.3/"
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
        "pyodide": {"version": "1.2.3", "library": {"sha256": "0" * 64, "bytes": 1}},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return BrowserFiles(folder)


def packages_of(distribution: Distribution) -> set[str]:
    """The package names in its lock file."""
    return set(distribution.lock.packages)


def test_the_site_serves_the_bundled_core_and_the_cdn_its_packages(built: BrowserFiles) -> None:
    chosen = choose_distribution("bundled", Path(), built)
    assert (chosen.url, chosen.folder, chosen.packages_url) == ("pyodide-1.2.3/", built.pyodide_folder, CDN)
    assert packages_of(chosen) == {"six-pack", "numpy", "libx"}


def test_the_cdn_serves_the_bundled_version_with_its_packages(built: BrowserFiles) -> None:
    chosen = choose_distribution("cdn", Path(), built)
    assert (chosen.core_url, chosen.packages_url) == (CDN_CORE, CDN)
    assert packages_of(chosen) == {"six-pack", "numpy", "libx"}
    assert [path.name for path in chosen.served_files()] == ["pyodide.asm.mjs", "pyodide.mjs"]


def test_the_library_of_the_cdn_is_the_one_that_pyodide_publishes(built: BrowserFiles) -> None:
    chosen = with_pins(choose_distribution("cdn", Path(), built))
    assert chosen.files["python_stdlib.zip"] == PinnedFile(CDN_CORE + "python_stdlib.zip", "0" * 64)
    assert chosen.core_bytes == 1 + len(CORE["pyodide.asm.wasm"]) + len(CORE["pyodide-lock.json"])


@pytest.mark.usefixtures("offline")
def test_a_pyodide_at_a_url_is_known_like_others(tmp_path: Path, built: BrowserFiles) -> None:
    with serving(unpack(tmp_path / "py")) as server:
        with_slash, without = (
            with_pins(choose_distribution(url, Path(), built)) for url in (server.url, server.url[:-1])
        )
    assert without == replace(with_slash, label=without.label)
    assert without.core_url == without.packages_url == server.url
    assert packages_of(without) == {"six-pack", "numpy", "libx"}
    assert dict(without.files) == {
        name: PinnedFile(
            (without.url if name.endswith(".mjs") else server.url) + name,
            hashlib.sha256(text.encode()).hexdigest(),
        )
        for name, text in CORE.items()
    }


def test_a_folder_is_relative_to_the_configuration_and_has_the_packages_whose_files_it_contains(
    tmp_path: Path, built: BrowserFiles
) -> None:
    packages = {"numpy-2.whl": "wheel", "libx-3.zip": "library", "unlisted-1.whl": "wheel"}
    unpack(tmp_path / "site" / "py", **packages, **{"console.html": "", "pyodide.mjs.map": ""})
    chosen = choose_distribution("py", tmp_path / "site", built)
    assert packages_of(chosen) == {"numpy", "libx"}
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


def test_the_url_differs_if_any_file_does(tmp_path: Path, built: BrowserFiles) -> None:
    urls = set()
    for number, changes in enumerate(({}, {}, {"pyodide.asm.wasm": "other"}, {"pyodide.mjs": 'x="1.2.3"'})):
        unpack(tmp_path / str(number), **changes)
        chosen = with_pins(choose_distribution(str(tmp_path / str(number)), Path(), built))
        assert re.fullmatch(r"pyodide-1\.2\.3-[0-9a-f]{8}/", chosen.url)
        urls.add(chosen.url)
    assert len(urls) == 3


@pytest.mark.parametrize("choice", ["py", "cdn"])
def test_every_file_of_the_core_has_a_checksum(tmp_path: Path, choice: str, built: BrowserFiles) -> None:
    unpack(tmp_path / "py")
    chosen = with_pins(choose_distribution(choice, tmp_path, built))
    assert set(chosen.files) == set(CORE)
    for name, file in chosen.files.items():
        assert re.fullmatch("[0-9a-f]{64}", file.sha256)
        is_elsewhere = choice == "cdn" and not name.endswith(".mjs")
        assert file.url == (CDN_CORE if is_elsewhere else chosen.url) + name


def test_missing_browser_files_are_reported_with_a_fix(tmp_path: Path) -> None:
    with pytest.raises(PyrunError, match="npm run build"):
        _ = BrowserFiles(tmp_path).loader
