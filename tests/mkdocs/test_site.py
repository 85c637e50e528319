"""The files that a built MkDocs site publishes, and the pages that load them."""

from __future__ import annotations

import base64
import hashlib
import json
import logging
import posixpath
import re
from typing import TYPE_CHECKING

import pytest
from mkdocs.exceptions import Abort

from pyrun_core.browser_files import bundled_files
from pyrun_core.pyodide.distribution import choose_distribution
from pyrun_core.pyodide.library_parts import with_library_in_parts
from pyrun_core.site_file import SiteFile

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Log, Site

    from tests.folder_server import FolderServer

EXAMPLE = "```pyrun\nprint(1)\n```\n"
FOLDER = "assets/pyrun/"


def loaded(site: Site, page: str) -> list[str]:
    """The files of pyrun that a page loads, relative to the root of the site; each must exist."""
    urls = [
        tag.get("src") or tag.get("href")
        for tag in site.soup(page).select("script[src*='pyrun'], link[rel='stylesheet'][href*='pyrun']")
    ]
    files = [
        posixpath.normpath(posixpath.join("/", posixpath.dirname(page), url)).lstrip("/") for url in urls
    ]
    assert all((site.folder / "site" / file).is_file() for file in files)
    return files


def ours() -> list[str]:
    files = bundled_files()
    return sorted([FOLDER + files.loader, FOLDER + files.style])


def test_a_site_publishes_all_files_in_one_folder(site: Site) -> None:
    site.page(EXAMPLE)
    site.build(strict=True)
    bundled = bundled_files()
    chosen = choose_distribution("bundled", site.folder, bundled)
    served = with_library_in_parts(chosen, pytest.fail).served_files()
    settled = site.settled.content
    lock, pyodide = settled["lock"]["url"], settled["pyodide"]["url"]
    names = {*bundled.names_for(()), *(pyodide + file.as_posix() for file in served)}
    expected = {FOLDER + name for name in {*names, lock, "settlement.json", "off.json"}}
    assert re.fullmatch(r"packages/pyodide-lock-[0-9a-f]{8}\.json", lock)
    assert {name for name in site.served() if "pyrun" in name} == expected
    assert f"{FOLDER}{pyodide}pyodide.asm.wasm" in expected
    assert re.fullmatch(rf"pyodide-{re.escape(bundled.pyodide_version)}-[0-9a-f]{{8}}/", pyodide)
    assert settled["root"] == "../../"


def test_pages_can_have_the_hashes_of_script_and_style(site: Site) -> None:
    site.configure(plugins=[{"pyrun": {"integrity": True}}])
    site.page(EXAMPLE)
    site.build(strict=True)
    tags = site.soup("index.html").select("[integrity]")
    files = [site.folder / "site" / (tag.get("src") or tag["href"]) for tag in tags]
    assert [tag["integrity"] for tag in tags] == [SiteFile(file, file.name).integrity for file in files]
    assert len(files) == 2


@pytest.mark.parametrize(("features", "inside"), [([], 0), (["content.code.annotate"], 1)])
def test_material_finds_the_notes_about_an_example_if_it_shows_notes(
    site: Site, features: list[str], inside: int
) -> None:
    site.configure(theme={"name": "material", "features": features, "font": False})
    site.page("```pyrun\nx = 1  # (1)!\n```\n\n1.  A note.\n")
    site.build()
    assert len(site.soup().select("article ol")) == 1
    assert len(site.soup().select("pyrun-cell ol")) == inside


def test_a_site_without_examples_contains_no_files(site: Site) -> None:
    site.page("```python\n1\n```\n\n`<pyrun-cell >`\n")
    site.build(strict=True)
    assert [name for name in site.served() if "pyrun" in name] == []
    assert loaded(site, "index.html") == []


def test_a_draft_counts_in_a_preview(site: Site) -> None:
    site.configure(draft_docs="draft.md")
    site.page("# Plain")
    site.page(EXAMPLE, "draft.md")
    site.build(strict=True)
    assert [name for name in site.served() if "pyrun" in name] == []
    site.build_preview()
    assert sorted(loaded(site, "draft/index.html")) == ours()


