"""`upload()`: asks the reader for files."""

import base64
import json
import sys
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Literal, overload

from pyrun_runtime.io.output_buffer import OutputBuffer
from pyrun_runtime.io.waiting import ask, can_wait, why_not
from pyrun_runtime.io.written_files import WrittenFiles
from pyrun_runtime.language import say

__all__ = ["install", "upload"]


class _Page:
    """What an upload needs."""

    def __init__(self, output: OutputBuffer, written: WrittenFiles, after_wait: Callable[[], None]) -> None:
        self.output = output
        self.written = written
        self.after_wait = after_wait


_page: _Page


def install(output: OutputBuffer, written: WrittenFiles, after_wait: Callable[[], None]) -> None:
    """Set the output that shows prompts, the record of written files, and a check after each wait."""
    global _page  # noqa: PLW0603 - there is one page
    _page = _Page(output, written, after_wait)


@overload
def upload(prompt: str | None = ..., *, accept: str = ..., multiple: Literal[False] = ...) -> Path | None: ...
@overload
def upload(prompt: str | None = ..., *, accept: str = ..., multiple: Literal[True]) -> list[Path]: ...
def upload(
    prompt: str | None = None,
    *,
    accept: str = "",
    multiple: bool = False,
) -> Path | list[Path] | None:
    """Ask the reader for a file, and wait for it.

    It is written to the working directory under its name, and stays there until Python restarts. The
    limit is 50 MB for all files of one call.

    Args:
        prompt: The text beside the button, by default "Choose a file" in the language of the page.
        accept: Which files can be chosen, as in HTML: ``".csv,.txt"`` or ``"image/*"``.
        multiple: Whether the reader can choose several.

    Returns:
        The path of the file; None if the reader cancels. With ``multiple``, a list of paths, which is
        empty if the reader cancels.

    Raises:
        RuntimeError: the browser has no way to wait for the reader.
    """
    if not can_wait():
        raise RuntimeError(f"upload() cannot wait for a file here: {why_not()}")
    prompt = say("runtime.chooseFile", "Choose a file") if prompt is None else prompt
    sys.stdout.write(f"{prompt.rstrip()} ")
    sys.stdout.flush()
    _page.output.take_prompt()
    answer = ask(prompt, "files" if multiple else "file", _page.after_wait, accept)
    chosen: list[tuple[str, str]] = json.loads(answer) if answer else []
    paths = [_write(name, content) for name, content in chosen]
    _page.output.add("echo", ", ".join(str(path) for path in paths) + "\n")
    if multiple:
        return paths
    return paths[0] if paths else None


def _write(name: str, content: str) -> Path:
    path = Path(PurePosixPath(name).name or "file")
    path.write_bytes(base64.b64decode(content))
    _page.written.exclude(str(path.absolute()))
    return path
