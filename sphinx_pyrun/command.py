"""How the command ``pyrun`` works with Sphinx."""

import sys
import tempfile
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.docutils import docutils_namespace

from pyrun_core.cli import Outcome
from pyrun_core.packages.resolve_site import LockMode
from pyrun_core.problems import PyrunError
from sphinx_pyrun.domain import pyrun_domain

__all__ = ["SphinxHost"]


class SphinxHost:
    """Reads a site as ``sphinx-build`` does, without writing pages."""

    config_names = ("conf.py",)

    def resolve(self, config: Path, lock_mode: LockMode) -> Outcome:
        """Read all pages and resolve their packages."""
        folder = config.parent.resolve()
        with tempfile.TemporaryDirectory(prefix="pyrun-") as scratch, docutils_namespace():
            try:
                app = Sphinx(
                    srcdir=folder,
                    confdir=folder,
                    outdir=Path(scratch, "site"),
                    doctreedir=Path(scratch, "doctrees"),
                    buildername="html",
                    confoverrides={"pyrun_runtime": ""},  # it could be outside of the temporary folder
                    status=None,
                    warning=sys.stderr,
                    freshenv=True,
                )
                if "sphinx_pyrun" not in app.extensions:
                    raise PyrunError(f"{config} does not have 'sphinx_pyrun' among its extensions")
                domain = pyrun_domain(app.env)
                domain.lock_mode = lock_mode
                app.builder.read()
            except SphinxError as error:
                raise PyrunError(f"{config}: {error}") from error
            problems = app._warncount  # noqa: SLF001 - the count that `-W` looks at
            return Outcome(domain.settlement, problems)
