"""Where the scenarios are played."""

from __future__ import annotations

from tests.engines.scenario import STRATEGIES, Place, WaitStrategy

__all__ = ["CHOSEN", "ENGINES", "PLACES"]

ENGINES: dict[str, tuple[WaitStrategy, ...]] = {
    "chromium": STRATEGIES,
    "firefox": STRATEGIES,
    "webkit": ("shared", "service-worker", "none"),
}
"""The wait strategies that each engine has; a test compares them with the engine itself."""

PLACES = tuple(Place(engine, strategy) for engine, strategies in ENGINES.items() for strategy in strategies)

CHOSEN: dict[str, dict[str, WaitStrategy]] = {
    engine: {"plain": "jspi", "isolated": "jspi"}
    if "jspi" in strategies
    else {"plain": "service-worker", "isolated": "shared"}
    for engine, strategies in ENGINES.items()
}
"""The strategies that pyrun chooses, on a plain host and on a host that isolates its pages."""
