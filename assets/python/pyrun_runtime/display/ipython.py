"""Shows in the output what the real IPython displays, which prints the names of objects without a notebook.

The stand-in for it is in `assets/python/fallbacks`.
"""

from types import ModuleType
from typing import Any

from pyrun_runtime.after_import import after_import
from pyrun_runtime.display.display import clear_output, display, update_display

__all__ = ["install"]


def install() -> None:
    """Replace its functions once it is imported. `IPython.display` and others take them from there."""
    after_import("IPython.core.display_functions", _show_here)


def _show_here(functions: ModuleType) -> None:
    vars(functions).update(
        display=display,
        update_display=update_display,
        clear_output=clear_output,
        publish_display_data=_publish,
    )


def _publish(data: dict[str, Any], metadata: dict[str, Any] | None = None, **_more: object) -> None:
    """Show a bundle; see `IPython.display.publish_display_data`."""
    display(data, raw=True, metadata=metadata)
