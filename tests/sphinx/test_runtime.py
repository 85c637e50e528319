"""Versions of a site share what does not differ between them: the option `runtime`."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

from pyrun_core.browser_files import bundled_files

if TYPE_CHECKING:
    from .conftest import MakeSite

EXAMPLE = {"index.rst": "Title\n=====\n\n.. pyrun::\n   :files: a.csv\n\n   1\n", "a.csv": "1"}
OWN = {"settlement.json", "off.json", bundled_files().style}


def test_a_version_has_little_of_its_own_and_shares_the_rest(make_site: MakeSite) -> None:
    site = make_site({**EXAMPLE}, pyrun_pyodide="bundled", pyrun_runtime="../pyrun")
    site.build()
    folder, shared = site.outdir / "_static/pyrun", site.outdir.parent / "pyrun"
    (loader,) = {path.name for path in folder.rglob("*") if path.is_file()} - OWN
    assert loader.startswith("pyrun-")
    settled = site.settled.content
    urls = [settled["pyodide"]["url"] + "pyodide.mjs", settled["lock"]["url"]]
    urls += [url for _, url, _, _ in site.settled.files(site.cell())]
    for url in urls:
        assert url.startswith("../../../pyrun/")
        assert (folder / url).is_file()
    text = (folder / loader).read_text(encoding="utf-8")
    imported = [name for name in bundled_files().names if name in text]
    assert imported
    assert all(f'"../../../pyrun/{name}"' in text and (shared / name).is_file() for name in imported)


def test_a_new_version_deletes_nothing_that_an_older_one_uses(make_site: MakeSite) -> None:
    site = make_site({**EXAMPLE}, pyrun_pyodide="bundled", pyrun_runtime="../pyrun")
    site.build()
    shared = site.outdir.parent / "pyrun"
    old = shared / "pyodide-0.1" / "pyodide.mjs"
    old.parent.mkdir()
    old.touch()
    site.write({"index.rst": "Title\n=====\n"})
    site.build(freshenv=True)
    assert old.is_file()
    assert not (site.outdir / "_static/pyrun").exists()


def test_nothing_is_written_for_a_url(make_site: MakeSite) -> None:
    site = make_site({**EXAMPLE}, pyrun_pyodide="bundled", pyrun_runtime="/shared/pyrun")
    site.build()
    assert not (site.outdir / "shared").exists()
    url = urljoin("https://example.org/v1/_static/pyrun/", site.settled.content["pyodide"]["url"])
    version = bundled_files().pyodide_version
    assert url.startswith(f"https://example.org/shared/pyrun/pyodide-{version}-")
