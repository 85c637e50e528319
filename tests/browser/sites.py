"""Test pages built into sites by the real hosts."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import pytest
import yaml

from tests.browser.scenarios import Scenario, as_markdown, as_rst
from tests.browser.snapshot_shelf import RESTORED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

__all__ = ["DEFAULT_HOST", "HOSTS", "Host", "Plan", "Site", "build"]

Host = Literal["sphinx", "mkdocs", "zensical"]
HOSTS: tuple[Host, ...] = ("sphinx", "mkdocs")
"""Those of the mark ``both_hosts``. Zensical reads pages as MkDocs does."""

DEFAULT_HOST: Host = "sphinx"

SUB_PATH = "en/latest"
"""Sites are published below this path, as on Read the Docs: links from the server's root would fail."""

SITE_OPTIONS = {"snapshots": RESTORED, "repack": False, "live_only": ["all"]}
"""Options of every site, unless the site sets them.

Few tests open a page twice, and a snapshot takes seconds; bytecode for all packages takes a minute. A check
takes seconds too, and many examples fail on purpose.
"""

DEFAULT_THEMES: dict[Host, str] = {"sphinx": "furo", "mkdocs": "material", "zensical": "modern"}


ZENSICAL = """\
[project]
site_name = "Test site"
site_url = "{url}"

[project.theme]
font = false
{theme}
[[project.theme.palette]]
media = "(prefers-color-scheme: light)"
scheme = "default"

[[project.theme.palette]]
media = "(prefers-color-scheme: dark)"
scheme = "slate"

[project.markdown_extensions]
pymdownx.highlight = {{}}
pymdownx.superfences.custom_fences = [{{ name = "pyrun", class = "pyrun", format = "zensical_pyrun.fence" }}]
{pyrun}"""


@dataclass(frozen=True)
class Plan:
    """A site to build. ``pyrun`` holds the options of the site, by field name."""

    host: Host
    scenarios: Sequence[Scenario]
    pyrun: Mapping[str, object] = field(default_factory=dict)
    theme: str = ""
    theme_options: Mapping[str, object] = field(default_factory=dict)
    """The options in ``theme:`` of mkdocs.yml, or ``html_theme_options`` of conf.py."""
    config: Mapping[str, object] = field(default_factory=dict)
    """Other configuration values of the host."""
    builder: str = "html"
    """Sphinx extensions."""
    extra_pages: Mapping[str, str] = field(default_factory=dict)
    """Pages without examples: their text, by file name."""
    data: Mapping[str, str] = field(default_factory=dict)
    """Other files beside the pages: their text, by path."""


@dataclass(frozen=True)
class Site:
    """A built site, published at ``url``, which ends in a slash."""

    plan: Plan
    folder: Path
    url: str

    @property
    def host(self) -> Host:
        """The host that built the site."""
        return self.plan.host

    @property
    def assets_url(self) -> str:
        """The URL of the folder with pyrun's files."""
        return self.url + ("_static/pyrun/" if self.host == "sphinx" else "assets/pyrun/")

    def address(self, page: str) -> str:
        """The URL of a page, given its name."""
        if self.host == "sphinx":
            directory_urls = self.plan.builder == "dirhtml"
        else:
            directory_urls = bool(self.plan.config.get("use_directory_urls", True))
        if page == "index":
            return self.url
        return f"{self.url}{page}/" if directory_urls else f"{self.url}{page}.html"


def build(plan: Plan, source: Path, served: Path, server_url: str) -> Site:
    """Build a site into ``served``, the folder published at ``server_url``."""
    target = served / source.name / SUB_PATH
    target.mkdir(parents=True)
    source.mkdir(parents=True)
    url = f"{server_url}{source.name}/{SUB_PATH}/"
    make_source = {"sphinx": _sphinx, "mkdocs": _mkdocs, "zensical": _zensical}[plan.host]
    command = make_source(plan, source, target, url)
    environment = {**os.environ, "PYTHONWARNINGS": "", "NO_MKDOCS_2_WARNING": "1"}
    run = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=source,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        pytest.fail(f"{plan.host} could not build the test site:\n{run.stdout}{run.stderr}", pytrace=False)
    if plan.host == "zensical":  # writes into its own folder only
        shutil.copytree(source / "site", target, dirs_exist_ok=True)
    return Site(plan, target, url)


