"""The configuration of a site that is finished, from the files of several generators."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pyrun_core.finish.config.configuration import find_configuration, read_configuration
from pyrun_core.packages.resolve.version_check import DocumentedProject
from pyrun_core.problems import Location, Problem, PyrunError

if TYPE_CHECKING:
    from pathlib import Path

    from pyrun_core.finish.config.configuration import Configuration

PYRUN_TOML = """\
packages = ["numpy"]
load = "idle"

[site]
documents = "content"
project = "My project"
release = "1.2"
"""

ZENSICAL_TOML = """\
[project]
site_name = "My project"
docs_dir = "content"

[project.markdown_extensions.pyrun]
packages = ["numpy"]
load = "page"

[project.plugins.pyrun]
load = "idle"
"""

MKDOCS_YML = """\
site_name: My project
docs_dir: content
edit_uri: !ENV [EDIT_URI, edit]
markdown_extensions:
  - pymdownx.emoji:
      emoji_generator: !!python/name:material.extensions.emoji.to_svg
  - markdown_pyrun.extension:
      load: idle
plugins:
  - search
  - pyrun:
      packages: [numpy]
"""

CONF_PY = """\
import sys
project: str = "My project"
version = "1.2"
release = version + "b1"
pyrun_packages = ["numpy"]
pyrun_load = "idle"
raise SystemExit("this is not run")
"""

FILES = {
    "pyrun.toml": (PYRUN_TOML, 1),
    "zensical.toml": (ZENSICAL_TOML, 6),
    "mkdocs.yml": (MKDOCS_YML, 12),
    "conf.py": (CONF_PY, 5),
}

MISTAKES = {
    "an option that does not exist in pyrun.toml": (
        "pyrun.toml",
        '# comment\n\npakages = ["numpy"]\n',
        "pyrun.toml:3: there is no option 'pakages' here: did you mean 'packages'?",
    ),
    "a value in pyrun.toml": ("pyrun.toml", '\nload = "now"\n', "pyrun.toml:2: load: 'now' is not a time"),
    "a key in its table": (
        "pyrun.toml",
        '[site]\ndocs = "x"\n',
        "pyrun.toml:2: [site] has no 'docs'. Use one of documents, project, release",
    ),
    "text in its table": ("pyrun.toml", "[site]\nproject = 1\n", "pyrun.toml:2: project: 1 is not text."),
    "the option live by its former name": (
        "pyrun.toml",
        '[site]\nlanguages = ["python"]\n',
        "pyrun.toml:2: [site] has no 'languages'. The option live says which blocks go live: write, for",
    ),
    "something else than its table": (
        "pyrun.toml",
        "site = 1\n",
        "pyrun.toml:1: site is 1, but it is a table.",
    ),
    "an option of a table in zensical.toml": (
        "zensical.toml",
        '[project]\nload = 1\n[project.plugins.pyrun]\n"load" = "now"\n',
        "zensical.toml:4: load: 'now' is not a time",
    ),
    "an inline table in zensical.toml": (
        "zensical.toml",
        '[project]\nsite_name = "x"\n[project.plugins]\npyrun = { load = "now" }\n',
        "zensical.toml:4: load: 'now' is not a time",
    ),
    "an option in mkdocs.yml": (
        "mkdocs.yml",
        "plugins:\n  - load:\n  - pyrun:\n      repack: true\n      load: now\n",
        "mkdocs.yml:5: load: 'now' is not a time",
    ),
    "options in braces in mkdocs.yml": (
        "mkdocs.yml",
        "plugins:\n  pyrun: {load: now}\n",
        "mkdocs.yml:2: load: 'now' is not a time",
    ),
    "an option in conf.py": (
        "conf.py",
        "pyrun_pakages = []\n",
        "conf.py:1: there is no option 'pyrun_pakages' here: did you mean 'pyrun_packages'?",
    ),
    "a computed option in conf.py": (
        "conf.py",
        "import os\npyrun_packages = os.environ['X'].split()\n",
        "conf.py:2: pyrun_packages is computed, and pyrun does not run conf.py. Write the value itself",
    ),
}


def read(folder: Path, name: str, text: str) -> tuple[Configuration, list[str]]:
    (folder / name).write_text(text, encoding="utf-8")
    reports: list[str] = []

    def report(problem: Problem, message: str, location: Location) -> None:
        assert problem is Problem.OPTION
        reports.append(f"{location}: {message}")

    return read_configuration(folder / name, report), reports


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_each_generator_is_read(tmp_path: Path, name: str) -> None:
    text, line = FILES[name]
    configuration, reports = read(tmp_path, name, text)
    assert reports == []
    assert configuration.values == {"packages": ("numpy",), "load": "idle"}
    assert configuration.base == tmp_path
    assert configuration.documents == (tmp_path if name == "conf.py" else tmp_path / "content")
    assert configuration.location == Location(name, line)
    release = "1.2" if name in {"pyrun.toml", "conf.py"} else ""
    assert configuration.documented == DocumentedProject("My project", release)


@pytest.mark.parametrize(("name", "text", "message"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_reported_with_its_line(tmp_path: Path, name: str, text: str, message: str) -> None:
    configuration, reports = read(tmp_path, name, text)
    (report,) = reports
    assert report.startswith(message)
    assert not {"packages", "load"} & configuration.values.keys()


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(PyrunError, match=rf"{name}: .*Correct the file"):
        read(tmp_path, name, "a: [\n= (")


@pytest.mark.parametrize("name", FILES)
def test_an_empty_file_has_no_options(tmp_path: Path, name: str) -> None:
    configuration, reports = read(tmp_path, name, "")
    assert (configuration.values, reports) == ({}, [])


def test_a_file_of_another_name_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PyrunError, match=r"config.ini is not a configuration file. Name one of pyrun.toml"):
        read(tmp_path, "config.ini", "")


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PyrunError, match="does not exist"):
        read_configuration(tmp_path / "pyrun.toml", lambda *_: None)


def test_mkdocs_yml_inherits(tmp_path: Path) -> None:
    (tmp_path / "base.yml").write_text("plugins: [pyrun: {load: idle}]\nsite_name: Base\n")
    configuration, reports = read(tmp_path, "mkdocs.yml", "INHERIT: base.yml\nsite_name: Site\n")
    assert (configuration.values, reports) == ({"load": "idle"}, [])
    assert configuration.documented.name == "Site"
    with pytest.raises(PyrunError, match="Correct INHERIT"):
        read(tmp_path, "mkdocs.yml", "INHERIT: missing.yml\n")


def test_pyrun_toml_comes_first_in_a_folder(tmp_path: Path) -> None:
    assert find_configuration(tmp_path) is None
    for name in ("conf.py", "mkdocs.yml", "zensical.toml", "pyrun.toml"):
        (tmp_path / name).touch()
        assert find_configuration(tmp_path) == tmp_path / name


def test_values_that_cannot_be_made_are_no_end(tmp_path: Path) -> None:
    path = tmp_path / "conf.py"
    path.write_text("x = {[1]: 2}\npyrun_packages = ['numpy']\n", encoding="utf-8")
    assert read_configuration(path, unexpected).values["packages"] == ("numpy",)


@pytest.mark.parametrize(("variable", "expected"), [("", "cdn"), ("https://example.org/p/", None)])
def test_mkdocs_yml_reads_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, expected: str | None
) -> None:
    if variable:
        monkeypatch.setenv("PYRUN_TEST_PYODIDE", variable)
    path = tmp_path / "mkdocs.yml"
    path.write_text("plugins: [{pyrun: {pyodide: !ENV [PYRUN_TEST_PYODIDE, cdn]}}]\n", encoding="utf-8")
    assert read_configuration(path, unexpected).values["pyodide"] == (expected or variable)


def test_mkdocs_yml_inherits_from_more_than_one_file(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("plugins: [{pyrun: {load: idle}}]\n", encoding="utf-8")
    (tmp_path / "b.yml").write_text("INHERIT: a.yml\n", encoding="utf-8")
    path = tmp_path / "mkdocs.yml"
    path.write_text("INHERIT: b.yml\n", encoding="utf-8")
    assert read_configuration(path, unexpected).values["load"] == "idle"
    (tmp_path / "a.yml").write_text("INHERIT: mkdocs.yml\n", encoding="utf-8")
    with pytest.raises(PyrunError, match="inherits itself"):
        read_configuration(path, unexpected)


def unexpected(problem: Problem, message: str, location: Location) -> None:
    pytest.fail(f"{location}: {message} [{problem.value}]")
