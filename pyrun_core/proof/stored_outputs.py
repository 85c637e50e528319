"""The outputs that a build stores, because their examples have the option `output`."""

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from pyrun_core.outputs.stable import stable_svg, stable_text, svg_size
from pyrun_core.outputs.static_html import static_table
from pyrun_core.outputs.stored import StoredFigure, StoredOutput, StoredTable, StoredText
from pyrun_core.proof.checked import CheckedExample
from pyrun_core.proof.outcomes import Part
from pyrun_core.proof.verdict import Proof, Verdict

__all__ = ["store_outputs"]

_PICTURES = {
    "image/svg+xml": ".svg",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
}
"""The forms of pictures in the order in which a page prefers them, with the ends of file names."""

_DRAWN_BY_SCRIPT = "application/vnd.pyrun.frame+json"
_DISPLAY = "display"

_MOST_CHARACTERS = 20_000
"""Of text in one output. The reader's run has the rest."""

_CUT = "\n..."
_HASH_CHARACTERS = 16


def store_outputs(
    proofs: Sequence[Proof], log: Callable[[str], object]
) -> Mapping[CheckedExample, StoredOutput]:
    """The outputs of the proven examples that store theirs. Why others have none is logged."""
    outputs: dict[CheckedExample, StoredOutput] = {}
    for proof in proofs:
        example = proof.example
        if not example.stores_output:
            continue
        if proof.verdict is Verdict.PROVEN:
            if pieces := tuple(_pieces(proof, log)):
                outputs[example] = StoredOutput(pieces)
        else:
            why = f"because the example is {proof.verdict.value}. {proof.message}"
            log(f"{proof.location}: no output is stored, {why}")
    return outputs


def _pieces(proof: Proof, log: Callable[[str], object]) -> Iterator[StoredText | StoredTable | StoredFigure]:
    """What is shown of an example. Documented output stays in its place, and is not shown twice."""
    documented = {output.line for output in proof.example.outputs}
    shown: list[StoredTable | StoredFigure | Part] = []
    for part in proof.parts:
        piece = _display(part, proof, log) if part.stream == _DISPLAY else part
        is_documented = documented and (part.line in documented or part.line == 0)
        if piece is not None and (isinstance(piece, StoredFigure) or not is_documented):
            shown.append(piece)
    left = _MOST_CHARACTERS
    for is_text, group in groupby(shown, lambda each: isinstance(each, Part)):
        if not is_text:
            yield from (each for each in group if not isinstance(each, Part))
            continue
        text = _text((each for each in group if isinstance(each, Part)), left)
        if text.text.strip():
            yield text
        left = max(0, left - len(text.text))


def _text(parts: Iterable[Part], most: int) -> StoredText:
    spans: list[tuple[str, str]] = []
    for part in parts:
        text = stable_text(part.text)
        if len(text) > most:
            spans.append((part.stream, text[:most] + _CUT))
            break
        most -= len(text)
        spans.append((part.stream, text))
    while spans and not (last := spans[-1][1].rstrip("\n")):
        spans.pop()
    if spans:
        spans[-1] = (spans[-1][0], last)
    return StoredText(tuple(spans))


def _display(
    part: Part, proof: Proof, log: Callable[[str], object]
) -> StoredTable | StoredFigure | Part | None:
    """The richest form of a display that needs no script."""
    data = part.data or {}
    if "text/html" in data and (table := static_table(data["text/html"])):
        return StoredTable(table, stable_text(part.text))
    for mime_type in _PICTURES:
        if mime_type in data and (figure := _figure(part, mime_type, data[mime_type])):
            return figure
    if _DRAWN_BY_SCRIPT in data:
        log(
            f"{proof.example.location}: a figure is not stored, because a script draws it. "
            "Readers see it when they run the example"
        )
        return None
    return Part(part.line, "value", f"{part.text}\n")


def _figure(part: Part, mime_type: str, data: str) -> StoredFigure | None:
    """A picture; ``None`` for a drawing that could do more than show itself."""
    width, height = part.width, part.height
    if mime_type == "image/svg+xml":
        svg = stable_svg(data)
        if svg is None:
            return None
        content = svg.encode()
        if not (width and height):
            width, height = svg_size(svg)
    else:
        content = base64.b64decode(data)
    name = f"{hashlib.sha256(content).hexdigest()[:_HASH_CHARACTERS]}{_PICTURES[mime_type]}"
    return StoredFigure(name, mime_type, part.alt, stable_text(part.text), width, height, content)
