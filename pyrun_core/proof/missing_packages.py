"""Blocks that do not go live because a package that they import is not available in browsers."""

from collections.abc import Iterator, Mapping, Sequence

from pyrun_core.examples.imports import find_imports, with_preamble
from pyrun_core.proof.checked import CheckedExample, CheckedPage
from pyrun_core.proof.run.plan import Cell
from pyrun_core.proof.verdict import Finding, Proof, Reason, Verdict

__all__ = ["leave_out_missing"]

_CURE = "A warning of the build says why, and what to do."


def leave_out_missing(
    pages: Sequence[CheckedPage], missing: Mapping[str, str]
) -> tuple[Sequence[CheckedPage], list[Proof]]:
    """The pages without the blocks whose sessions import a missing module, and the verdicts on these blocks.

    ``missing`` has the package for each missing module. Only blocks that the option ``live`` has made live
    are left out.
    """
    if not missing:
        return pages, []
    proofs = [proof for page in pages for proof in _proofs(page, missing)]
    left_out = {proof.example for proof in proofs}
    remaining = [page.without(left_out) for page in pages]
    return [page for page in remaining if page.examples], proofs


def _proofs(page: CheckedPage, missing: Mapping[str, str]) -> Iterator[Proof]:
    cells = [Cell(index, attributes) for index, attributes in enumerate(page.job.cells)]
    lost: dict[object, str] = {}
    for cell in cells:
        imports = with_preamble(cell.attributes.get("data-preamble", ""), find_imports(cell.code))
        for each in imports:
            if each.need is None and not each.guarded and each.module in missing:
                lost.setdefault(_session(cell), each.module)
    for cell, example in zip(cells, page.examples, strict=True):
        module = lost.get(_session(cell))
        if module and example.by_option:
            yield _proof(example, module, missing[module])


def _session(cell: Cell) -> object:
    """The namespace of an example: one that it shares with no other is its own."""
    return cell.session or cell.index


def _proof(example: CheckedExample, module: str, package: str) -> Proof:
    sentence = f"It needs the module '{module}', and the site has no {package} for browsers."
    finding = Finding(example.location, 1, "", Reason("module", sentence, _CURE, is_of_browser=True))
    return Proof(example, Verdict.FAILING, (finding,))
