"""Runs code as Pyodide does, and also code that was copied from a session or a notebook.

Code that is Python pays nothing for it, because what is not is found by its SyntaxError.
"""

from __future__ import annotations

import ast
from traceback import walk_tb
from typing import TYPE_CHECKING, Any

import pyodide.code

if TYPE_CHECKING:
    from pyrun_runtime.notebook.magics import Shell
    from pyrun_syntax.notebook import Understood

__all__ = ["eval_code_async"]

may_load = True
"""Whether code can load packages that its page does not declare: the option ``load-missing`` of each run."""

shows_values = True
"""Whether the values of all expressions of a session are shown: the option ``show-value``."""

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
    from pyrun_runtime.notebook.magics import Shell  # noqa: PLC0415

    shell = Shell(names, may_load=may_load)
    names[_SHELL] = lambda: shell
    return shell


async def _eval_understood(understood: Understood, names: dict[str, Any], file_name: str) -> object:
    shell = _provide_shell(names)
    commands = [finding.command for finding in understood.findings if finding.command]
    await shell.load([name for command in commands for name in command.installed])
    around = understood.around
    runner = pyodide.code.CodeRunner(
        understood.code, filename=file_name, flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    )
    if shows_values and any(finding.prompt for finding in understood.findings):
        _show_values(runner.ast)
    with shell.around(around):
        value = await runner.compile().run_async(names)
    return None if around is not None and around.name == "capture" else value


def _show_values(session: ast.Module) -> None:
    """Show the values of all expressions, as an interpreter does. That of the last one is shown anyway."""
    for statement in session.body[:-1]:
        if isinstance(statement, ast.Expr):
            show = ast.parse(f"{_SHELL}().displayhook", mode="eval").body
            for node in ast.walk(show):
                ast.copy_location(node, statement.value)
            call = ast.Call(func=show, args=[statement.value], keywords=[])
            statement.value = ast.copy_location(call, statement.value)
