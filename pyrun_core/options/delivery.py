"""The options that say how files get to readers' browsers."""

from dataclasses import dataclass

from pyrun_core.options.option import Scope, declare
from pyrun_core.options.values import FLAG

__all__ = ["Delivery"]


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """When browsers load the files that the site serves."""

    on_demand: bool = declare(
        default=True,
        kind=FLAG,
        scope=Scope.SITE,
        text="""Readers load the parts of Python's standard library that a start doesn't need only when code
        reads them, or after the first run, when the browser is idle. With `false`, they load the whole
        library before the first run.""",
    )
