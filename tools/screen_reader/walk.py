"""The walk through the page in a browser, with the keys of a reader and the ears of a listener."""

from __future__ import annotations

from time import sleep
from typing import TYPE_CHECKING, Protocol

from tools.screen_reader.steps import EXAMPLES, SECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.screen_reader.desktop import Desktop
    from tools.screen_reader.speech import Utterance
    from tools.screen_reader.steps import Section, Step

__all__ = ["Window", "walk"]

MOST_PRESSES = 12
"""To reach a button; one that is farther away counts as not reachable."""

STATE = "(index) => document.querySelectorAll('pyrun-cell')[index].dataset.state ?? 'idle'"
FOCUSED = """(index) => {
  const cell = document.querySelectorAll("pyrun-cell")[index];
  const focused = document.activeElement === cell ? cell.shadowRoot.activeElement : document.activeElement;
  return cell === document.activeElement || cell.contains(focused) ? focused.textContent.trim() : "";
}"""

KEY_SECONDS = 0.8
"""Until the browser and Orca have handled a key."""

SILENCE_SECONDS = 2.5
"""A silence after which nothing more comes."""

WORDS = {
    "running": "Running",
    "input": "What is your name?",
    "done": "Done",
    "error": "Failed",
    "stopped": "Stopped",
}
"""What is said of the states. A browser that has drawn much output says it late."""

LONGEST_SECONDS = 60
RUN_SECONDS = 120
LOOK_EVERY_SECONDS = 0.2


class Window(Protocol):
    """A browser's window with the page."""

    def call(self, function: str, argument: int) -> str:
        """Call a JavaScript function, given as text, in the page."""


def walk(desktop: Desktop, window: Window) -> Iterator[tuple[Section, list[tuple[Step, list[Utterance]]]]]:
    """Walk through all sections; yield what was heard at each step."""
    desktop.speech.listen(SILENCE_SECONDS, LONGEST_SECONDS)  # the browser's greeting
    for section in SECTIONS:
        steps = [(step, list(_take(desktop, window, section, step))) for step in section.steps]
        yield section, steps


def _take(desktop: Desktop, window: Window, section: Section, step: Step) -> Iterator[Utterance]:
    index = EXAMPLES.position(section.example)
    if step.types:
        desktop.type(step.types)
        sleep(KEY_SECONDS)
    for _ in range(MOST_PRESSES if step.to else 1):
        for key in step.keys:
            desktop.press(key)
            sleep(KEY_SECONDS)
        if not step.to:
            break
        yield from desktop.speech.listen(KEY_SECONDS, LONGEST_SECONDS)
        if window.call(FOCUSED, index) == step.to:
            break
    else:
        raise RuntimeError(f"{section.title}: {step.keys} did not lead to {step.to}")
    if step.until:
        _wait(window, index, step.until, section.title)
    yield from desktop.speech.listen(SILENCE_SECONDS, LONGEST_SECONDS, WORDS.get(step.until, ""))


def _wait(window: Window, index: int, state: str, title: str) -> None:
    for _ in range(int(RUN_SECONDS / LOOK_EVERY_SECONDS)):
        if window.call(STATE, index) == state:
            return
        sleep(LOOK_EVERY_SECONDS)
    raise RuntimeError(f"{title}: the example is {window.call(STATE, index)}, not {state}")
