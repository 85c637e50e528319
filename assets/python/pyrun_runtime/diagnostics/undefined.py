"""Finds undefined names."""

import traceback
from collections.abc import Collection

from pyrun_runtime.diagnostics.causes import with_causes

__all__ = ["find_undefined"]


def find_undefined(error: BaseException, page_files: Collection[str]) -> str | None:
    """The global name that code of the page did not find, if that caused the exception."""
    for cause in with_causes(error):
        if type(cause) is NameError and "is not defined" in str(cause):
            frames = [frame for frame, _ in traceback.walk_tb(cause.__traceback__)]
            if frames and frames[-1].f_code.co_filename in page_files:
                return cause.name
    return None
