"""The messages a reader sees, read from assets/page/messages.js."""

from __future__ import annotations

import json
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["messages"]

MODULE = Path(__file__).resolve().parent.parent / "assets" / "page" / "messages.js"
PRINT = f"""
import * as messages from {json.dumps(MODULE.as_uri())};
console.log(JSON.stringify(messages));
"""


@cache
def messages() -> dict[str, dict[str, Any]]:
    """The texts of each export by name, without the exports that are functions."""
    command = ["node", "--input-type=module", "--eval", PRINT]
    exports: dict[str, dict[str, Any]] = json.loads(
        subprocess.run(command, capture_output=True, text=True, check=True).stdout
    )
    return exports
