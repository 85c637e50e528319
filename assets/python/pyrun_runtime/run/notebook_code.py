"""Runs code as a whole or statement by statement, also if it was copied from a session or a notebook.

Code that is Python pays nothing for it, because what is not is found by its SyntaxError.
"""

from __future__ import annotations

from traceback import walk_tb
from typing import TYPE_CHECKING, Any

import pyodide.code

from pyrun_runtime.run.statements import Statements

if TYPE_CHECKING:
    from pyrun_runtime.notebook.magics import Shell
    from pyrun_runtime.run.interaction import Interaction
    from pyrun_syntax.notebook import Understood

__all__ = ["evaluate"]

may_load = True
"""Whether code can load packages that its page does not declare: the option ``load-missing`` of each run."""

_SHELL = "get_ipython"
"""The function that a notebook has, and that code exported from one calls for each of its commands."""


async def evaluate(
    code: str, names: dict[str, Any], file_name: str, interaction: Interaction | None
) -> object:
    """Run the code. The interaction, which set-up code has none of, shows its values.

    Returns:
        The value of the last expression; None if the code has run statement by statement.
    """
    understood = _understood(code, file_name) if _is_ipython(code) else None
    if understood is None:
        if _SHELL in code:
            _provide_shell(names)
        try:
            if interaction and interaction.by_statement:
                shows_values = interaction.shows_values
                await interaction.run(Statements(code, file_name, names, shows_values=shows_values))
                return None
            return await pyodide.code.eval_code_async(code, globals=names, filename=file_name)
        except SyntaxError as error:
            if error.filename != file_name or _has_begun(error, file_name):
                raise
            failed = error
        understood = _understood(code, file_name)
        if understood is None:
            raise failed
    if understood.error is not None:
        raise understood.error
    return await _evaluate_understood(understood, names, file_name, interaction)


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


async def _evaluate_understood(
    understood: Understood, names: dict[str, Any], file_name: str, interaction: Interaction | None
) -> object:
    shell = _provide_shell(names)
    commands = [finding.command for finding in understood.findings if finding.command]
    await shell.load([name for command in commands for name in command.installed])
    around = understood.around
    is_captured = around is not None and around.name == "capture"
    is_session = any(finding.prompt for finding in understood.findings)
    with shell.around(around):
        if interaction and (interaction.by_statement or (is_session and interaction.shows_values)):
            shows_values = interaction.shows_values and not is_captured
            statements = Statements(understood.code, file_name, names, shows_values=shows_values)
            await interaction.run(statements)
            return None
        value = await pyodide.code.eval_code_async(understood.code, globals=names, filename=file_name)
    return None if is_captured else value
