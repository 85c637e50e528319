"""Where the scenarios are played."""

from __future__ import annotations

from tests.engines.scenario import WAYS, Place, Way

__all__ = ["CHOSEN", "ENGINES", "PLACES"]

ENGINES: dict[str, tuple[Way, ...]] = {
    "chromium": WAYS,
    "firefox": WAYS,
    "webkit": ("shared", "service-worker", "none"),
}
"""The ways that each has; a test compares them with the engine itself."""

PLACES = tuple(Place(engine, way) for engine, ways in ENGINES.items() for way in ways)

CHOSEN: dict[str, dict[str, Way]] = {
    engine: {"plain": "jspi", "isolated": "jspi"}
    if "jspi" in ways
    else {"plain": "service-worker", "isolated": "shared"}
    for engine, ways in ENGINES.items()
}
"""What pyrun takes by itself, on a plain host and on one that isolates its pages."""
