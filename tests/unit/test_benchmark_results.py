"""Benchmark numbers become medians, quartiles and ratios, and a failed benchmark doesn't stop the others."""

from __future__ import annotations

import pytest

from benchmarks.bench import Group
from benchmarks.report import limit, lines_of, merged, results_of, row_results
from benchmarks.rows import BARE, PYRUN, Found, Row, Spread, interleaved, ratio_of, spread_of

HELLO = Row("hello", "hello", "ms", 0.5)
GROUP = Group("visits", "Visits", (HELLO,), lambda _: iter(()))


def test_a_spread_is_a_median_between_quartiles() -> None:
    assert spread_of([5, 1, 3, 2, 4]) == Spread(3, 2, 4, 5)
    assert spread_of([7]) == Spread(7, 7, 7, 1)


def test_the_ratio_is_that_of_the_medians_and_its_spread_that_of_pairs() -> None:
    assert ratio_of([1, 2, 3], [10, 10, 5]) == Spread(0.2, pytest.approx(0.15), pytest.approx(0.4), 3)
    assert ratio_of([1], []) is None


def test_rounds_alternate_and_the_first_is_dropped() -> None:
    order: list[str] = []

    def take(kind: str) -> float:
        order.append(kind)
        return float(len(order))

    tries = {("hello", kind): lambda kind=kind: take(kind) for kind in (BARE, PYRUN)}
    assert [*interleaved(2, tries, "")] == [
        Found("hello", BARE, [3.0, 5.0]),
        Found("hello", PYRUN, [4.0, 6.0]),
    ]
    assert order == [BARE, PYRUN] * 3


def test_a_failed_benchmark_is_retried_once_and_reported() -> None:
    calls: list[str] = []

    def fail() -> float:
        calls.append("")
        raise RuntimeError("no such page\nand more")

    tries = {("hello", BARE): lambda: 1.0, ("hello", PYRUN): fail}
    found = {each.kind: each for each in interleaved(3, tries, "", dropped=0)}
    assert found[BARE].values == [1.0] * 3
    assert found[PYRUN] == Found("hello", PYRUN, [], "RuntimeError: no such page")
    assert len(calls) == 2


@pytest.mark.parametrize(
    ("ours", "words"),
    [
        ([4.0, 5.0, 6.0], "0.5: met"),
        ([6.0, 7.0, 8.0], "0.5: not met"),
        ([], "0.5: not measured"),
    ],
)
def test_a_row_shows_whether_its_limit_is_met(ours: list[float], words: str) -> None:
    founds = [Found("hello", BARE, [10.0] * 3), Found("hello", PYRUN, ours, "" if ours else "it failed")]
    assert limit(row_results(HELLO, founds)) == words


def test_a_group_can_compare_with_another_kind_of_site() -> None:
    build = Row("build", "a build", "s", 1.1)
    group = Group("large", "Large", (build,), GROUP.measure, compared_with="plain")
    founds = [Found("build", "plain", [10.0]), Found("build", PYRUN, [10.5]), Found("build", BARE, [1.0])]
    results = results_of([group], founds, {})
    assert results["groups"]["large"]["rows"]["build"]["ratios"][PYRUN]["median"] == 1.05
    lines = [*lines_of(results)]
    assert "| | plain | pyrun | bare | pyrun / plain | limit |" in lines
    assert lines[-1].endswith("| 1.05 (1.05 to 1.05) | 1.1: met |")


def test_groups_that_were_not_measured_again_are_kept() -> None:
    old = results_of([GROUP], [Found("hello", BARE, [1.0])], {"pyrun": "1"})
    other = Group("stop", "Stop", (HELLO,), GROUP.measure)
    new = results_of([other], [Found("hello", BARE, [2.0])], {"pyrun": "2"})
    everything = merged(old, new, ["stop", "visits"])
    assert list(everything["groups"]) == ["stop", "visits"]
    assert everything["versions"] == {"pyrun": "2"}
    assert "| hello | 1 ms |  | 0.5: not measured |" in [*lines_of(everything)]
