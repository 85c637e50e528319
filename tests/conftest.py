"""What every test may use."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from tools.fetch_test_pyodides import cache_folder

# Only where Sphinx is: some environments of tests/environments hold MkDocs alone.
pytest_plugins = ["sphinx.testing.fixtures"] if find_spec("sphinx") else []


@pytest.fixture(scope="session")
def project() -> Path:
    """The repository."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def full_pyodide() -> Path:
    """Pyodide 0.28.3 with numpy, pandas, matplotlib and more beside it."""
    return downloaded_pyodide("0.28.3")


@pytest.fixture(scope="session")
def oldest_pyodide() -> Path:
    """The core of Pyodide 0.27.7."""
    return downloaded_pyodide("0.27.7")


def downloaded_pyodide(version: str) -> Path:
    folder = cache_folder() / f"pyodide-{version}"
    if not folder.is_dir():
        pytest.fail(f"{folder} is missing. Fetch it: python tools/fetch_test_pyodides.py", pytrace=False)
    return folder
