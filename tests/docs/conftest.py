"""The project's documentation, built once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.docs.building import build_any_site, build_mkdocs, build_sphinx, build_zensical

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def sphinx_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Sphinx site."""
    return build_sphinx(tmp_path_factory.mktemp("documentation") / "sphinx")


@pytest.fixture(scope="session")
def mkdocs_site(sphinx_site: Path) -> Path:
    """The MkDocs site, inside the Sphinx site as `make docs` builds it."""
    return build_mkdocs(sphinx_site / "mkdocs")


@pytest.fixture(scope="session")
def any_site(sphinx_site: Path) -> Path:
    """The site of the tutorial for any generator, inside the Sphinx site."""
    return build_any_site(sphinx_site / "any")


@pytest.fixture(scope="session")
def zensical_site(sphinx_site: Path) -> Path:
    """The Zensical site, inside the Sphinx site."""
    return build_zensical(sphinx_site / "zensical")
