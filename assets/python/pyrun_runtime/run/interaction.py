"""Shows what the code of an example leaves besides its output: values, figures and hints."""

import builtins
from collections.abc import Mapping
from typing import Literal

import _pyrun_worker as worker
from pyrun_runtime.diagnostics import failure, unawaited
from pyrun_runtime.display import display, figures
from pyrun_runtime.io.output_buffer import OutputBuffer
from pyrun_runtime.run.hooks import Hooks
from pyrun_runtime.run.sessions import LAST_VALUE
from pyrun_runtime.run.statements import Statement, Statements

__all__ = ["Interaction", "Mode"]


Mode = Literal["whole", "statements", "places"]
"""Whether the code runs as a whole or statement by statement, and whether the page shows what each one leaves
below it."""


class Interaction:
    """What one run shows of its example: the value of the last expression, or those of all statements."""

    def __init__(
        self,
        output: OutputBuffer,
        hooks: Hooks,
        *,
        mode: Mode,
        shows_values: bool,
        raises: Mapping[int, str],
    ) -> None:
        """The code runs in this mode.

        ``raises`` has the names of exceptions that statements are meant to raise, by their last lines.
        """
        self.by_statement = mode != "whole"
        self._in_places = mode == "places"
        self._raises = raises
        self.shows_values = shows_values
        self._output = output
        self._hooks = hooks
        self._statement: Statement | None = None
        """The current one, unless the code runs as a whole."""
        self._line = 0
        """Where the page shows what follows."""
        self._places: dict[int, Statement] = {}
        """The statement that has last changed a figure, by the identity of each figure that is open."""

    async def run(self, statements: Statements) -> None:
        """Run them one by one, and show their values."""
        self._hooks.let_show(self._show_value)
        await statements.run(self._begin, self._goes_on)

    def end(self, value: object) -> None:
        """Show what is left after the last statement. ``value`` is that of code that has run as a whole."""
        if self._statement is None and self.shows_values and not self._hooks.show_value(value):
            display.show_value(value)
        self.show_figures()

    def show_figures(self) -> None:
        """Show the figures that are open, below the statements that have last changed them."""
        self._note_figures()
        last = self._statement
        figures.show_open(before=lambda figure: self._go_to(self._places.get(id(figure), last)))
        self._go_to(last)

    def _begin(self, statement: Statement) -> None:
        self._note_figures()
        self._statement = statement
        self._go_to(statement)

    def _go_to(self, statement: Statement | None) -> None:
        """Let what follows appear below the statement."""
        if self._in_places and statement is not None and statement.line != self._line:
            self._line = statement.line
            self._output.begin_section(statement.line)

    def _goes_on(self, statement: Statement, error: BaseException) -> bool:
        """Whether the statement is meant to raise this exception, which is then shown below it."""
        if self._raises.get(statement.line) != type(error).__name__ or worker.stop_requested():
            return False
        if not self._hooks.show_error(error, self._print_error, self._print):
            self._print_error(error)
        return True

    def _print_error(self, error: BaseException) -> None:
        self._print(failure.describe(error, ())["text"])

    def _print(self, text: str) -> None:
        self._output.add("stderr", text)

    def _note_figures(self) -> None:
        """Remember which figures the current statement has changed."""
        if self._statement is not None:
            for figure in figures.changed():
                self._places[id(figure)] = self._statement

    def _show_value(self, value: object) -> None:
        """Show the value of an expression; Python calls this as `sys.displayhook`."""
        if value is None:
            return
        shared = vars(builtins)
        shared[LAST_VALUE] = None  # as Python does
        if not figures.touch(value):
            display.show_value(value)
        if self._statement and (hint := unawaited.explain_value(value, self._statement.text)):
            display.show_notice(hint)
        shared[LAST_VALUE] = value
