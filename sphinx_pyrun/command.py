"""How the command ``pyrun`` works with Sphinx."""

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.docutils import docutils_namespace

from pyrun_core.cache import cache_folder, digest_of
from pyrun_core.cli import Outcome
from pyrun_core.packages.resolve_site import LockMode
from pyrun_core.problems import PyrunError
from sphinx_pyrun.check_builder import CheckBuilder
from sphinx_pyrun.checked_pages import blocks_left_alone, checked_pages
from sphinx_pyrun.domain import pyrun_domain

__all__ = ["SphinxHost", "kept_folder"]


class SphinxHost:
    """Reads a site as ``sphinx-build`` does, without writing pages."""

    def resolve(self, config: Path, lock_mode: LockMode) -> Outcome:
        """Read all pages and resolve their packages."""
        with tempfile.TemporaryDirectory(prefix="pyrun-") as scratch:

            def read(app: Sphinx) -> Outcome:
                domain = pyrun_domain(app.env)
                domain.lock_mode = lock_mode
                domain.is_to_check = False
                app.builder.read()
                return Outcome(domain.settlement, _problems(app))

            return _with_app(config, read, Path(scratch), buildername="html", freshenv=True)

    def read_examples(self, config: Path) -> Outcome:
        """Read the pages that have changed since the last check, whose doctrees are in the user's cache."""
        kept = cache_folder() / "doctrees" / digest_of(str(config.resolve()), sys.prefix)

        def read(app: Sphinx) -> Outcome:
            pyrun_domain(app.env).is_to_check = False
            app.build()
            pages = [each.page for each in checked_pages(app.env)]
            settlement = pyrun_domain(app.env).settlement
            return Outcome(settlement, _problems(app), pages, blocks_left_alone(app.env))

        with kept_folder(kept) as folder:
            return _with_app(config, read, folder, buildername=CheckBuilder.name, freshenv=False)


@contextmanager
def kept_folder(kept: Path) -> Iterator[Path]:
    """A folder with what an earlier check has kept, which no other check has at the same time.

    It is kept again if the block succeeds. A check that finds nothing reads all pages.
    """
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept.parent, prefix=".") as scratch:
        folder = Path(scratch, "taken")
        with suppress(OSError):  # there is none, or another check has it
            kept.rename(folder)
        yield folder
        with suppress(OSError):  # another check has kept its own
            folder.rename(kept)


def _with_app(config: Path, read: Callable[[Any], Outcome], output: Path, **arguments: Any) -> Outcome:  # noqa: ANN401 - those of Sphinx
    """What is read with the application of a site. It writes below the folder ``output``."""
    folder = config.parent.resolve()
    with docutils_namespace():
        try:
            app = Sphinx(
                srcdir=folder,
                confdir=folder,
                outdir=output / "site",
                doctreedir=output / "doctrees",
                confoverrides={"pyrun_runtime": ""},  # it could be outside of the temporary folder
                status=None,
                warning=sys.stderr,
                **arguments,
            )
            if "sphinx_pyrun" not in app.extensions:
                raise PyrunError(f"{config} does not have 'sphinx_pyrun' among its extensions")
            return read(app)
        except SphinxError as error:
            raise PyrunError(f"{config}: {error}") from error


def _problems(app: Sphinx) -> int:
    return app._warncount  # noqa: SLF001 - the count that `-W` looks at
