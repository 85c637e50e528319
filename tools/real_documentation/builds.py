"""One build of a project's documentation, plain or live. No file of the project is edited."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from typing import TYPE_CHECKING, Any

from tools.real_documentation.sources import pyodide, wheels

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tools.real_documentation.projects import Project

__all__ = ["Built", "build", "live_options", "mkdocs_configuration", "run", "sphinx"]

SPHINX_ASSETS, MKDOCS_ASSETS = Path("_static/pyrun"), Path("assets/pyrun")


@dataclass(frozen=True)
class Built:
    """The result of a build."""

    project: Project
    folder: Path
    cpu_s: float
    """The CPU time, which other programs on the machine change less than the time on the clock."""
    log: str
    """What the host wrote, warnings included."""

    @property
    def assets(self) -> Path:
        """The folder with the files of pyrun."""
        return self.folder / (SPHINX_ASSETS if self.project.host == "Sphinx" else MKDOCS_ASSETS)

    def size_bytes(self) -> int:
        """The size of all files, without those of pyrun and without Sphinx's doctrees."""
        left_out = {self.assets, self.folder / ".doctrees"}
        return sum(
            path.stat().st_size
            for path in self.folder.rglob("*")
            if path.is_file() and left_out.isdisjoint(path.parents)
        )

    def assets_bytes(self) -> int:
        """The size of the files of pyrun: Python, packages, editor."""
        return sum(path.stat().st_size for path in self.assets.rglob("*") if path.is_file())


def build(project: Project, source: Path, python: Path, target: Path, *, live: bool, **more: Any) -> Built:  # noqa: ANN401 - options
    """Build the documentation into target, which is emptied before. ``more`` are options of pyrun.

    Raises:
        RuntimeError: the build fails. The message ends with its output.
    """
    shutil.rmtree(target, ignore_errors=True)
    options = live_options(project, **more) if live else {}
    arguments = sphinx if project.host == "Sphinx" else mkdocs
    command = (str(python), "-m", *arguments(project, source, target, options))
    before = children_cpu_s()
    done = run(command, source)
    cpu_s = children_cpu_s() - before
    log = done.stdout + done.stderr
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{log[-4000:]}")
    return Built(project, target, cpu_s, log)


def live_options(project: Project, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - options
    """The options of pyrun."""
    options: dict[str, Any] = {
        "live": [*project.live],
        "live_only": ["all"],  # `pyrun check` proves them
        "packages": [*(project.packages or ("auto", project.requirement))],
    }
    options["packages"] += wheels(project)
    if project.pyodide:
        options["pyodide"] = pyodide(project)
    return {**options, **more}


def run(command: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder as in the activated environment, without pyrun's checkout on the path."""
    variables = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    variables |= {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true", "PYTHONWARNINGS": "ignore"}
    return subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, check=False)


def children_cpu_s() -> float:
    """The CPU time of all processes that have ended."""
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def sphinx(
    project: Project, source: Path, target: Path, options: dict[str, Any], builder: str = "html"
) -> Iterator[str]:
    """The arguments of a build with Sphinx: values are overridden on the command line."""
    docs = source / project.docs if project.docs else layout(project, source)
    overrides = dict(project.overrides)
    if options:
        overrides["extensions"] = (*(overrides.get("extensions") or configured(docs)), "sphinx_pyrun")
        overrides |= {f"pyrun_{name}": value for name, value in options.items()}
    yield from ("sphinx", "-E", "-q", "--color", "-b", builder)
    for name, value in overrides.items():
        yield from ("-D", f"{name}={written(value)}")
    yield from (str(docs), str(target))


def configured(docs: Path) -> list[str]:
    """The extensions that conf.py lists."""
    conf = (docs / "conf.py").read_text(encoding="utf-8")
    listed = conf.partition("\nextensions = ")[2].partition("]")[0]
    return [part.strip().strip("\"'") for part in listed.strip("[\n ").split(",") if part.strip()]


def written(value: object) -> str:
    """A value for ``-D``."""
    if isinstance(value, bool):
        return str(int(value))
    return ",".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def layout(project: Project, source: Path) -> Path:
    """A folder with the README and a page for each module, for a project whose archive has no pages."""
    folder = source / "pages-of-modules"
    if folder.is_dir():
        return folder
    folder.mkdir()
    conf = f'project = "{project.name}"\nextensions = ["sphinx.ext.autodoc"]\nhtml_theme = "furo"\n'
    (folder / "conf.py").write_text(conf, encoding="utf-8")
    pages = "\n".join(f"   {module}" for module in project.modules)
    index = f".. include:: ../README.rst\n\n.. toctree::\n\n{pages}\n"
    (folder / "index.rst").write_text(index, encoding="utf-8")
    for module in project.modules:
        directive = f".. automodule:: {module}\n   :members:\n   :special-members:\n"
        page = f"{module}\n{'=' * len(module)}\n\n{directive}"
        (folder / f"{module}.rst").write_text(page, encoding="utf-8")
    return folder


def mkdocs(project: Project, source: Path, target: Path, options: dict[str, Any]) -> Iterator[str]:
    """The arguments of a build with MkDocs."""
    path = mkdocs_configuration(project, source, options)
    yield from ("mkdocs", "build", "--config-file", str(path), "--site-dir", str(target))


def mkdocs_configuration(project: Project, source: Path, options: dict[str, Any]) -> Path:
    """A second configuration, which inherits that of the project."""
    values = {"INHERIT": "mkdocs.yml", **project.overrides}
    if options:
        values["plugins"] = [*values["plugins"], {"pyrun": options}]
    path = source / ("mkdocs-live.yml" if options else "mkdocs-plain.yml")
    path.write_text(json.dumps(values), encoding="utf-8")  # JSON is YAML
    return path
