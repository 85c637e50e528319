"""Files that code has left open: an installed Python writes out their buffers when the program ends."""

import gc
import io
from contextlib import suppress

import _pyrun_worker as worker

__all__ = ["flush_files_on", "flush_open_files"]

_FILE: type = io.IOBase.__mro__[1]
"""The base of all files, written in C. `io.IOBase` itself would ask an ABC about each object."""


def flush_open_files() -> None:
    """Write out what is in the buffers of open files. They stay open."""
    descriptors = frozenset(map(int, worker.descriptors_to_write().split()))
    if descriptors:
        flush_files_on(descriptors)


def flush_files_on(descriptors: frozenset[int]) -> None:
    """Write out the buffers of all files on these descriptors. This takes milliseconds.

    The files may be held by a name, a frame, an attribute or a cycle, or be wrapped by other files, so this
    looks at all objects.
    """
    files = [value for value in gc.get_objects() if issubclass(type(value), _FILE)]
    # Text is in the buffer of a wrapper, and only then in that of the file of bytes below.
    files.sort(key=lambda file: not issubclass(type(file), io.TextIOWrapper))
    for file in files:
        with suppress(Exception):  # it is closed, has no descriptor, or was opened to be read
            if file.fileno() in descriptors:
                file.flush()
