"""The site contains the files of live pages once, and only pages with examples refer to them."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from pyrun_core.browser_files import BrowserFiles, bundled_files
from pyrun_core.pyodide.glue_patches import with_linking
from pyrun_core.site_file import SiteFile

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import MakeSite, Site

EXAMPLE = ".. pyrun::\n\n   print(1)\n"
FILES: dict[str, str | bytes] = {
    "index.rst": f"Title\n=====\n\n{EXAMPLE}\n.. toctree::\n\n   plain\n   deep/down\n",
    "plain.rst": "Plain\n=====\n\nText.\n",
    "deep/down.rst": f"Down\n====\n\n{EXAMPLE}",
}


def assets(site: Site, page: str) -> list[str]:
    """The files that a page loads from pyrun's folder, without Sphinx's checksums."""
    tags = site.page(page).find_all(["script", "link"])
    urls = [str(tag.get("src") or tag.get("href")) for tag in tags]
    return [url.split("?")[0] for url in urls if "/pyrun/" in url]


@pytest.mark.parametrize(
    ("builder", "down", "plain", "up"),
    [
        ("html", "deep/down.html", "plain.html", "../"),
        ("dirhtml", "deep/down/index.html", "plain/index.html", "../../"),
    ],
)
def test_only_pages_with_examples_refer_to_script_and_style(
    make_site: MakeSite,
    builder: str,
    down: str,
    plain: str,
    up: str,
) -> None:
    site = make_site(FILES)
    site.build(builder)
    files = bundled_files()
    assert assets(site, "index.html") == [f"_static/pyrun/{files.style}", f"_static/pyrun/{files.loader}"]
    assert assets(site, down) == [f"{up}_static/pyrun/{files.style}", f"{up}_static/pyrun/{files.loader}"]
    others = [plain, *("genindex.html search.html" if builder == "html" else "genindex/index.html").split()]
    assert [assets(site, page) for page in others] == [[]] * len(others)


def test_a_single_html_page_refers_to_them(make_site: MakeSite) -> None:
    site = make_site(FILES)
    site.build("singlehtml")
    assert len(assets(site, "index.html")) == 2
    assert len(site.cells()) == 2


def test_the_script_is_classic_and_deferred(make_site: MakeSite) -> None:
    site = make_site(FILES)
    site.build()
    (script,) = site.page().select("script[src*='/pyrun/']")
    assert script.has_attr("defer")
    assert not script.has_attr("type")


def test_pages_can_have_the_hashes_of_script_and_style(make_site: MakeSite) -> None:
    site = make_site(FILES)
    site.build()
    assert site.page("deep/down.html").select("[integrity]") == []
    site.conf["pyrun_integrity"] = True
    site.build()  # of pages that have not changed
    tags = site.page("deep/down.html").select("[integrity]")
    assert [tag["crossorigin"] for tag in tags] == ["anonymous"] * 2
    for tag, url in zip(tags, assets(site, "deep/down.html"), strict=True):
        file = site.outdir / "deep" / url
        assert tag["integrity"] == SiteFile(file, file.name).integrity


def test_all_files_are_served_from_one_folder(make_site: MakeSite) -> None:
    site = make_site(FILES, pyrun_pyodide="bundled")
    site.build()
    folder = site.outdir / "_static/pyrun"
    served = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    names = set(bundled_files().names_for(()))
    assert served >= names
    assert {name.removeprefix(site.settled.content["pyodide"]["url"]) for name in served - names} == {
        "LICENSE",
        "pyodide-lock.json",
        "pyodide.asm.mjs",
        "pyodide.asm.wasm",
        "pyodide.mjs",
        *("python_stdlib.zip", *(f"python_stdlib-{part}.bin" for part in ("common", "modules", "sources"))),
        site.settled.content["lock"]["url"],
        "settlement.json",
        "off.json",
    }
    assert re.fullmatch(r"packages/pyodide-lock-[0-9a-f]{8}\.json", site.settled.content["lock"]["url"])


def test_a_site_without_examples_gets_no_files(make_site: MakeSite) -> None:
    site = make_site({"index.rst": "Title\n=====\n"})
    site.build()
    assert not (site.outdir / "_static/pyrun").exists()


def test_files_are_removed_with_the_last_example(make_site: MakeSite) -> None:
    site = make_site({"index.rst": EXAMPLE})
    site.build()
    assert (site.outdir / "_static/pyrun").exists()
    site.write({"index.rst": "Title\n=====\n"})
    site.build(freshenv=True)
    assert not (site.outdir / "_static/pyrun").exists()


def test_a_distribution_of_the_author_is_copied_and_its_predecessor_removed(
    make_site: MakeSite,
    oldest_pyodide: Path,
) -> None:
    site = make_site(FILES, pyrun_pyodide="bundled", pyrun_repack=False)
    site.build()
    lock = site.settled.content["lock"]["url"]
    site.conf["pyrun_pyodide"] = str(oldest_pyodide)
    site.build()
    folder = site.outdir / "_static/pyrun"
    pyodide = site.settled.content["pyodide"]["url"].rstrip("/")
    assert {path.name for path in folder.iterdir() if path.is_dir()} == {"packages", pyodide}
    assert (folder / pyodide / "pyodide.asm.js").is_file()
    assert site.settled.pyodide == "pyodide-0.27.7"
    assert site.settled.content["lock"]["url"] != lock
    assert [f"packages/{path.name}" for path in (folder / "packages").iterdir()] == [
        site.settled.content["lock"]["url"]
    ]


def test_a_folder_is_relative_to_conf(make_site: MakeSite, oldest_pyodide: Path) -> None:
    site = make_site(FILES, pyrun_pyodide="vendor/pyodide", pyrun_repack=False)
    shutil.copytree(oldest_pyodide, site.folder / "vendor/pyodide")
    site.build()
    assert site.settled.pyodide == "pyodide-0.27.7"


MODULES_WITH_FILES = (
    "pyrun_core.settlement.folder",
    "pyrun_core.settlement.settlement",
    "pyrun_core.site",
)
"""Those that ask for the browser files of the installation."""


def test_after_an_upgrade_of_pyrun_unchanged_pages_refer_to_the_new_files(
    make_site: MakeSite,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    old, new = tmp_path / "old", bundled_files()
    shutil.copytree(new.folder, old, ignore=shutil.ignore_patterns("*.asm.wasm"))
    core = "pyodide/pyodide.asm.wasm"
    (old / core).symlink_to(new.folder / core)
    manifest = old / "manifest.json"
    manifest.write_text(manifest.read_text().replace(new.loader, "pyrun-OLD.js"))
    (old / new.loader).rename(old / "pyrun-OLD.js")

    site = make_site(FILES)
    with monkeypatch.context() as installed:
        for module in MODULES_WITH_FILES:
            installed.setattr(f"{module}.bundled_files", lambda: BrowserFiles(old))
        site.build()
    assert assets(site, "deep/down.html")[1] == "../_static/pyrun/pyrun-OLD.js"
    site.build()
    assert assets(site, "deep/down.html")[1] == f"../_static/pyrun/{new.loader}"
    assert not (site.outdir / "_static/pyrun/pyrun-OLD.js").exists()


def test_search_finds_the_code_of_examples_except_hidden_ones(make_site: MakeSite) -> None:
    hidden = ".. pyrun::\n   :hidden:\n\n   invisible = 1\n\n"
    site = make_site({"index.rst": f"Title\n=====\n\n{hidden}.. pyrun::\n\n   findable = 1\n"})
    site.build()
    index = (site.outdir / "searchindex.js").read_text()
    assert "findabl" in index  # in the form that the stemmer produces
    assert "invis" not in index


@pytest.mark.parametrize("repack", [True, False])
def test_a_pyodide_of_the_author_gets_bytecode_unless_the_author_disables_it(
    make_site: MakeSite, oldest_pyodide: Path, *, repack: bool
) -> None:
    site = make_site(FILES, pyrun_pyodide=str(oldest_pyodide), pyrun_repack=repack)
    site.build()
    (library,) = site.outdir.glob("_static/pyrun/pyodide-0.27.7-*/python_stdlib.zip")
    served = library.read_bytes()
    assert (served != (oldest_pyodide / "python_stdlib.zip").read_bytes()) is repack


@pytest.mark.parametrize("version", ["0.27.7", "0.28.3"])
def test_a_pyodide_is_published_with_what_snapshots_need_and_says_so(
    make_site: MakeSite, version: str, oldest_pyodide: Path, full_pyodide: Path
) -> None:
    folder = {"0.27.7": oldest_pyodide, "0.28.3": full_pyodide}[version]
    site = make_site(FILES, pyrun_pyodide=str(folder), pyrun_repack=False)
    site.build()
    (glue,) = site.outdir.glob("_static/pyrun/pyodide-*/pyodide.asm.*js")
    text = glue.read_text(encoding="utf-8")
    assert text == with_linking((folder / glue.name).read_text(encoding="utf-8"))
    assert "pyrun has modified this file of Pyodide" in text.splitlines()[0]
    assert site.settled.content["pyodide"]["snapshots"]


def test_a_pyodide_with_unknown_glue_is_published_unchanged_and_the_log_says_why(
    make_site: MakeSite, oldest_pyodide: Path
) -> None:
    site = make_site(FILES, pyrun_pyodide="vendor/pyodide", pyrun_repack=False)
    shutil.copytree(oldest_pyodide, site.folder / "vendor/pyodide")
    glue = site.folder / "vendor/pyodide/pyodide.asm.js"
    unknown = glue.read_text(encoding="utf-8").replace("var updateGOT=", "var newName=")
    glue.write_text(unknown, encoding="utf-8")
    app, warnings = site.run()
    assert warnings == []
    assert "is not kept in readers' browsers" in app.status.getvalue()
    assert "the code for the patch 'global offset table' was found 0 times" in app.status.getvalue()
    (served,) = site.outdir.glob("_static/pyrun/pyodide-*/pyodide.asm.js")
    assert served.read_text(encoding="utf-8") == unknown
    assert not any("data-snapshots" in cell.attrs for cell in site.cells())
