"""Compares a session: each statement has its own documented output."""

from pyrun_core.proof.compare.comparison import Comparison, agree_on_output
from pyrun_core.proof.compare.exceptions import (
    RaisedText,
    documented_exception,
    has_traceback,
    raised_exception,
)
from pyrun_core.proof.compare.failures import explain_ending, explain_exception
from pyrun_core.proof.compare.ladder import agree_on_exception
from pyrun_core.proof.compare.plots import is_hidden_plot, is_undocumented_plot
from pyrun_core.proof.compare.raising import is_meant
from pyrun_core.proof.compare.rules import Tolerance
from pyrun_core.proof.compare.shown import Shown, shown_by_statement, shown_in_all
from pyrun_core.proof.verdict import Reason

__all__ = ["compare_session", "explain_other_exception"]

_NOT_PYTHON = Reason(
    "not-python",
    "This statement is not Python, so no other statement of the example runs.",
    "Write it in a separate block, with text between the blocks.",
)

_ENDED_BEFORE = Reason(
    "no-output",
    "The exception that 'raises' announces ends the example before this statement.",
    "Write the statement in a separate example.",
)


def compare_session(comparison: Comparison) -> None:
    """Compare what each statement has shown, up to the one that ended the run."""
    statements, outcome = comparison.statements, comparison.outcome
    wanted = {statements.last_line(output.line): output.text for output in comparison.example.outputs}
    shown = _by_statement(comparison, wanted)
    last = _last_reached(comparison, shown)
    has_not_begun = outcome.ending == "error" and shown.keys() <= {0}
    first = last if has_not_begun else 1
    for line in sorted({*wanted, *shown} - {0}):
        rules = comparison.rules_at(line)
        if rules.skips:
            continue
        if not first <= line <= last or (line == last and outcome.ending not in {"done", "error"}):
            comparison.unreached += line in wanted
        elif line == last and outcome.ending == "error":
            _compare_end(comparison, line, wanted.get(line, ""), shown.get(line, Shown()))
        else:
            _compare(comparison, line, wanted.get(line, ""), shown.get(line, Shown()))
    ends_unseen = outcome.ending == "error" and last not in {*wanted, *shown}
    if ends_unseen or (last == 0 and outcome.ending == "error"):
        _compare_end(comparison, last, "", shown.get(last, Shown()))
    if has_not_begun and comparison.unreached and not comparison.findings:
        comparison.refuse(last, _NOT_PYTHON)
    elif outcome.ending == "error" and comparison.unreached and not comparison.findings:
        comparison.refuse(min(line for line in wanted if line > last), _ENDED_BEFORE)
    if reason := explain_ending(outcome):
        comparison.refuse(last, reason)


def _by_statement(comparison: Comparison, wanted: dict[int, str]) -> dict[int, Shown]:
    found, outcome = shown_by_statement(comparison.outcome), comparison.outcome
    fails_before = outcome.ending == "error" and outcome.line is None  # in code that is not the example's
    if found.keys() == {0} and len(wanted) == 1 and not fails_before:  # it has run as a whole
        return {next(iter(wanted)): found[0]}
    return found


def _last_reached(comparison: Comparison, shown: dict[int, Shown]) -> int:
    """The last line of the last statement that has run; 0 if the run ended before the first."""
    statements, outcome = comparison.statements, comparison.outcome
    if outcome.ending == "done":
        return len(statements.lines)
    traced = [part.line for part in outcome.parts if part.stream == "traceback"]
    if traced and traced[-1]:
        return traced[-1]
    if traced and len(shown) == 1 and 0 not in shown:  # nothing has run, because one statement is not Python
        return next(iter(shown))
    if outcome.line is not None:
        return statements.last_line(outcome.line)
    return max(shown, default=0)


def _compare(comparison: Comparison, line: int, want: str, shown: Shown) -> None:
    """Compare the output of a statement after which the run went on."""
    rules = comparison.rules_at(line)
    expected = documented_exception(want)
    raised = raised_exception(shown.errors) if expected and has_traceback(shown.errors) else None
    if expected and raised:
        _compare_exceptions(comparison, line, want, expected, raised)
        return
    if not want and not shown.text.strip():
        return
    statement = comparison.statements.text(line)
    is_undocumented = not want and is_undocumented_plot(statement, shown.text, rules)
    if is_undocumented or is_hidden_plot(want, shown.text, rules):
        comparison.accept(line, (Tolerance.DISPLAYED,))
        return
    uses = agree_on_output(want, shown, rules, [shown.text])
    if uses is not None:
        comparison.accept(line, uses)
    elif expected:
        _miss_exception(comparison, line, want, expected, shown)
    else:
        comparison.differs(line, want, shown, rules)


def _miss_exception(comparison: Comparison, line: int, want: str, expected: RaisedText, shown: Shown) -> None:
    if expected.name in {"FloatingPointError", "LinAlgError"}:  # NumPy may not notice in a browser
        comparison.differs(line, want, shown, comparison.rules_at(line))
        return
    sentence = f"It does not raise the documented {expected.name}."
    reason = Reason("no-exception", sentence, "Correct the documented output or the example.")
    comparison.refuse(line, reason, expected=want, got=shown.text)


def _compare_exceptions(
    comparison: Comparison, line: int, want: str, expected: RaisedText, raised: RaisedText
) -> None:
    uses = agree_on_exception(expected, raised, comparison.rules_at(line))
    if uses is not None:
        comparison.accept(line, uses)
        return
    reason = explain_other_exception(comparison, line, expected, raised)
    comparison.refuse(line, reason, expected=want, got=raised.text)


def explain_other_exception(
    comparison: Comparison, line: int, expected: RaisedText, raised: RaisedText
) -> Reason:
    """The reason of an exception that differs from the documented one."""
    if expected.name == raised.name and not raised.note:
        sentence = f"The message of the {raised.name} differs from the documented one."
        cure = "Correct it, or write '# doctest: +IGNORE_EXCEPTION_DETAIL' behind the statement."
        return Reason("exception-differs", sentence, cure)
    return explain_exception(raised, comparison.statements.text(line), comparison.outcome)


def _compare_end(comparison: Comparison, line: int, want: str, shown: Shown) -> None:
    """Compare the statement whose exception ended the run."""
    outcome = comparison.outcome
    raised = raised_exception(shown.traceback or shown_in_all(outcome.parts).traceback)
    expected = documented_exception(want)
    if expected and raised:
        _compare_exceptions(comparison, line, want, expected, raised)
    elif is_meant(outcome, comparison.example.raises):
        if want and (uses := agree_on_output(want, shown, comparison.rules_at(line), [shown.text])):
            comparison.accept(line, uses)
    else:
        reason = explain_exception(raised, comparison.statements.text(line), outcome)
        comparison.refuse(line, reason, expected=want, got=shown.everything)
