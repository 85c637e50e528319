"""Runs code as Pyodide does, and also code that was copied from a session or a notebook.

Code that is Python pays nothing for it, because what is not is found by its SyntaxError.
"""

from __future__ import annotations

from traceback import walk_tb
from typing import TYPE_CHECKING, Any

import pyodide.code

if TYPE_CHECKING:
    from pyrun_runtime.run.magics import Shell
    from pyrun_syntax.notebook import Understood

__all__ = ["eval_code_async"]

may_load = True
"""Whether code can load packages that its page does not declare: the option ``load-missing`` of each run."""

_SHELL = "get_ipython"
"""The function that a notebook has, and that code exported from one calls for each of its commands."""


async def eval_code_async(code: str, globals: dict[str, Any], filename: str) -> Any:  # noqa: A002, ANN401
    """The value of the last expression; as `pyodide.code.eval_code_async`, which it calls."""
    understood = _understood(code, filename) if _is_ipython(code) else None
    if understood is None:
        if _SHELL in code:
            _provide_shell(globals)
        try:
            return await pyodide.code.eval_code_async(code, globals=globals, filename=filename)
        except SyntaxError as error:
            if error.filename != filename or _has_begun(error, filename):
                raise
            failed = error
        understood = _understood(code, filename)
        if understood is None:
            raise failed
    if understood.error is not None:
        raise understood.error
    return await _eval_understood(understood, globals, filename)


def _is_ipython(code: str) -> bool:
    """Whether it has prompts that could be Python: ``In [1]: x`` is an annotation."""
    if "In [" not in code and "In[" not in code:
        return False
    from pyrun_syntax.prompts import is_ipython  # noqa: PLC0415 - as all of it, only if it is needed

    return is_ipython(code)


def _understood(code: str, file_name: str) -> Understood | None:
    from pyrun_syntax.notebook import understand  # noqa: PLC0415

    return understand(code, file_name)


def _has_begun(error: SyntaxError, file_name: str) -> bool:
    """Whether the code itself raised the error, while it ran."""
    return any(frame.f_code.co_filename == file_name for frame, _ in walk_tb(error.__traceback__))


def _provide_shell(names: dict[str, Any]) -> Shell:
    """What the calls need into which commands are translated. Notebooks have the same name."""
    from pyrun_runtime.run.magics import Shell  # noqa: PLC0415

    shell = Shell(names, may_load=may_load)
    names[_SHELL] = lambda: shell
    return shell


async def _eval_understood(understood: Understood, names: dict[str, Any], file_name: str) -> object:
    shell = _provide_shell(names)
    commands = [finding.command for finding in understood.findings if finding.command]
    await shell.load([name for command in commands for name in command.installed])
    around = understood.around
    with shell.around(around):
        value = await pyodide.code.eval_code_async(understood.code, globals=names, filename=file_name)
    return None if around is not None and around.name == "capture" else value
