"""Reading TOML."""

import tomllib
from pathlib import Path
from typing import Any

from pyrun_core.problems import PyrunError

__all__ = ["read_toml"]


def read_toml(path: Path) -> dict[str, Any]:
    """The content of a file.

    Raises:
        PyrunError: it is not TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PyrunError(f"{path}: {error}. Correct the file") from error
