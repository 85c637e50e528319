"""ProperDocs, which continues MkDocs 1 under another name, in a separate process."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Site

pytestmark = pytest.mark.skipif(not find_spec("properdocs"), reason="an environment of MkDocs alone")

WITHOUT_MKDOCS = """
import sys, importlib.abc

class NoMkDocs(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "mkdocs":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, NoMkDocs())
from properdocs.__main__ import cli
cli()
"""
"""As if only ProperDocs were installed. ProperDocs puts its aliases for mkdocs before this finder."""


def build(site: Site, *options: str) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-c",
        WITHOUT_MKDOCS,
        "build",
        *options,
        "--config-file",
        str(site.write_config()),
    ]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs"])
def test_a_site_is_built_without_mkdocs(site: Site, theme: str) -> None:
    site.configure(theme={"name": theme}, plugins=["search", "pyrun"])
    site.page("# Title\n\n```pyrun\nif True:\n\tprint(1)\n```\n")
    run = build(site, "--strict")
    assert run.returncode == 0, run.stderr
    assert site.sources() == ["if True:\n\tprint(1)"]
    assert len(site.soup().select("script[src*='assets/pyrun/'], link[href*='assets/pyrun/']")) == 2


def test_a_mistake_fails_a_strict_build(site: Site) -> None:
    site.page("# Title\n\n```pyrun autorn\n1\n```\n")
    run = build(site, "--strict")
    assert run.returncode != 0
    assert "pyrun: index.md:3: there is no option 'autorn' here: did you mean 'autorun'?" in run.stderr


def test_a_mistake_that_only_the_extension_finds_fails_a_strict_build_too(site: Site) -> None:
    site.configure(plugins=[], markdown_extensions=["markdown_pyrun.extension"])
    site.page("# Title\n\n```pyrun autorn\n1\n```\n")
    run = build(site, "--strict")
    assert run.returncode != 0
    assert "Markdown:3: there is no option 'autorn' here" in run.stderr


def test_the_extension_imports_neither_host() -> None:
    hosts = {"mkdocs", "properdocs", "pymdownx"}
    program = f"import sys, markdown_pyrun.extension; print(*{hosts!r} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""
