"""The command ``pyrun``, for a site of each host."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from pyrun_core.packages.resolve.project_lock import LOCK_NAME
from tests.browser.server import SiteServer
from tests.packages.wheels import make_distribution, make_wheel

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(params=["sphinx", "mkdocs"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A site with two pages, one of which needs a package of the index."""
    pyodide = make_distribution(tmp_path / "pyodide", make_wheel(tmp_path / "made", "numlike", "2.0"))
    make_wheel(tmp_path / "index", "other", "1.5", requires=["numlike"])
    folder = tmp_path / "site"
    (folder / "docs").mkdir(parents=True)
    if request.param == "sphinx":
        (folder / "conf.py").write_text(f'extensions = ["sphinx_pyrun"]\npyrun_pyodide = {str(pyodide)!r}\n')
        example = ".. pyrun::\n   :packages: other\n\n   import other\n\n.. pyrun::\n\n   print(1)\n"
        (folder / "index.rst").write_text(f"Start\n=====\n\n{example}")
    else:
        config = {"site_name": "x", "theme": "mkdocs", "plugins": [{"pyrun": {"pyodide": str(pyodide)}}]}
        (folder / "mkdocs.yml").write_text(json.dumps(config))
        page = '# Start\n\n```pyrun packages="other"\nimport other\n```\n\n```pyrun\nprint(1)\n```\n'
        (folder / "docs" / "index.md").write_text(page)
    return folder


def pyrun(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(cwd.parent / "index"),
        "PYRUN_CACHE": str(cwd.parent / "cache"),
        "NO_MKDOCS_2_WARNING": "1",
    }
    command = [sys.executable, "-c", "import sys; from pyrun_core.cli import main; sys.exit(main())"]
    return subprocess.run(
        [*command, *map(str, arguments)],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_packages_are_listed_locked_and_listed_again(site: Path) -> None:
    listed = pyrun("packages", cwd=site)
    assert listed.returncode == 0, listed.stderr
    lines = [line.split() for line in listed.stdout.splitlines() if line.startswith("  ")]
    assert lines[0][:3] == ["package", "version", "bytes"]
    assert {(line[0], line[1]) for line in lines[1:]} == {("numlike", "2.0"), ("other", "1.5")}
    assert "The site serves 2 files of packages" in listed.stdout
    locked = pyrun("lock", site, cwd=site)
    assert locked.returncode == 0, locked.stderr
    assert set(json.loads((site / LOCK_NAME).read_text())["packages"]) == {"numlike", "other"}
    again = pyrun("packages", site, cwd=site)
    assert (again.returncode, again.stdout) == (0, listed.stdout)


def test_files_of_the_web_are_pinned_with_the_packages(site: Path) -> None:
    served = site.parent / "served"
    served.mkdir()
    (served / "data.csv").write_text("1")
    page = next(site.rglob("index.*"))
    with SiteServer(served) as server:
        url = f"{server.url}data.csv"
        page.write_text(
            page.read_text()
            .replace(":packages: other\n", f":packages: other\n   :files: {url}\n")
            .replace('packages="other"', f'packages="other" files="{url}"')
        )
        refused = pyrun("lock", cwd=site)
        assert refused.returncode == 1
        assert f"{url} is not public: 127.0.0.1 is in a private network" in refused.stderr
        assert "page-files" in refused.stderr or "pyrun_page_files" in refused.stderr
        config = next(path for path in (site / "conf.py", site / "mkdocs.yml") if path.is_file())
        allowed = config.read_text().replace('"pyodide"', f'"page-files": ["{url}"], "pyodide"')
        config.write_text(f"pyrun_page_files = ['{url}']\n{allowed}" if config.suffix == ".py" else allowed)
        locked = pyrun("lock", cwd=site)
        assert locked.returncode == 0, locked.stderr
        pins = json.loads((site / LOCK_NAME).read_text())["pyrun"]["files"]
        assert pins == {url: hashlib.sha256(b"1").hexdigest()}
        (served / "data.csv").write_text("2")
        assert pyrun("packages", cwd=site).stderr == ""  # the pinned one is in the cache
        assert pyrun("lock", cwd=site).returncode == 0
        assert json.loads((site / LOCK_NAME).read_text())["pyrun"]["files"] == pins
        assert pyrun("lock", "--upgrade", cwd=site).returncode == 0
        upgraded = json.loads((site / LOCK_NAME).read_text())["pyrun"]["files"]
        assert upgraded == {url: hashlib.sha256(b"2").hexdigest()}


def test_a_package_that_cannot_be_resolved_is_reported_and_the_status_is_one(site: Path) -> None:
    page = next(site.rglob("index.*"))
    page.write_text(page.read_text().replace("other", "nosuch"))
    locked = pyrun("lock", cwd=site)
    assert locked.returncode == 1
    assert "none of pip's indexes has a package nosuch. Correct the name" in locked.stderr
    assert "the lock file may lack packages because of the warnings above" in locked.stderr


def test_files_that_versions_share_are_written_and_others_stay(site: Path, tmp_path: Path) -> None:
    (config,) = (*site.glob("conf.py"), *site.glob("mkdocs.yml"))
    text = config.read_text()
    if config.suffix == ".yml":  # of the extension, whose options the plugin takes over
        extensions = {"markdown_extensions": [{"pyrun": {"runtime": "../../../pyrun"}}]}
        config.write_text(json.dumps({**json.loads(text), **extensions}))
    else:
        config.write_text(f"{text}pyrun_runtime = '../../../pyrun'\n")
    older = tmp_path / "shared" / "packages" / "older.whl"
    older.parent.mkdir(parents=True)
    older.touch()
    run = pyrun("runtime", site, tmp_path / "shared", cwd=site)
    assert (run.returncode, run.stderr) == (0, "")
    assert older.is_file()
    assert {path.name.partition("-")[0] for path in older.parent.glob("*/*.whl")} == {"numlike", "other"}
    assert list((tmp_path / "shared").glob("pyodide-*/pyodide.asm.wasm"))
    assert not [path for path in tmp_path.parents if (path / "pyrun" / "packages").exists()]


def test_a_folder_that_cannot_be_written_is_reported(site: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    run = pyrun("runtime", site, tmp_path / "file", cwd=site)
    assert run.returncode == 2
    assert f"{tmp_path / 'file'}" in run.stderr


def test_a_folder_without_a_site_is_named_and_the_status_is_two(tmp_path: Path) -> None:
    run = pyrun("packages", cwd=tmp_path)
    assert run.returncode == 2
    assert f"{tmp_path} is not the folder of a site: it has no" in run.stderr


def test_a_site_without_examples_has_nothing_to_lock(site: Path) -> None:
    next(site.rglob("index.*")).write_text("Nothing\n=======\n")
    locked = pyrun("lock", cwd=site)
    assert (locked.returncode, locked.stderr) == (0, "")
    assert "there is nothing to lock" in locked.stdout
    assert not (site / LOCK_NAME).exists()


def test_a_site_that_does_not_use_pyrun_is_reported(site: Path) -> None:
    for config in (*site.glob("conf.py"), *site.glob("mkdocs.yml")):
        config.write_text('{"site_name": "x", "theme": "mkdocs"}' if config.suffix == ".yml" else "")
    run = pyrun("packages", cwd=site)
    assert run.returncode == 2
    assert "pyrun" in run.stderr
    assert "does not have" in run.stderr
