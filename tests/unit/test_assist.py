"""Help while a reader writes code: what Python answers, and that it calls nothing of the reader's."""

from __future__ import annotations

import functools
import json
import sys
import threading
import types
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Ask = Callable[..., Any]

OBJECTS = '''
import functools, math, random
touched = []

class Hostile(type):
    """A metaclass that does not want to be looked at."""
    def __getattribute__(cls, name): touched.append(name); raise RuntimeError
    def __eq__(cls, other): touched.append("eq"); raise RuntimeError
    def __hash__(cls): touched.append("hash"); raise RuntimeError
    def __instancecheck__(cls, value): touched.append("instancecheck"); raise RuntimeError

def _touch(self, *arguments): touched.append("called"); raise RuntimeError

class Thing(metaclass=Hostile):
    """A thing that does not want to be looked at."""
    kind = 1
    def __init__(self, size): self.__dict__["own"] = size
    def method(self, first, *, second=2): """Do it."""
    @property
    def lazy(self): """It is lazy."""; touched.append("lazy")
    __getattr__ = __getattribute__ = __dir__ = __repr__ = __eq__ = __len__ = __iter__ = __bool__ = _touch
    __hash__ = __str__ = __format__ = __call__ = __class_getitem__ = _touch

thing = object.__new__(Thing)
object.__getattribute__(thing, "__dict__")["own"] = 1
object.__getattribute__(thing, "__dict__")["other"] = thing

class Slotted:
    __slots__ = ("near",)
    def __init__(self): self.near = [1, 2]
    @classmethod
    def make(cls, source: str, count: "int" = 3, *rest, **options) -> "Slotted": """Make one."""
    @staticmethod
    def plain(a, /, b): pass

slotted = Slotted()

@functools.wraps(Slotted.plain)
def wrapped(*arguments, **named): pass

@functools.cache
def cached(number: int) -> str:
    """Look it up.

    Twice.

    Parameters
    ----------
    number
        is not shown
    """

async def coroutine(one, two): pass
places = {"north pole": {"deep": [1]}, "south": 2, 7: 3, (1, 2): 4}
größe = 3
made = eval("lambda only: only")
bound = [].append
'''


@pytest.fixture
def ask(
    runtime_module: Callable[[str], Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Any]:
    """Asks a question about code, in a session with `OBJECTS`. A bar is the cursor."""
    answers = runtime_module("assist.answers")
    main = types.ModuleType("__main__")
    exec(compile(OBJECTS, "cell1.py", "exec", dont_inherit=True), main.__dict__)  # noqa: S102 - that of a reader
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data.csv").touch()
    (tmp_path / "folder").mkdir()
    main.__dict__["touched"].clear()

    def ask(kind: str, code: str, *, asked: bool = False, names: dict[str, Any] | None = None) -> Any:  # noqa: ANN401
        before, _, after = code.partition("|")
        question = {
            "kind": kind,
            "before": before + after if kind == "describe" else before,
            "code": before + after,
            "cursor": len(before),
            "asked": asked,
            "fileName": "cell1.py",
        }
        answer = answers.answer(
            question, main.__dict__ if names is None else names, lambda: '["numpy.linalg"]'
        )
        assert main.__dict__["touched"] == []
        return json.loads(answer)

    return ask


def labels(answer: dict[str, Any] | None) -> list[str]:
    """The options."""
    return [option["label"] for option in answer["options"]] if answer else []


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("gr|", "größe"),
        ("pri|", "print"),
        ("whi|", "while"),
        ("x = [gr|", "größe"),
        ("slotted.|", "near"),
        ("slotted.near.|", "append"),
        ("slotted.near[0].|", "bit_length"),
        ("Slotted.|", "make"),
        ("Slotted().|", "plain"),
        ("thing.|", "lazy"),
        ("thing.|", "own"),
        ("thing.other.|", "method"),
        ("Thing.|", "method"),
        ("'text'.|", "upper"),
        ("'{}'.format(1).|", None),
        ("[].|", "append"),
        ("math.|", "sin"),
        ("math.sin(slotted.|", "near"),
        ("f'{slotted.|", "near"),
        ("f'{slotted.near!r:>{gr|", "größe"),
        ("print(slotted.near,\n      gr|", "größe"),
        ("places['|", "north pole"),
        ('places["no|', "north pole"),
        ("places['north pole']['|", "deep"),
        ("places.get('|", "south"),
        ("places[|", "'north pole'"),
        ("places[|", "7"),
        ("Slotted.make('a', co|", "count="),
        ("print(1, se|", "sep="),
        ("open('|", "data.csv"),
        ("open('fo|", "folder/"),
        ("import col|", "colorsys"),
        ("import num|", "numpy"),
        ("import email.m|", "message"),
        ("from email import |", "message"),
        ("from math import si|", "sin"),
        ("from colorsys import rgb|", "rgb_to_hls"),
        ("import colorsys\ncolorsys.rgb|", "rgb_to_hls"),
        ("import math as m\nm.|", "sin"),
        ("from math import sin as s\ns|", "s"),
        ("mine = {}\nmine.|", "keys"),
        ("text = 'a' # comment\ntext.|", None),
        ("x = 1 # gr|", None),
        ("'gr|", None),
        ("f'gr|", None),
        ('"""\ngr|', None),
        ("1.|", None),
        ("0xf|", None),
        ("def gr|", None),
        ("class gr|", None),
        ("import math as gr|", None),
        ("def f(gr|", None),
        ("def f(a=gr|", "größe"),
        ("for gr|", None),
        ("|", None),
        ("print(|", None),
        (") ] } |", None),
        ("thing.lazy.|", None),
        ("absent.|", None),
    ],
)
def test_completions_are_what_fits_at_the_cursor(ask: Ask, code: str, expected: str | None) -> None:
    found = labels(ask("complete", code))
    if expected is None:
        assert not set(found) & {"größe", "count=", "near", "data.csv"}, found
    else:
        assert expected in found