def test_a_build_of_changed_pages_alone_keeps_the_files(site: Site, log: Log) -> None:
    site.page(EXAMPLE)
    site.build(strict=True)
    before = site.served()
    site.build(dirty=True)
    assert site.served() == before
    assert "'dirty' build" in log.take()[0]


def test_a_pattern_that_excludes_scripts_from_the_documents_keeps_ours(site: Site) -> None:
    site.configure(exclude_docs="*.js\nassets/\n")
    site.page(EXAMPLE)
    site.build(strict=True)
    assert sorted(loaded(site, "index.html")) == ours()


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs", "material"])
@pytest.mark.parametrize("directories", [True, False])
def test_only_pages_with_examples_load_the_files(site: Site, theme: str, *, directories: bool) -> None:
    site.configure(theme={"name": theme}, use_directory_urls=directories)
    for name in ["index.md", "guide.md", "deep/er/page.md", "deep/index.md"]:
        site.page(f"# Title\n\n{EXAMPLE}", name)
    site.page("# Plain", "plain.md")
    site.build(strict=True)
    pages = [name for name in site.served() if name.endswith(".html") and "search" not in name]
    live = {page for page in pages if site.cells(page)}
    assert len(live) == 4
    for page in pages:
        assert sorted(loaded(site, page)) == (ours() if page in live else [])


def test_all_urls_are_relative_so_that_any_address_works(site: Site) -> None:
    site.configure(site_url="https://example.org/project/en/latest/")
    site.page(f"# Title\n\n{EXAMPLE}", "deep/page.md")
    site.build(strict=True)
    page = site.soup("deep/page/index.html")
    urls = [tag.get("src") or tag.get("href") for tag in page.select("[src*=pyrun], [href*=pyrun]")]
    assert sorted(urls) == [f"../../{file}" for file in ours()]
    assert "://" not in site.settled.content["pyodide"]["url"]


def test_material_s_instant_navigation_finds_the_files_on_every_page(site: Site) -> None:
    site.configure(
        theme={"name": "material", "features": ["navigation.instant"]}, site_url="https://example.org/"
    )
    site.page(f"# Title\n\n{EXAMPLE}", "guide/live.md")
    site.page("# Plain")
    site.build(strict=True)
    assert sorted(loaded(site, "index.html")) == ours()
    assert sorted(loaded(site, "guide/live/index.html")) == ours()
    assert f"/{FOLDER}" in site.html("404.html")


def test_instant_navigation_without_examples_loads_nothing(site: Site) -> None:
    site.configure(
        theme={"name": "material", "features": ["navigation.instant"]}, site_url="https://example.org/"
    )
    site.page("# Plain")
    site.build(strict=True)
    assert loaded(site, "index.html") == []


def test_front_matter_applies_to_all_examples_of_its_page_only(site: Site) -> None:
    site.configure(plugins=[{"pyrun": {"pyodide": "cdn", "packages": "six"}}])
    site.page(
        f'---\npyrun: {{packages: [numpy], session: a}}\n---\n{EXAMPLE}\n```pyrun session="b"\n1\n```\n',
        "a.md",
    )
    site.page(EXAMPLE, "b.md")
    site.build(strict=True)
    assert site.start("a/index.html") == ["six numpy", "six numpy"]
    assert [cell.get("data-session") for cell in site.cells("a/index.html")] == ["a", "b"]
    assert site.start("b/index.html") == ["six"]
    assert [cell.get("data-session") for cell in site.cells("b/index.html")] == [None]


def test_the_extension_may_be_listed_beside_the_plugin(site: Site) -> None:
    site.configure(
        markdown_extensions=["pymdownx.superfences", {"pyrun": {"packages": ["six"]}}, "attr_list"],
        plugins=[{"pyrun": {"pyodide": "cdn"}}],
    )
    site.page(EXAMPLE)
    site.build(strict=True)
    assert site.start() == ["six"]
    assert site.settled.content["packages"]["six"]["url"].startswith("https://cdn.jsdelivr.net/pyodide/")


