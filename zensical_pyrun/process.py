"""The process of ``zensical build`` or ``zensical serve``: when the site is finished in it.

Zensical's commands are made with Click. The end of ``build`` is the end of the command's context, and an
error that is raised there is an error of the command.
"""

import sys
import threading
from pathlib import Path

import click

from pyrun_core.problems import PyrunError
from zensical_pyrun.example_log import noted_examples
from zensical_pyrun.problem_log import ProblemLog
from zensical_pyrun.site import ZensicalSite

__all__ = ["attach"]

_CONFIG_NAMES = ("zensical.toml", "mkdocs.yml", "mkdocs.yaml")
"""Where Zensical looks for its configuration, in this order."""


def attach() -> None:
    """Have the site finished in this process, if it is one of Zensical's. Later calls change nothing.

    MkDocs looks up the format too. When ``zensical serve`` reads the configuration again, it does so in a
    thread without a context.
    """
    context = click.get_current_context(silent=True)
    if context is None or "zensical" not in sys.modules or __name__ in context.meta:
        return
    is_served = context.info_name == "serve"
    log = context.meta[__name__] = ProblemLog()
    log.start()
    config = _config_file(context)
    site = ZensicalSite(config, log, noted_examples(config))
    if is_served:
        threading.Thread(target=site.watch, name="pyrun", daemon=True).start()
    else:
        context.call_on_close(lambda: _end_build(site, log, strict=bool(context.params.get("strict"))))


def _config_file(context: click.Context) -> Path:
    named = context.params.get("config_file")
    names = (named,) if named else _CONFIG_NAMES
    return next((path for path in map(Path, names) if path.exists()), Path(names[0])).absolute()


def _end_build(site: ZensicalSite, log: ProblemLog, *, strict: bool) -> None:
    """Report the problems of pages, and finish the site unless the build has failed.

    Raises:
        ClickException: the site cannot be finished, or has problems and is built strictly.
    """
    has_failed = sys.exc_info()[0] is not None
    try:
        log.print_page_problems()
        if has_failed:
            return
        site.finish()
    except PyrunError as error:
        raise click.ClickException(f"pyrun: {error}") from error
    if log.count and (strict or site.is_strict):
        raise click.ClickException(f"pyrun: {log.count} warning(s), and the build is strict")
