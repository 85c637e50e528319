"""The text that the page gets of what code writes."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pyrun_runtime.io.output_buffer import OutputBuffer

Sent = list[tuple[str, str]]


@pytest.fixture
def sent() -> Sent:
    """What the page has received: streams and text."""
    return []


@pytest.fixture
def output(project: Path, sent: Sent, monkeypatch: pytest.MonkeyPatch) -> Iterator[OutputBuffer]:
    """A buffer that is flushed on demand only."""
    monkeypatch.syspath_prepend(str(project / "assets" / "python"))
    from pyrun_runtime.io import output_buffer  # noqa: PLC0415 - on the path only now

    worker: Any = sys.modules["_pyrun_worker"]
    monkeypatch.setattr(worker, "write", lambda *written: sent.append(written), raising=False)
    monkeypatch.setattr(worker, "send", lambda: None, raising=False)
    loop = asyncio.new_event_loop()
    yield output_buffer.OutputBuffer(loop)
    loop.close()


def test_writes_to_one_stream_become_one_text(output: OutputBuffer, sent: Sent) -> None:
    for stream, written in (("stdout", "a"), ("stdout", b"b"), ("stderr", "c"), ("stdout", "d")):
        output.add(stream, written)
    output.flush()
    assert sent == [("stdout", "ab"), ("stderr", "c"), ("stdout", "d")]


def test_a_character_is_complete_after_several_writes_and_flushes(output: OutputBuffer, sent: Sent) -> None:
    for byte in "é🐍".encode():
        output.add("stdout", bytes([byte]))
        output.flush()
    assert "".join(text for _, text in sent) == "é🐍"


def test_each_stream_has_its_own_incomplete_character(output: OutputBuffer, sent: Sent) -> None:
    output.add("stdout", "é".encode()[:1])
    output.add("stderr", b"x")
    output.add("stdout", "é".encode()[1:])
    output.flush()
    assert sent == [("stdout", ""), ("stderr", "x"), ("stdout", "é")]


def test_what_is_no_text_is_shown(output: OutputBuffer, sent: Sent) -> None:
    output.add("stdout", b"caf\xe9 \xc3")
    output.add("stdout", "!\ud83d")
    output.flush()
    assert sent == [("stdout", r"caf\xe9 \xc3!\ud83d")]


def test_a_character_that_stays_incomplete_is_shown_in_the_end(output: OutputBuffer, sent: Sent) -> None:
    output.add("stdout", b"a\xf0\x9f")
    output.settle()
    output.settle()
    assert sent == [("stdout", "a"), ("stdout", r"\xf0\x9f")]


def test_bytes_are_part_of_a_prompt(output: OutputBuffer) -> None:
    output.add("stdout", "line\nYour ")
    output.add("stdout", b"name? ")
    assert output.take_prompt() == "Your name? "