def test_a_pyodide_folder_is_copied_and_is_relative_to_the_configuration(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    wheel = "six-1-py3-none-any.whl"
    sha256 = hashlib.sha256(b"").hexdigest()
    info = {"arch": "wasm32", "platform": "emscripten_4_0_9", "version": "0.28.3", "python": "3.13.2"}
    lock = {
        "info": info,
        "packages": {"six": {"name": "six", "version": "1", "file_name": wheel, "sha256": sha256}},
    }
    for name in ["pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip", wheel]:
        site.write(f"files/pyodide/{name}", "")
    site.write("files/pyodide/pyodide.mjs", 'var v="0.28.3"')
    site.write("files/pyodide/pyodide-lock.json", json.dumps(lock))
    site.configure(plugins=[{"pyrun": {"pyodide": "files/pyodide", "packages": "six"}}])
    site.page(EXAMPLE)
    site.build(strict=True)
    settled = site.settled.content
    url = settled["pyodide"]["url"]
    assert re.fullmatch(r"pyodide-0\.28\.3-[0-9a-f]{8}/", url)
    pyodide = settled["pyodide"]
    assert (pyodide["bytes"], pyodide["snapshots"]) == (len(json.dumps(lock)), False)
    nothing = "sha256-" + base64.b64encode(bytes.fromhex(sha256)).decode()
    assert pyodide["files"]["pyodide.asm.js"] == [f"{url}pyodide.asm.js", nothing]
    assert site.start() == ["six"]
    wheels = [name for name in site.served() if name.endswith(".whl")]
    assert wheels == [f"{FOLDER}packages/{sha256[:12]}/{wheel}"]
    packages = json.loads((site.folder / "site" / FOLDER / settled["lock"]["url"]).read_bytes())["packages"]
    assert packages["six"]["file_name"] == f"{sha256[:12]}/{wheel}"
    # This Pyodide has unknown glue, so it is published unchanged and isn't saved in readers' browsers.
    assert "the code for the patch 'where a library is linked' was found 0 times" in caplog.text
    assert (site.folder / "site" / FOLDER / url / "pyodide.asm.js").read_bytes() == b""


@pytest.mark.parametrize("repack", [True, False])
def test_a_pyodide_of_the_authors_gets_bytecode_unless_the_author_wants_it_as_it_is(
    site: Site, oldest_pyodide: Path, *, repack: bool
) -> None:
    site.configure(plugins=[{"pyrun": {"pyodide": str(oldest_pyodide), "repack": repack}}])
    site.page(EXAMPLE)
    site.build(strict=True)
    url = site.settled.content["pyodide"]["url"]
    served = (site.folder / "site" / FOLDER / url / "python_stdlib.zip").read_bytes()
    assert (served != (oldest_pyodide / "python_stdlib.zip").read_bytes()) is repack


@pytest.mark.usefixtures("offline")
@pytest.mark.parametrize("choice", ["cdn", "url"])
def test_only_the_scripts_of_a_pyodide_on_another_host_are_copied(
    site: Site, choice: str, pyodide_server: FolderServer
) -> None:
    url = "https://cdn.jsdelivr.net/npm/pyodide@314.0.7/" if choice == "cdn" else pyodide_server.url
    site.configure(plugins=[{"pyrun": {"pyodide": "cdn" if choice == "cdn" else url.rstrip("/")}}])
    site.page(EXAMPLE)
    site.build(strict=True)
    folder = site.settled.content["pyodide"]["url"]
    expected = {FOLDER + folder + name for name in ("pyodide.mjs", "pyodide.asm.mjs")}
    assert {name for name in site.served() if folder in name} == expected
    files = site.settled.content["pyodide"]["files"]
    assert {file for file, _ in files.values() if "://" in file} == {
        url + name for name in ("pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
    }


@pytest.mark.usefixtures("offline")
def test_a_pyodide_that_cannot_be_reached_ends_the_build_and_the_author_reads_what_to_do(
    site: Site, log: Log
) -> None:
    url = "http://127.0.0.1:1/"  # where no server listens
    site.configure(plugins=[{"pyrun": {"pyodide": url, "packages": "six"}}])
    site.page(EXAMPLE)
    with pytest.raises(Abort):
        site.build()
    (message,) = log.take()
    assert message.startswith(f"mkdocs.yml:3: pyodide: {url}pyodide.mjs could not be downloaded: ")
    assert "build where it can be reached, or download that Pyodide" in message


def test_search_finds_the_code_once_and_no_text_of_pyrun(site: Site) -> None:
    site.configure(plugins=["search", "pyrun"])
    site.page('# Title\n\n```pyrun session="elephant"\nprint("giraffe")\n```\n')
    site.build(strict=True)
    entries = json.loads((site.folder / "site/search/search_index.json").read_text(encoding="utf-8"))["docs"]
    text = " ".join(entry["text"] for entry in entries if entry["location"] == "")
    assert text.count("giraffe") == 1
    assert "elephant" not in text


def test_links_to_the_name_of_an_example_are_known_to_mkdocs(site: Site, log: Log) -> None:
    site.configure(validation={"anchors": "warn"})
    site.page("[there](other.md#demo)\n\n[nowhere](other.md#nowhere)\n")
    site.page('```pyrun name="demo"\n1\n```\n', "other.md")
    site.build()
    (message,) = log.take()
    assert "#nowhere" in message


def test_two_builds_are_identical(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    site.page(f'# Title\n\n{EXAMPLE}\n```pyrun name="a" caption="b" linenos\n2\n```\n')
    first = site.build(strict=True).html()
    assert site.build(strict=True).html() == first


def test_the_excerpts_of_a_blog_are_live_with_what_their_post_needs(site: Site, log: Log) -> None:
    site.configure(theme={"name": "material"}, plugins=["blog", {"pyrun": {"pyodide": "cdn"}}])
    site.page("# Home")
    site.page("# Blog", "blog/index.md")
    front_matter = "---\ndate: 2026-01-01\npyrun: {packages: [numpy]}\n---\n"
    post = "# Post\n\n```pyrun autorn\n1\n```\n\n<!-- more -->\n"
    site.page(front_matter + post, "blog/posts/post.md")
    site.build()
    (warning,) = log.take()
    assert warning.startswith("pyrun: blog/posts/post.md:7: ")
    assert site.start("blog/index.html") == ["numpy"]
    assert sorted(loaded(site, "blog/index.html")) == ours()


def test_a_page_without_an_end_tag_of_its_head_loads_the_files_nevertheless(
    site: Site, tmp_path: Path
) -> None:
    site.write("theme/main.html", "<!doctype html><title>x</title>{{ page.content }}")
    site.configure(theme={"name": None, "custom_dir": str(tmp_path / "theme")})
    site.page(EXAMPLE)
    site.build(strict=True)
    assert sorted(loaded(site, "index.html")) == ours()


HOOK_LIKE_MKDOCSTRINGS = """
import markdown

configs = {}

def on_config(config):
    global configs
    configs = config.mdx_configs or {}

def on_page_content(html, page, config, files):
    inner = markdown.Markdown(extensions=config.markdown_extensions, extension_configs=configs)
    return html + inner.convert("Docstring.\\n\\n```pyrun autorn\\n2\\n```")
"""


def test_docstrings_that_another_plugin_renders_belong_to_their_page(site: Site, log: Log) -> None:
    site.write("hook.py", HOOK_LIKE_MKDOCSTRINGS)
    hook = str(site.folder / "hook.py")
    site.configure(hooks=[hook], plugins=[{"pyrun": {"pyodide": "cdn"}}])
    site.page(f"---\npyrun: {{packages: [numpy]}}\n---\n\n# Title\n\n{EXAMPLE}")
    site.build()
    assert site.start() == ["numpy", "numpy"]
    (message,) = log.take()
    assert message.startswith("pyrun: index.md: there is no option 'autorn' here")
