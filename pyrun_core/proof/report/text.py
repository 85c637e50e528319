"""The report of a check as text, for a terminal or a log."""

from collections.abc import Iterator, Sequence

from pyrun_core.proof.report.differences import DiffLine, cut_line, diff_lines
from pyrun_core.proof.report.not_live import NotLive
from pyrun_core.proof.report.terminal import PLAIN, Style, defuse
from pyrun_core.proof.report.totals import Totals, describe_totals
from pyrun_core.proof.verdict import Finding, Proof, Verdict

__all__ = ["describe_proof", "text_report"]

_MARGIN = "  | "
"""Before each line of an example. Without it, GitHub takes lines of an output for commands of its own."""

_MOST_STATEMENT_LINES = 10
_MOST_ERROR_LINES = 20


def text_report(  # noqa: PLR0913 - all of it is in one report
    proofs: Sequence[Proof],
    totals: Totals,
    *,
    style: Style = PLAIN,
    seconds: float | None = None,
    is_verbose: bool = False,
    not_live: Sequence[NotLive] = (),
) -> str:
    """What fails and why, then a summary.

    Verbose reports also list tolerances, what was skipped and what is not live.
    """
    parts = [describe_proof(proof, style) for proof in proofs]
    if is_verbose:
        parts.append("\n".join(line for proof in proofs for line in _asides(proof, style)))
        parts.append(
            "\n".join(f"{place}: {style.quiet(f'not live: {defuse(why)}')}" for place, why in not_live)
        )
    elif totals.tolerances:
        words = ", ".join(f"{word} {count}" for word, count in totals.tolerances.items())
        parts.append(style.quiet(f"Statements that need tolerances: {words}"))
    summary = describe_totals(totals, seconds)
    parts.append(style.good(summary) if totals.is_proven else style.bad(summary))
    return "\n\n".join(filter(None, parts)) + "\n"


def describe_proof(proof: Proof, style: Style = PLAIN) -> str:
    """What is wrong with an example; empty if nothing is."""
    if proof.verdict is Verdict.NOT_CHECKED:
        return f"{style.strong(str(proof.location))}: {style.bad('not checked')}: {defuse(proof.why)}"
    prompts = (">>> ", "... ") if proof.example.has_prompts else ("", "")
    findings = ["\n".join(_describe(finding, prompts, style)) for finding in proof.findings]
    if findings and proof.unreached:
        outputs = "output" if proof.unreached == 1 else "outputs"
        findings.append(style.quiet(f"  {proof.unreached} documented {outputs} below could not be compared."))
    return "\n\n".join(findings)


def _describe(finding: Finding, prompts: tuple[str, str], style: Style) -> Iterator[str]:
    reason = finding.reason
    yield f"{style.strong(str(finding.location))}: {style.bad(reason.name)}: {defuse(reason.sentence)}"
    statement = finding.statement.split("\n") if finding.statement else []
    for number, line in enumerate(statement[:_MOST_STATEMENT_LINES]):
        yield f"{_MARGIN}{style.quiet(prompts[1 if number else 0])}{defuse(cut_line(line))}"
    if len(statement) > _MOST_STATEMENT_LINES:
        yield f"{_MARGIN}{style.quiet('...')}"
    if finding.expected:
        for each in diff_lines(finding.expected, finding.got):
            yield f"{_MARGIN}{_coloured(each, style)}"
    else:
        for text in _last_lines(finding.got):
            yield f"{_MARGIN}{style.bad(defuse(text))}"
    if finding.errors not in finding.got:
        for text in _last_lines(finding.errors):
            yield f"{_MARGIN}{style.quiet(defuse(text))}"
    yield f"  {defuse(reason.cure)}"


def _coloured(line: DiffLine, style: Style) -> str:
    text = defuse(line.marked)
    match line.kind:
        case "expected":
            return style.bad(text)
        case "got":
            return style.good(text)
        case "same":
            return text
        case _:
            return style.quiet(text)


def _last_lines(text: str) -> list[str]:
    lines = [cut_line(line) for line in text.split("\n")] if text else []
    return lines if len(lines) <= _MOST_ERROR_LINES else ["...", *lines[-_MOST_ERROR_LINES:]]


def _asides(proof: Proof, style: Style) -> Iterator[str]:
    for use in proof.uses:
        yield f"{use.location}: {style.quiet(f'tolerates {use.tolerance.value}')}"
    if proof.verdict is Verdict.SKIPPED:
        yield f"{proof.location}: {style.quiet(f'skipped: {defuse(proof.why)}')}"
