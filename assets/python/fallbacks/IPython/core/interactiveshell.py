"""The class whose settings code for notebooks changes. An example shows the value of its last expression."""

from typing import Any

__all__ = ["InteractiveShell"]


class InteractiveShell:
    """A shell that does not run. Its settings have no effect."""

    ast_node_interactivity = "last_expr"

    @classmethod
    def initialized(cls) -> bool:
        """Whether there is a shell: never."""
        return False

    @classmethod
    def instance(cls, *_: object, **__: Any) -> "InteractiveShell":  # noqa: ANN401 - IPython's own signature
        """An object with the settings."""
        return cls()
