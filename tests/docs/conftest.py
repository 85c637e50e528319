"""The project's documentation, built once for all processes of the test run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.building import made_once, shared_folder
from tests.docs.building import build_any_site, build_mkdocs, build_sphinx, build_zensical

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def sphinx_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Sphinx site."""
    return made_once(shared_folder(tmp_path_factory) / "documentation", build_sphinx)


@pytest.fixture(scope="session")
def mkdocs_site(sphinx_site: Path) -> Path:
    """The MkDocs site, inside the Sphinx site as `make docs` builds it."""
    return made_once(sphinx_site / "mkdocs", build_mkdocs)


@pytest.fixture(scope="session")
def any_site(sphinx_site: Path) -> Path:
    """The site of the tutorial for any generator, inside the Sphinx site."""
    return made_once(sphinx_site / "any", build_any_site)


@pytest.fixture(scope="session")
def zensical_site(sphinx_site: Path) -> Path:
    """The Zensical site, inside the Sphinx site."""
    return made_once(sphinx_site / "zensical", build_zensical)
