"""The report of a check as JUnit XML, which CI services show beside the tests of a project."""

import re
from collections.abc import Sequence
from itertools import groupby
from xml.etree import ElementTree as ET

from pyrun_core.proof.report.text import describe_proof
from pyrun_core.proof.verdict import Proof, Verdict

__all__ = ["junit"]

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(proofs: Sequence[Proof]) -> str:
    """A test suite for each page, and a test case for each example."""
    suites = ET.Element("testsuites", name="pyrun check")
    for page, group in groupby(proofs, key=lambda proof: proof.example.page):
        _add_suite(suites, page, list(group))
    ET.indent(suites)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(suites, encoding="unicode")}\n'


def _add_suite(suites: ET.Element, page: str, proofs: Sequence[Proof]) -> None:
    verdicts = [proof.verdict for proof in proofs]
    suite = ET.SubElement(
        suites,
        "testsuite",
        name=_text(page),
        tests=str(len(proofs)),
        failures=str(verdicts.count(Verdict.FAILING)),
        errors="0",
        skipped=str(verdicts.count(Verdict.SKIPPED) + verdicts.count(Verdict.NOT_CHECKED)),
        time=f"{sum(proof.seconds for proof in proofs):.3f}",
    )
    for proof in proofs:
        example = proof.example
        case = ET.SubElement(
            suite,
            "testcase",
            classname=_text(page),
            name=_text(example.name or str(example.location)),
            file=_text(proof.location.file),
            line=str(proof.location.line or 1),
            time=f"{proof.seconds:.3f}",
        )
        if proof.verdict is Verdict.FAILING:
            name = proof.findings[0].reason.name
            failure = ET.SubElement(case, "failure", type=_text(name), message=_text(proof.message))
            failure.text = _text(describe_proof(proof))
        elif proof.verdict is not Verdict.PROVEN:
            ET.SubElement(case, "skipped", message=_text(proof.why))
        if proof.uses:
            lines = [f"{use.location}: tolerates {use.tolerance.value}" for use in proof.uses]
            ET.SubElement(case, "system-out").text = _text("\n".join(lines))


def _text(text: str) -> str:
    """The text without what XML cannot contain."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