def test_the_reader_can_ask_for_names_before_typing(ask: Ask) -> None:
    assert "größe" in labels(ask("complete", "|", asked=True))
    assert "data.csv" in labels(ask("complete", "print('|", asked=True))
    assert not ask("complete", "print('|")


def test_an_argument_that_is_given_is_not_offered_again(ask: Ask) -> None:
    assert "count=" not in labels(ask("complete", "Slotted.make('a', count=1, co|"))
    assert "source=" not in labels(ask("complete", "Slotted.make('a', so|"))


def test_private_names_appear_when_an_underscore_is_typed(ask: Ask) -> None:
    assert not [label for label in labels(ask("complete", "thing.|")) if label.startswith("_")]
    assert "__init__" in labels(ask("complete", "thing.__|"))


def test_large_namespaces_are_cut_and_can_be_asked_again(ask: Ask) -> None:
    names = {f"name{number}": number for number in range(100_000)}
    answer = ask("complete", "na|", names=names)
    assert len(answer["options"]) <= 600
    assert not answer["isWhole"]
    assert labels(ask("complete", "name123|", names=names))[0].startswith("name123")
    keys = {"big": {f"key{number}": 1 for number in range(100_000)}}
    assert len(ask("complete", "big['|", names=keys)["options"]) <= 600


@pytest.mark.parametrize(
    ("code", "name", "pieces", "active"),
    [
        ("Slotted.make(|", "make", ["source: str", "count: int = 3", "*rest", "**options"], 0),
        ("Slotted.make('a', |", "make", None, 1),
        ("Slotted.make('a', 1, 2, |", "make", None, 2),
        ("Slotted.make(count=|", "make", None, 1),
        ("Slotted.make(other=|", "make", None, 3),
        ("slotted.make([1, 2], {'a': 1}, |", "make", None, 2),
        ("Slotted.plain(1, b=|", "plain", ["a", "/", "b"], 2),
        ("thing.method(1, second=|", "method", ["first", "*", "second=2"], 2),
        ("Thing(|", "Thing", ["size"], 0),
        ("wrapped(|", "wrapped", ["a", "/", "b"], 0),
        ("cached(|", "cached", ["number: int"], 0),
        ("coroutine(1, |", "coroutine", ["one", "two"], 1),
        ("made(|", "made", ["only"], 0),
        ("bound(|", "bound", ["object", "/"], 0),
        ("math.sin(|", "sin", ["x", "/"], 0),
        ("''.join(|", "join", ["iterable", "/"], 0),
        ("len(coroutine(1, (2, |", "coroutine", None, 1),
        ("random.randint(1, |", "randint", ["a", "b"], 1),
        ("dict(|", "dict", None, 0),
        ("range(1, |", "range", ["start", "stop", "step"], 1),
    ],
)
def test_signatures_mark_the_current_parameter(
    ask: Ask, code: str, name: str, pieces: list[str] | None, active: int
) -> None:
    answer = ask("signature", code)
    assert answer["name"] == name
    assert answer["active"] == active
    if pieces is not None:
        assert answer["pieces"] == pieces


