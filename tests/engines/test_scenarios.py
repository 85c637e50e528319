"""Every scenario gives its expected result in every engine, with every wait strategy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.engines import scenarios
from tests.engines.opened import open_examples
from tests.engines.places import CHOSEN, ENGINES, PLACES
from tests.engines.scenario import Cells
from tests.engines.table import FAILS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.engines.conftest import Servers
    from tests.engines.engine import Engine
    from tests.engines.opened import Opened
    from tests.engines.scenario import Scenario
    from tests.engines.table import Table

HAS_JSPI = "() => 'Suspending' in WebAssembly"


@pytest.mark.parametrize("opened", PLACES, ids=str, indirect=True, scope="session")
@pytest.mark.parametrize("scenario", scenarios.SCENARIOS, ids=lambda scenario: scenario.name)
def test_a_scenario_has_its_expected_result(opened: Opened, scenario: Scenario, table: Table) -> None:
    table.add(scenario, opened.place, FAILS)
    table.add(scenario, opened.place, opened.play(scenario))


@pytest.mark.parametrize("engine", ENGINES)
def test_the_best_strategy_is_used(
    engine: str, start_engine: Callable[[str], Engine], servers: Servers
) -> None:
    tab = start_engine(engine).new_tab()
    hello = scenarios.SCENARIOS[0]
    taken = {}
    for host in CHOSEN[engine]:
        page = open_examples(tab, servers.address(host))
        cell = page.cell(hello.cell_name("hello"))
        cell.run_to("done")
        taken[host] = cell.strategy
    has_jspi = tab.call(HAS_JSPI)
    tab.close()
    assert taken == CHOSEN[engine]
    assert has_jspi == ("jspi" in ENGINES[engine]), "tests/engines/places.py says otherwise"


@pytest.mark.parametrize("engine", ENGINES)
def test_python_is_restored_from_a_snapshot_on_the_second_page(
    engine: str, start_engine: Callable[[str], Engine], servers: Servers
) -> None:
    tab = start_engine(engine).new_tab()
    package = next(scenario for scenario in scenarios.SCENARIOS if scenario.name == "package")
    page = open_examples(tab, servers.saved("plain"))
    page.call("keepSnapshots")
    package.play(Cells(page, package))
    assert page.call("snapshotsOfStarts") == ["wanted"]
    assert page.call("whenSnapshotMade") == "made"
    tab.leave_open()
    page = open_examples(tab, servers.saved("plain"))
    package.play(Cells(page, package))
    assert page.call("snapshotsOfStarts") == ["used"]
    package.play(Cells(page, package))
    tab.close()
