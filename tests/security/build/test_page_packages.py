"""A page has no folder built, no file opened and no address requested that the site does not name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from pyrun_core.cli import main
from pyrun_core.options.page_packages import PagePackages
from tests.browser.server import SiteServer
from tests.packages.wheels import make_wheel
from tests.unit.test_finish import PAGE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.mkdocs.conftest import Log
    from tests.mkdocs.conftest import Site as MkDocsSite
    from tests.security.build.conftest import Evil
    from tests.sphinx.conftest import MakeSite

SPHINX_PAGE = """\
:pyrun-packages: ./evil

T
=

.. pyrun-page::
   :packages: docs/../evil

.. pyrun::
   :packages: ./link

   1
"""


@pytest.fixture(autouse=True)
def _offline(offline: None) -> None:
    """Builds don't use a package index."""


def test_a_page_of_mkdocs_names_neither_folders_nor_urls(
    mkdocs_site: MkDocsSite, log: Log, evil: Evil, tmp_path: Path
) -> None:
    evil.write(mkdocs_site.folder / "docs" / "evil")
    (mkdocs_site.folder / "link").symlink_to("docs/evil")
    wheels = tmp_path / "wheels"
    make_wheel(wheels, "stranger")
    with SiteServer(wheels) as server:
        url = f"{server.url}stranger-1.0-py3-none-any.whl"
        entries = ["./docs/evil", "./docs/../docs/evil", "./link", "~/evil/", url, str(evil.marker) + ".whl"]
        example = '```pyrun packages="docs/evil[x] /etc/passwd"\n1\n```\n'
        mkdocs_site.page(f"---\npyrun: {{packages: {entries!r}}}\n---\n\n{example}")
        mkdocs_site.configure(plugins=[{"pyrun": {"pyodide": "cdn"}}])
        mkdocs_site.build()
        (mkdocs_site.folder / "site" / "index.html").unlink()
        assert server.asked_for == []
    assert not evil.has_run
    messages = log.take()
    assert [message.partition("write this line into ")[2] for message in messages] == [
        f'the options of pyrun in mkdocs.yml: page-packages: ["names", "{entry}"] [pyrun.packages]'
        for entry in [*entries[:4], f"stranger @ {url}", entries[5], "docs/evil[x]", "/etc/passwd"]
    ]
    assert [re.match(r"pyrun: index\.md:\d+: '", message) is not None for message in messages] == [True] * 8
    # The folder is as hostile as it looks: if the site's author names it, its code runs.
    mkdocs_site.configure(plugins=[{"pyrun": {"pyodide": "cdn", "page-packages": ["names", "docs/evil"]}}])
    mkdocs_site.page("```pyrun packages=./link\n1\n```\n")
    mkdocs_site.build()
    assert evil.has_run
    assert len(log.take()) == 1


def test_a_page_of_sphinx_names_no_folders_in_later_builds_either(make_site: MakeSite, evil: Evil) -> None:
    site = make_site({"index.rst": SPHINX_PAGE, "other.rst": ":orphan:\n\nT\n=\n"})
    evil.write(site.folder / "evil")
    (site.folder / "link").symlink_to("evil")
    first = site.warnings()
    site.write({"other.rst": ":orphan:\n\nU\n=\n"})
    assert site.warnings() == first  # the page comes from Sphinx's cache
    assert not evil.has_run
    allowed = 'write this line into conf.py: pyrun_page_packages = ["names", "{}"] [pyrun.packages]'
    assert [line.partition("write")[1] + line.partition("write")[2] for line in first] == [
        allowed.format(entry) for entry in ("./evil", "docs/../evil", "./link")
    ]
    assert [line.partition(": WARNING: '")[0] for line in first] == [
        "index.rst:1",
        "index.rst:6",
        "index.rst:9",
    ]


def test_pyrun_finish_reads_no_folders_from_html(
    tmp_path: Path, evil: Evil, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    evil.write(tmp_path / "evil")
    site = tmp_path / "site"
    site.mkdir()
    (tmp_path / "pyrun.toml").write_text('pyodide = "cdn"\n')
    block = (
        '<pre><code class="language-pyrun" data-packages="./evil/">#| packages: ["./evil"]\n1</code></pre>'
    )
    cell = (
        "<pyrun-cell data-source=1 data-page='../../dev/zero' data-requirements=000000000000 "
        "data-packages='[\"./evil\"]'></pyrun-cell>"
    )
    (site / "block.html").write_text(PAGE.format(block))
    (site / "cell.html").write_text(PAGE.format(cell))
    lines = "numlike @ https://example.org/a.whl\\n./evil"
    (site / "line.html").write_text(PAGE.format(f"<pyrun-cell data-packages='[\"{lines}\"]'></pyrun-cell>"))
    assert main(["finish", "site", "--strict"]) == 1
    errors = capsys.readouterr().err
    assert not evil.has_run
    assert 'options of pyrun in pyrun.toml: page-packages = ["names", "./evil"] [pyrun.packages]' in errors
    assert (
        "the attribute data-page of an example is '../../dev/zero', which is not what pyrun writes" in errors
    )
    assert "the attribute data-packages of an example is " in errors
    assert len(errors.splitlines()) == 3


def test_pyrun_lock_builds_no_folder_of_a_page(mkdocs_site: MkDocsSite, evil: Evil, log: Log) -> None:
    evil.write(mkdocs_site.folder / "docs" / "evil")
    mkdocs_site.configure(plugins=[{"pyrun": {"pyodide": "cdn"}}])
    mkdocs_site.page("```pyrun packages=./docs/evil\n1\n```\n")
    main(["lock", str(mkdocs_site.write_config())])
    assert not evil.has_run
    assert len(log.take()) == 1


def test_what_pages_may_name_is_compared_by_what_it_is(tmp_path: Path) -> None:
    for name in ("mine", "other/deep"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "away").symlink_to("other/deep")
    allowed = PagePackages(("numpy", "./mine"), ("six @ https://example.org/six.whl", "../own"), tmp_path)
    for entry in (
        "numpy",
        "numpy>=2",
        "mine/",
        "./mine[x]",
        "other/../mine",
        "six @ https://example.org/six.whl",
    ):
        assert allowed.allows(entry), entry
    refused = (
        *(
            "pandas",
            "auto",
            "names",
            "six",
            "six @ https://example.org/six.whl?x",
            "six @ https://example.com/six.whl",
        ),
        *(
            "./other",
            "away/../mine",
            "./mine/../other",
            "loop/x",
            "./",
            "\\\\server\\x.whl",
            "//server/x.whl",
        ),
        *("numpy @ file:///x.whl", "mine/sub", "./mine\n./other", "\0.whl", "six @ x\n--index-url=x"),
    )
    for entry in refused:
        assert not allowed.allows(entry), entry
    by_default = PagePackages(base=tmp_path)
    assert by_default.allows("auto")
    assert by_default.allows('numpy>=2; python_version > "3"')
    assert not by_default.allows("./mine")