@pytest.mark.parametrize(
    "code", ["def f(|", "absent(|", "places(|", "thing.lazy(|", "if (|", "x = 1|", "'len(|"]
)
def test_there_is_no_help_where_nothing_is_called(ask: Ask, code: str) -> None:
    assert ask("signature", code) is None


def test_names_are_described(ask: Ask) -> None:
    cached = ask("describe", "cach|ed")
    assert (cached["title"], cached["text"]) == ("cached(number: int) -> str", "Look it up.\n\nTwice.")
    assert ask("describe", "ma|th.pi")["title"] == "module math"
    assert ask("describe", "math.p|i")["title"].startswith("pi: float = 3.14")
    assert ask("describe", "math.p|i")["names"][0] == "math.pi"
    assert ask("describe", "thing.la|zy") == {"title": "lazy: property", "text": "It is lazy.", "names": []}
    assert ask("describe", "thi|ng")["title"] == "thing: Thing"
    assert ask("describe", "größ|e = 1")["title"] == "größe: int = 3"
    assert ask("describe", "plac|es")["title"].startswith(
        "places: dict = {'north pole': {'deep': …}, 'south': 2"
    )
    assert "list.append" in ask("describe", "slotted.near.appe|nd")["names"]
    assert ask("describe", "'pla|ces'") is None
    assert ask("describe", "# places|") is None
    assert ask("describe", "absent|") is None


def test_long_docstrings_are_cut(ask: Ask) -> None:
    def long() -> None:
        pass

    long.__doc__ = "word " * 2_000_000
    answer = ask("describe", "lo|ng", names={"long": long})
    assert len(answer["text"]) < 700


def test_what_code_put_in_place_of_python_is_not_believed(ask: Ask) -> None:
    class Text(str):
        __slots__ = ()

        def __getitem__(self, _: object) -> str:
            raise AssertionError

    def odd() -> None:
        pass

    odd.__doc__ = Text("a docstring")
    module = types.ModuleType("odd_module")
    module.__dict__["__path__"] = object()
    module.__dict__["__name__"] = Text("odd_module")
    assert ask("describe", "od|d", names={"odd": odd})["text"] == ""
    assert ask("complete", "m.|", names={"m": module}) is None
    cycle = functools.partial(print)
    cycle.__dict__["__wrapped__"] = cycle
    ask("signature", "cycle(|", names={"cycle": cycle})
    lock: Any = threading.Lock()
    assert "acquire" in labels(ask("complete", "lock.|", names={"lock": lock}))


def test_a_module_with_lazy_attributes_is_not_asked_for_them(ask: Ask) -> None:
    module = types.ModuleType("lazy")
    exec("present = 1\ndef __getattr__(name): raise AssertionError(name)", module.__dict__)  # noqa: S102
    assert labels(ask("complete", "lazy.|", names={"lazy": module})) == ["present"]
    assert ask("describe", "lazy.abs|ent", names={"lazy": module}) is None


def test_answers_import_no_module_that_runs_code(ask: Ask) -> None:
    sys.modules.pop("colorsys", None)
    ask("complete", "import colorsys\ncolorsys.|")
    ask("complete", "from colorsys import |")
    ask("describe", "import colorsys\ncolorsys.rgb_to_h|ls")
    assert "colorsys" not in sys.modules


@pytest.mark.parametrize(
    ("code", "message", "place"),
    [
        ("print 'a'", "Missing parentheses", (1, 0, 1, 9)),
        ("x = (1,\n", "'(' was never closed", (1, 4, 1, 5)),
        ("ä = 'ü' )", "unmatched ')'", (1, 8, 1, 9)),
        ("def f():\npass", "expected an indented block", (2, 0, 2, 4)),
        ("return 1", "'return' outside function", (1, 0, 1, 8)),
    ],
)
def test_mistakes_have_the_words_of_python(ask: Ask, code: str, message: str, place: tuple[int, ...]) -> None:
    mistake = ask("check", code)["mistake"]
    assert message in mistake["message"]
    assert (mistake["line"], mistake["column"], mistake["endLine"], mistake["endColumn"]) == place


@pytest.mark.parametrize("code", ["x = 1", "", "await f()", "%timeit x", "!ls", ">>> x = 1\n>>> x", "'\\d'"])
def test_what_runs_is_no_mistake(ask: Ask, code: str, recwarn: pytest.WarningsRecorder) -> None:
    assert ask("check", code) == {"mistake": None}
    assert not recwarn


def test_code_that_takes_long_to_compile_is_not_checked(ask: Ask) -> None:
    assert ask("check", "x = 1\n" * 20_000) is None
    assert ask("check", "x = '\0'")["mistake"] is not None