def _write(path: Path, text: str, line_end: str = "\n") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline=line_end)


def _sphinx(plan: Plan, source: Path, target: Path, url: str) -> list[str]:  # noqa: ARG001 - as the others
    names = [scenario.name for scenario in plan.scenarios]
    values = {
        "project": "Test site",
        "extensions": ["sphinx_pyrun"],
        "html_theme": plan.theme or DEFAULT_THEMES["sphinx"],
        "html_theme_options": dict(plan.theme_options),
        **{f"pyrun_{name}": value for name, value in {**SITE_OPTIONS, **plan.pyrun}.items()},
        **plan.config,
    }
    _write(source / "conf.py", "".join(f"{name} = {value!r}\n" for name, value in values.items()))
    pages = [name.removesuffix(".rst") for name in plan.extra_pages]
    toctree = "\n".join(f"   {name}" for name in (*names, *pages))
    _write(source / "index.rst", f"Start\n=====\n\n.. toctree::\n\n{toctree}\n")
    for scenario in plan.scenarios:
        _write(source / f"{scenario.name}.rst", as_rst(scenario), scenario.line_end)
    for name, text in (*plan.extra_pages.items(), *plan.data.items()):
        _write(source / name, text)
    return ["sphinx", "-q", "-W", "-E", "-b", plan.builder, str(source), str(target)]


def _mkdocs(plan: Plan, source: Path, target: Path, url: str) -> list[str]:
    name = plan.theme or DEFAULT_THEMES["mkdocs"]
    # Material would load its fonts from another host.
    theme = {"name": name, **({"font": False} if name == "material" else {}), **plan.theme_options}
    config: dict[str, Any] = {
        "site_name": "Test site",
        "site_url": url,  # Material's instant navigation works only below it
        "docs_dir": "pages",
        "site_dir": str(target),
        "theme": theme,
        "markdown_extensions": ["pymdownx.highlight", "pymdownx.superfences"],
        "plugins": ["search", {"pyrun": {**SITE_OPTIONS, **plan.pyrun}}],
        **plan.config,
    }
    _write(source / "mkdocs.yml", yaml.safe_dump(config, sort_keys=False))
    links = "\n".join(f"- [{scenario.name}]({scenario.name}.md)" for scenario in plan.scenarios)
    _write(source / "pages/index.md", f"# Start\n\n{links}\n")
    for scenario in plan.scenarios:
        _write(source / f"pages/{scenario.name}.md", as_markdown(scenario), scenario.line_end)
    for page, text in (*plan.extra_pages.items(), *plan.data.items()):
        _write(source / "pages" / page, text)
    return ["mkdocs", "build", "--strict"]  # with --quiet, no warning fails the build


def _zensical(plan: Plan, source: Path, target: Path, url: str) -> list[str]:  # noqa: ARG001 - as the others
    theme = "".join(f"{name} = {json.dumps(value)}\n" for name, value in plan.theme_options.items())
    options = {**SITE_OPTIONS, **plan.pyrun}
    pyrun = "".join(f"pyrun.{name} = {json.dumps(value)}\n" for name, value in options.items())
    _write(source / "zensical.toml", ZENSICAL.format(url=url, theme=theme, pyrun=pyrun))
    _write(source / "docs/index.md", "# Start\n")
    for scenario in plan.scenarios:
        _write(source / f"docs/{scenario.name}.md", as_markdown(scenario), scenario.line_end)
    return ["zensical", "build", "--strict"]
