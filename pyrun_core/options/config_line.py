"""The line that the author of a site adds to its configuration, for messages."""

import json
from collections.abc import Iterable
from pathlib import PurePath

__all__ = ["config_line"]


def config_line(option: str, entries: Iterable[str], config_file: str) -> str:
    """The place and the line that set an option of several entries. ``config_file`` is that of the site."""
    name = PurePath(config_file).name
    written = json.dumps(list(entries), ensure_ascii=False)
    place, line = f"the options of pyrun in {name}", f"{option}: {written}"
    if name.endswith(".py"):
        place, line = name, f"pyrun_{option.replace('-', '_')} = {written}"
    elif name.endswith(".toml"):
        line = f"{option} = {written}"
    return f"write this line into {place}: {line}"
