"""The option that an author meant who wrote a name that does not exist.

A wrong suggestion is worse than none. So a name counts as misspelt only if nearly all of it is right, and
what authors call an option otherwise is in a table.
"""

import difflib
from collections.abc import Sequence

from pyrun_core.options.other_names import name_here

__all__ = ["suggest"]

_LEAST_SIMILAR = 0.85
"""As `difflib` measures it. At 0.8, "upload" would mean "load"."""

_ELSEWHERE = {
    "autorun": ("auto", "auto-start", "autostart", "execute"),
    "emphasize-lines": ("highlight", "mark-lines"),
    "file": ("include", "literalinclude", "path", "source", "src"),
    "files": ("data", "dataset", "datasets"),
    "hidden": ("hide", "hide-code", "invisible"),
    "linenos": ("lineno", "lineno-match", "lineno-start"),
    "needs": ("after", "depends", "depends-on"),
    "packages": ("dependencies", "install", "modules", "pip", "requirements", "requires"),
    "session": ("env", "group", "kernel", "namespace", "scope"),
    "preamble": ("global-setup", "pre-code"),
    "setup": ("init", "prelude"),
    "stdin": ("input", "inputs"),
    "timeout": ("max-time", "time-limit"),
}
"""What authors call an option, besides the names in `name_here`, which are those of code blocks elsewhere."""


def suggest(written: str, options: Sequence[str]) -> str | None:
    """One of the ``options``, if an author who wrote this is likely to have meant it. Words have hyphens."""
    name = next((name for name, others in _ELSEWHERE.items() if written in others), name_here(written))
    if name != written:
        return name if name in options else None
    return next(iter(difflib.get_close_matches(written, options, n=1, cutoff=_LEAST_SIMILAR)), None)
