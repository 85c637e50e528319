"""Files of the reader's, for code that asks for them."""

import base64
import json
import sys
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Literal, overload

import _pyrun_worker as worker
from pyrun_runtime.io.streams import OutputBuffer
from pyrun_runtime.io.waiting import can_wait, wait_for, why_not
from pyrun_runtime.io.written_files import WrittenFiles

__all__ = ["install", "upload"]


class _Page:
    """What an upload needs of the run."""

    def __init__(self, output: OutputBuffer, written: WrittenFiles, waited: Callable[[], None]) -> None:
        self.output = output
        self.written = written
        self.waited = waited


_page: _Page


def install(output: OutputBuffer, written: WrittenFiles, waited: Callable[[], None]) -> None:
    """Take the output to ask in, who must know that a file is not the code's work, and who ends a wait."""
    global _page  # noqa: PLW0603 - there is one page
    _page = _Page(output, written, waited)


@overload
def upload(prompt: str = ..., *, accept: str = ..., multiple: Literal[False] = ...) -> Path | None: ...
@overload
def upload(prompt: str = ..., *, accept: str = ..., multiple: Literal[True]) -> list[Path]: ...
def upload(
    prompt: str = "Choose a file",
    *,
    accept: str = "",
    multiple: bool = False,
) -> Path | list[Path] | None:
    """Ask the reader for a file, and wait for it.

    It is written into the working directory under its own name, and stays there until Python is
    restarted. At most 50 MB can be handed over at once.

    Args:
        prompt: What to say beside the button.
        accept: Which files can be chosen, as in HTML: ``".csv,.txt"`` or ``"image/*"``.
        multiple: Whether more than one can be chosen.

    Returns:
        The path of the file; None if the reader cancels. With ``multiple`` a list of paths, which is
        empty then.

    Raises:
        RuntimeError: the browser has no way to wait for the reader.
    """
    if not can_wait():
        raise RuntimeError(f"upload() cannot wait for a file here: {why_not()}")
    sys.stdout.write(f"{prompt.rstrip()} ")
    sys.stdout.flush()
    _page.output.take_prompt()
    answer: str | None = wait_for(worker.read_line(prompt, "files" if multiple else "file", accept))
    _page.waited()
    chosen: list[tuple[str, str]] = json.loads(answer) if answer else []
    paths = [_write(name, content) for name, content in chosen]
    _page.output.add("echo", ", ".join(str(path) for path in paths) + "\n")
    if multiple:
        return paths
    return paths[0] if paths else None


def _write(name: str, content: str) -> Path:
    path = Path(PurePosixPath(name).name or "file")
    path.write_bytes(base64.b64decode(content))
    _page.written.know(str(path.absolute()))
    return path
