"""The names of a page's examples, the examples they need, and the reports about mistakes."""

import pytest

from pyrun_core.examples.example import Example, make_example
from pyrun_core.examples.page_examples import PageExamples, with_unique_names
from pyrun_core.options.declare import Scope, read_options
from pyrun_core.problems import Location, Problem


def report(problem: Problem, message: str, location: Location) -> None:
    pytest.fail(f"{location}: {message} {problem}")


def example(line: int, name: str = "", needs: str = "", page: str = "a.rst") -> Example:
    location = Location("a.rst", line)
    block = read_options({"name": name, "needs": needs}, Scope.BLOCK, location, report)
    return make_example("1", site={}, page={}, block=block, file=page, location=location)


def problems_of(*names_and_needs: tuple[str, str]) -> list[tuple[Problem, str, int | None]]:
    """The reports about examples that begin in line 1, 2 and so on."""
    problems: list[tuple[Problem, str, int | None]] = []
    page = PageExamples(lambda problem, message, location: problems.append((problem, message, location.line)))
    for line, (name, needs) in enumerate(names_and_needs, 1):
        page.add(example(line, name, needs))
    page.check_needs()
    return problems


def messages_of(*names_and_needs: tuple[str, str]) -> list[str]:
    return [message for _, message, _ in problems_of(*names_and_needs)]


def test_examples_may_need_earlier_and_later_ones() -> None:
    assert problems_of(("plot", "load, Tidy-Up"), ("load", ""), ("Tidy up", "load"), ("", "plot load")) == []


def test_the_message_for_a_missing_needed_name_suggests_the_nearest_and_lists_all() -> None:
    ((problem, message, line),) = problems_of(("load", ""), ("plot", ""), ("", "load lod"))
    assert (problem, line) == (Problem.NEEDS, 3)
    assert message == (
        "needs: no example of this page has the name 'lod'. Did you mean 'load'? The names are load, plot"
    )


def test_the_message_for_a_needed_name_like_no_other_lists_all() -> None:
    (message,) = messages_of(("load", ""), ("", "zzz"))
    assert message == "needs: no example of this page has the name 'zzz'. The names are load"


def test_the_message_for_a_needed_name_says_that_the_page_has_no_names() -> None:
    (message,) = messages_of(("", "load"))
    assert message == "needs: no example of this page has the name 'load'. No example has a name"


def test_an_example_that_needs_itself_is_reported() -> None:
    assert problems_of(("a", "A")) == [
        (Problem.NEEDS, "needs: the example needs itself. Remove 'a' from its needs", 1),
    ]


def test_a_cycle_is_reported_once_where_it_begins() -> None:
    assert problems_of(("start", "a"), ("a", "b"), ("b", "c"), ("c", "a")) == [
        (
            Problem.NEEDS,
            (
                "needs: these examples form a cycle: 'a' needs 'b', which needs 'c', which needs 'a'. "
                "Remove one of these needs"
            ),
            2,
        ),
    ]


def test_two_cycles_are_both_reported() -> None:
    assert len(messages_of(("a", "b"), ("b", "a"), ("c", "c"))) == 2


def test_several_paths_to_one_example_are_no_cycle() -> None:
    assert messages_of(("a", ""), ("b", "a"), ("c", "a"), ("d", "b c a")) == []


def test_a_long_chain_of_needs_is_followed() -> None:
    chain = [(f"e{number}", f"e{number + 1}") for number in range(2000)]
    (message,) = messages_of(*chain[:50], ("e50", "e0"))
    assert "which needs 'e50', which needs 'e0'" in message
    assert len(messages_of(*chain)) == 1  # what the last one needs


def test_names_are_compared_without_case_and_extra_white_space() -> None:
    assert problems_of(("My demo", ""), ("my  DEMO", ""), ("my-demo", "")) == [
        (Problem.NAME, f"the name '{name}' is already used in this page. Choose another name", line)
        for line, name in ((2, "my  DEMO"), (3, "my-demo"))
    ]


def test_a_name_used_twice_belongs_to_the_first_example() -> None:
    page = PageExamples(lambda *_: None)
    assert [page.add(example(line, "a")).options.name for line in (1, 2)] == ["a", ""]


def test_pages_combined_into_one_keep_their_needs_apart() -> None:
    told = with_unique_names(
        [
            example(1, "load", page="one.md"),
            example(2, "plot", "load", page="one.md"),
            example(3, "Load", page="guide/two.md"),
            example(4, "", "load", page="guide/two.md"),
        ]
    )
    assert [(made.options.name, made.options.needs) for made in told] == [
        ("one/load", ()),
        ("plot", ("one/load",)),
        ("guide/two/load", ()),
        ("", ("guide/two/load",)),
    ]


def test_names_that_only_one_page_has_are_unchanged() -> None:
    examples = [example(1, "Load", page="one.md"), example(2, "plot", page="two.md")]
    assert with_unique_names(examples) == examples
