"""The standard streams are files, with bytes and descriptors below them, whatever reads and writes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.routes import without_jspi
from tests.browser.scenarios import Scenario, block

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.browser.conftest import OpenPage
    from tests.browser.live_page import Cell, LivePage
    from tests.browser.sites import Site

WRITERS = {
    "reconfigured": r"""
        import sys
        sys.stdout.reconfigure(encoding="utf-8", line_buffering=True)
        print("naïve")
    """,
    "bytes": r"""
        import sys
        print("first", end=" ")
        _ = sys.stdout.buffer.write("été ".encode())
        sys.stdout.buffer.flush()
        print("last")
    """,
    "wrapper": r"""
        import codecs, io, sys
        text = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", line_buffering=True)
        print("x", file=text)
        codecs.getwriter("utf-8")(sys.stderr.buffer).write("é\n")
        print("after")
    """,
    "unflushed": r"""
        import io, sys
        above = [io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8")]
        above[0].write("not flushed\n")
        None
    """,
    "descriptors": r"""
        import faulthandler, io, os, sys
        print("a", end="")
        os.write(1, b"b")
        print("c", end="")
        with open(1, "w", closefd=False) as file:
            file.write("d")
        with os.fdopen(os.dup(1), "wb") as file:
            file.write(b"e")
        with open("/dev/stdout", "w") as file:
            file.write("f")
        io.FileIO(1, "wb", closefd=False).write(b"g\n")
        faulthandler.dump_traceback(sys.stdout)
        sys.stdout = open(1, "w", encoding="utf-8")
        print("flushed by the end of the run")
    """,
    "redirected": r"""
        import os
        with open("captured.txt", "w") as file:
            terminal = os.dup(1)
            os.dup2(file.fileno(), 1)
            print("text")
            os.write(1, b"bytes\n")
            os.dup2(terminal, 1)
        print(open("captured.txt").read().split())
        os.remove("captured.txt")
    """,
    "pieces": r"""
        import sys, time
        for byte in "é🐍\n".encode():
            sys.stdout.buffer.write(bytes([byte]))
            time.sleep(0.001)
        sys.stdout.buffer.write(b"caf\xe9\n\xc3")
        print("!")
        print("\ud83d")
        _ = sys.stdout.buffer.write(b"\xf0\x9f")
    """,
    "errors": r"""
        import sys
        sys.stdout.reconfigure(encoding="ascii", errors="replace")
        print("é")
        sys.stdout.reconfigure(errors="strict", newline="\r\n")
        print("end")
        print("é")
    """,
    "attributes": r"""
        import io, os, sys
        for stream in sys.stdin, sys.stdout, sys.stderr, sys.__stdout__:
            print(stream.name, stream.mode, stream.fileno(), stream.encoding, stream.closed, stream.isatty())
            print(isinstance(stream, io.TextIOWrapper), isinstance(stream.buffer.raw, io.RawIOBase))
        print(isinstance(sys.stdin.buffer, io.BufferedReader))
        print(isinstance(sys.stdout.buffer, io.BufferedWriter))
        print(sys.stdout.line_buffering, sys.stderr.errors, os.isatty(1), os.isatty(2), sys.stdin.newlines)
    """,
    "misused": r"""
        import sys
        for misuse in (
            lambda: sys.stdout.write(b"x"),
            lambda: sys.stdout.buffer.write("x"),
            lambda: sys.stdin.write("x"),
            lambda: sys.stdout.read(),
        ):
            try:
                misuse()
            except (OSError, TypeError) as error:
                print(type(error).__name__, error)
        sys.stdout.close()
        print("lost")
    """,
    "closed": r"""
        import gc, io, os, sys
        io.TextIOWrapper(sys.stdout.buffer).write("from a wrapper, which closes it\n")
        gc.collect()
        os.close(0); os.close(1); os.close(2)
        print("now it is closed")
    """,
    "handler": r"""
        import logging, sys
        logging.getLogger("mine").addHandler(logging.StreamHandler(sys.stderr))
        sys.stderr.buffer
        logging.getLogger("mine").error("logged")
    """,
    "handler later": r"""
        logging.getLogger("mine").error("logged later")
    """,
}

READERS = {
    "all bytes": r"""
        import sys
        a, b = map(int, sys.stdin.buffer.read().split())
        print(a + b)
    """,
    "descriptor": "print(sum(map(int, open(0))))",
    "device": "print(sum(map(int, open('/dev/stdin'))))",
    "size": r"""
        import io, os
        print(sum(map(int, io.BytesIO(os.read(0, os.fstat(0).st_size)))))
    """,
    "whole text": r"""
        import sys
        take = iter(sys.stdin.read().splitlines()).__next__
        print(int(take()) + int(take()))
    """,
    "lines": r"""
        import sys
        print(sum(int(line) for line in sys.stdin.readlines()))
    """,
    "wrapped": r"""
        import io, sys
        print(sum(map(int, io.TextIOWrapper(sys.stdin.detach(), encoding="utf-8"))))
    """,
}
"""Each adds the two numbers of its input."""

PRESET = {
    "mixed": r"""
        import sys
        print(input() + "!")
        print(sys.stdin.buffer.readline())
        print(sys.stdin.readline(), end="")
    """,
    "rest": r"""
        import os, sys
        print(sys.stdin.buffer.read(2), repr(input()), os.read(0, 2), repr(sys.stdin.readline()))
    """,
    "readline": r"""
        import sys
        read = sys.stdin.readline
        print(repr(read()), repr(read(1)), repr(read()), repr(next(sys.stdin)))
    """,
}
"""Each reads three lines: one, two, three."""

STREAMS = Scenario(
    "streams",
    {
        **{name: block(code) for name, code in WRITERS.items()},
        **{name: block(code, stdin="3\\n4") for name, code in READERS.items()},
        **{f"ask {name}": block(code) for name, code in READERS.items()},
        **{name: block(code, stdin="one\\ntwo\\nthree") for name, code in PRESET.items()},
        "kinds": block(r"""
            import getpass, os, sys
            print(sys.stdin.buffer.read(3))
            print(input("Rest? "))
            os.write(1, b"Bytes? ")
            print(os.read(0, 100))
            print(getpass.getpass())
            sys.stdin = open(0, closefd=False)
            print(input("File? "))
        """),
        "tasks": block(r"""
            import asyncio
            async def ask(name):
                return input(f"{name}? ")
            print(await asyncio.gather(ask("a"), ask("b")))
        """),
        "stopped": block("import sys\nsys.stdin.buffer.read()"),
        "hello": block("print(input('Name? '))", stdin="Ada"),
    },
)


SCENARIOS = (STREAMS,)


@pytest.fixture(params=["jspi", "service-worker"])
def page(request: pytest.FixtureRequest, open_page: OpenPage, site: Site) -> LivePage:
    """The page where Python is suspended while it waits, and where it blocks."""
    return open_page(STREAMS, site, before=without_jspi if request.param == "service-worker" else None)


def lines_of(live: LivePage, key: str) -> list[str]:
    """What the example shows."""
    return live.cell(key).run_to("done").splitlines()


def end_input(cell: Cell) -> None:
    """Wait for a prompt, and press End input."""
    expect(cell.prompt("Input")).to_be_focused()
    cell.button("End input").click()


def answer_all(cell: Cell, answers: Sequence[str]) -> None:
    """Answer each prompt, then end the input."""
    cell.run()
    for answer in answers:
        cell.answer("Input", answer)
    end_input(cell)
    cell.wait_for("done")


def test_text_and_bytes_are_shown_in_the_order_in_which_they_were_written(live: LivePage) -> None:
    assert lines_of(live, "reconfigured") == ["naïve"]
    assert lines_of(live, "bytes") == ["first été last"]
    assert lines_of(live, "wrapper") == ["x", "é", "after"]
    assert lines_of(live, "unflushed") == ["not flushed"]
    first, *trace, last = lines_of(live, "descriptors")
    assert first == "abcdefg"
    assert "most recent call first" in trace[0]
    assert any(live.file_name("descriptors") in line for line in trace)
    assert last == "flushed by the end of the run"


def test_code_can_redirect_a_descriptor(live: LivePage) -> None:
    assert lines_of(live, "redirected") == ["['text', 'bytes']"]
    assert lines_of(live, "bytes") == ["first été last"]


def test_characters_may_come_in_pieces_and_invalid_bytes_are_shown(live: LivePage) -> None:
    assert lines_of(live, "pieces") == ["é🐍", r"caf\xe9", r"\xc3!", r"\ud83d", r"\xf0\x9f"]


def test_an_encoding_holds_for_what_is_printed_until_the_run_ends(live: LivePage) -> None:
    text = live.cell("errors").run_to("error")
    assert text.startswith("?\nend\n\nTraceback")
    assert "UnicodeEncodeError: 'ascii' codec" in text
    assert lines_of(live, "reconfigured") == ["naïve"]


def test_streams_have_what_files_have(live: LivePage) -> None:
    assert lines_of(live, "attributes") == [
        "<stdin> r 0 utf-8 False False",
        "True True",
        "<stdout> w 1 utf-8 False True",
        "True True",
        "<stderr> w 2 utf-8 False True",
        "True True",
        "<stdout> w 1 utf-8 False True",
        "True True",
        "True",
        "True",
        "True backslashreplace True True None",
    ]


def test_mistakes_are_reported_as_those_with_files(live: LivePage) -> None:
    text = live.cell("misused").run_to("error")
    assert list(filter(None, text.splitlines())) == [
        "TypeError write() argument must be str, not bytes",
        "TypeError memoryview: a bytes-like object is required, not 'str'",
        "UnsupportedOperation not writable",
        "UnsupportedOperation not readable",
        "Traceback (most recent call last):",
        f'  File "{live.file_name("misused")}", line 13, in <module>',
        '    print("lost")',
        "    ~~~~~^^^^^^^^",
        "ValueError: I/O operation on closed file.",
    ]
    assert lines_of(live, "reconfigured") == ["naïve"]


def test_closed_streams_and_descriptors_work_in_the_next_run(live: LivePage) -> None:
    cell = live.cell("closed")
    assert cell.run_to("error").startswith("from a wrapper, which closes it\n\nTraceback")
    assert lines_of(live, "hello") == ["Name? Ada", "Ada"]
    assert lines_of(live, "descriptors")[0] == "abcdefg"
    assert lines_of(live, "handler") == ["logged"]
    assert lines_of(live, "handler later") == ["logged later"]


@pytest.mark.parametrize("key", READERS)
def test_whatever_reads_gets_the_preset_lines_and_then_those_of_the_reader(live: LivePage, key: str) -> None:
    cell = live.cell(key)
    answer_all(cell, [])
    assert cell.text.splitlines() == ["3", "4", "7"]


def test_whatever_reads_can_wait_for_the_reader(page: LivePage) -> None:
    for key in READERS:
        cell = page.cell(f"ask {key}")
        answer_all(cell, ["20", "22"])
        assert cell.text.splitlines() == ["20", "22", "42"], key


def test_text_bytes_and_descriptors_share_one_position(live: LivePage) -> None:
    assert lines_of(live, "mixed") == ["one", "one!", "two", r"b'two\n'", "three", "three"]
    assert lines_of(live, "rest")[-1] == r"b'on' 'e' b'tw' 'o\n'"
    assert lines_of(live, "readline")[-1] == r"'one\n' 't' 'wo\n' 'three\n'"


def test_each_prompt_is_of_the_kind_that_the_code_expects(page: LivePage) -> None:
    cell = page.cell("kinds")
    cell.run()
    cell.wait_for("input")
    expect(cell.button("End input")).to_be_visible()
    cell.answer("Input", "abcdef")  # the prompt below needs no answer: there is a rest
    cell.answer("Bytes?", "raw")
    cell.wait_for("input")
    expect(cell.prompt("Password:")).to_have_attribute("type", "password")
    cell.answer("Password:", "secret")
    cell.wait_for("input")
    expect(cell.button("End input")).to_have_count(0)
    cell.answer("File?", "last")
    cell.wait_for("done")
    assert [line for line in cell.text.splitlines() if not line.endswith("abcdef")] == [
        "b'abc'",
        "Rest? def",
        "Bytes? raw",
        r"b'raw\n'",
        "Password: ",
        "secret",
        "File? last",
        "last",
    ]


def test_several_tasks_can_ask(live: LivePage) -> None:
    cell = live.cell("tasks")
    cell.run()
    cell.answer("a?", "1")
    cell.answer("b?", "2")
    cell.wait_for("done")
    assert cell.text.splitlines()[-1] == "['1', '2']"


def test_stop_ends_code_that_reads_bytes(page: LivePage) -> None:
    cell = page.cell("stopped")
    cell.run()
    cell.wait_for("input")
    cell.stop()
    cell.wait_for("stopped")
    assert lines_of(page, "hello") == ["Name? Ada", "Ada"]
