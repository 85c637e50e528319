"""The projects, each pinned to a source archive, and the configuration that makes their pages live."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PROJECTS", "SAMPLES", "Project", "project_named"]

OWN_PROJECT = "../"
"""The package in the archive, for the option ``packages``.

Pyodide knows a wheel of this version, but on a server that not every builder reaches.
"""


@dataclass(frozen=True)
class Project:
    """A source archive of the package index, and how its documentation is built."""

    name: str
    version: str
    sha256: str
    """The archive's checksum, in hexadecimal. Empty for a sample, which needs no archive."""
    host: Literal["Sphinx", "MkDocs"]
    live: tuple[str, ...]
    """The option ``live``."""
    docs: str = "docs"
    """The folder with the pages, in the archive. Empty if the archive has none: `layout` writes them."""
    overrides: Mapping[str, Any] = field(default_factory=dict)
    """What both builds set: it leaves out what needs the network or isn't part of the documentation."""
    modules: tuple[str, ...] = ()
    """The modules of a project without a folder of pages: each gets a page."""
    packages: tuple[str, ...] = ()
    """The option ``packages``, if it isn't ``auto`` and the version that is documented."""
    wheels: tuple[str, ...] = ()
    """Packages whose wheels are downloaded from the index, because Pyodide has them on the server as well."""
    pyodide: str = ""
    """The version of Pyodide, if it isn't the bundled one."""

    @property
    def requirement(self) -> str:
        """The version that is documented, as pip requires it."""
        return f"{self.name}=={self.version}"

    @property
    def is_sample(self) -> bool:
        """Whether it is documented object by object, from the installed package and not from an archive."""
        return not self.sha256


PROJECTS = (
    Project(
        name="attrs",
        version="26.1.0",
        sha256="d03ceb89cb322a8fd706d4fb91940737b6642aa36998fe130a9bc96c985eff32",
        host="Sphinx",
        live=("doctest",),
        overrides={
            # Without intersphinx, which needs the network, and without a 404 page and a changelog.
            "extensions": (
                "myst_parser",
                "sphinx.ext.napoleon",
                "sphinx.ext.autodoc",
                "sphinx.ext.doctest",
                "sphinx.ext.todo",
            ),
            "exclude_patterns": ("_build", "changelog.md"),
        },
        packages=(OWN_PROJECT,),
    ),
    Project(
        name="more-itertools",
        version="11.2.1",
        sha256="cbf08fd0af284dc69718b9b76a8e6203df624d70209ea511e4219d350c856f63",
        host="Sphinx",
        live=("doctest",),
    ),
    Project(
        name="pyparsing",
        version="3.3.3",
        sha256="928ae7e20211f3b6f3915a72f06a0cfd29ab9d24279dd6346b6b1a7146397d36",
        host="Sphinx",
        live=("doctest", "testcode"),
    ),
    Project(
        name="boltons",
        # The archives of newer versions have no documentation.
        version="25.0.0",
        sha256="e110fbdc30b7b9868cb604e3f71d4722dd8f4dcb4a5ddd06028ba8f1ab0b5ace",
        host="Sphinx",
        live=("doctest",),
        overrides={
            "extensions": (
                "sphinx.ext.autodoc",
                "sphinx.ext.autosummary",
                "sphinx.ext.doctest",
                "sphinx.ext.viewcode",
                "sphinx.ext.napoleon",
            )
        },
    ),
    Project(
        name="natsort",
        version="8.4.0",
        sha256="45312c4a0e5507593da193dedd04abb1469253b601ecaf63445ad80f0a1ea581",
        host="Sphinx",
        live=("doctest",),
        overrides={
            "extensions": (
                "sphinx.ext.autodoc",
                "sphinx.ext.autosummary",
                "sphinx.ext.mathjax",
                "sphinx.ext.napoleon",
            )
        },
    ),
    Project(
        name="sortedcontainers",
        version="2.4.0",
        sha256="25caa5a06cc30b6b83d11423433f65d1f9d76c4c6a0c90e3379eaa43b9bfdb88",
        host="Sphinx",
        live=("doctest",),
        docs="",
        modules=(
            "sortedcontainers.sortedlist",
            "sortedcontainers.sorteddict",
            "sortedcontainers.sortedset",
        ),
        packages=(OWN_PROJECT,),
    ),
    Project(
        name="dirty-equals",
        version="0.11",
        sha256="f4ac74ee88f2d11e2fa0f65eb30ee4f07105c5f86f4dc92b09eb1138775027c3",
        host="MkDocs",
        live=("doctest", "python"),
        wheels=("tzdata==2025.3",),
        overrides={
            # Without mike, which publishes versions, and the inventories of other sites.
            "plugins": [
                "search",
                {
                    "mkdocstrings": {
                        "handlers": {
                            "python": {
                                "options": {
                                    "show_root_heading": True,
                                    "show_root_full_path": False,
                                    "show_source": False,
                                    "heading_level": 2,
                                    "merge_init_into_class": True,
                                    "show_signature_annotations": True,
                                    "separate_signature": True,
                                    "signature_crossrefs": True,
                                }
                            }
                        }
                    }
                },
                {
                    "mkdocs-simple-hooks": {
                        "hooks": {
                            "on_pre_build": "docs.plugins:on_pre_build",
                            "on_files": "docs.plugins:on_files",
                            "on_page_markdown": "docs.plugins:on_page_markdown",
                        }
                    }
                },
            ],
            "theme": {"font": False},
            "extra": {"version": None, "analytics": None},
            "repo_url": None,
        },
    ),
    Project(
        name="humanize",
        version="4.17.0",
        sha256="1d6a36c453dbfbb3f0b34601d2e0b4ce5d48d780305cd45714843f0068fde6ac",
        host="MkDocs",
        live=("doctest",),
        wheels=("python-dateutil==2.9.0.post0", "six==1.17.0"),
        overrides={
            "plugins": ["search", "mkdocstrings", "include-markdown"],
            "theme": {"font": False},
            "repo_url": None,  # the theme would ask its server for the newest release
        },
    ),
)

SCIENTIFIC = "0.28.3"
"""The Pyodide that `tools.fetch_test_pyodides` has with all of its packages."""

SAMPLES = (
    Project(
        name="numpy",
        version="2.2.5",
        docs=".",
        sha256="",
        host="Sphinx",
        live=("doctest",),
        modules=(
            "numpy",
            "numpy.linalg",
            "numpy.fft",
            "numpy.polynomial.polynomial",
            "numpy.ma",
            "numpy.lib.stride_tricks",
        ),
        packages=("numpy", "matplotlib"),
        pyodide=SCIENTIFIC,
    ),
    Project(
        name="scipy",
        version="1.14.1",
        docs=".",
        sha256="",
        host="Sphinx",
        live=("doctest",),
        modules=(
            "scipy.linalg",
            "scipy.constants",
        ),
        packages=("scipy", "matplotlib"),
        pyodide=SCIENTIFIC,
    ),
    Project(
        name="pandas",
        version="2.3.1",
        docs=".",
        sha256="",
        host="Sphinx",
        live=("doctest",),
        modules=("pandas", "pandas.api.types"),
        overrides={"pyrun_preamble": "import numpy as np; import pandas as pd"},
        packages=("pandas", "matplotlib", "jinja2"),
        pyodide=SCIENTIFIC,
    ),
)


def project_named(name: str) -> Project:
    """The project with this name."""
    return next(project for project in (*PROJECTS, *SAMPLES) if project.name == name)
