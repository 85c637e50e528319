"""Alarms and interval timers, which a browser's Python does not have: when the next one is due.

They never ring by themselves. Whoever waits waits no longer than `seconds_left`, and rings what is due.
"""

import signal
from time import monotonic

__all__ = ["ALARMS", "Alarms"]

_SIGNALS = {
    signal.ITIMER_REAL: signal.SIGALRM,
    signal.ITIMER_VIRTUAL: signal.SIGVTALRM,
    signal.ITIMER_PROF: signal.SIGPROF,
}
"""The signal of each timer. All three count the time that passes, because a wait counts as work here."""


class Alarms:
    """The timers of the code that runs."""

    def __init__(self) -> None:
        self._due: dict[int, tuple[float, float]] = {}  # when, in seconds of `monotonic`; and the interval

    def set(self, timer: int, seconds: float, interval: float) -> tuple[float, float]:
        """Let a timer ring once, and then in every interval that is not 0; with 0 seconds not at all.

        Returns:
            What was left of its time, and its interval.

        Raises:
            ValueError: there is no such timer.
        """
        if timer not in _SIGNALS:
            raise ValueError(f"there is no timer {timer}")
        before = self.left(timer)
        self._due.pop(timer, None)
        if seconds > 0:
            self._due[timer] = (monotonic() + seconds, interval)
        return before

    def left(self, timer: int) -> tuple[float, float]:
        """The seconds that are left until it rings, and its interval; 0 and 0 if it is not set."""
        when, interval = self._due.get(timer, (0.0, 0.0))
        return (max(when - monotonic(), 1e-6), interval) if when else (0.0, 0.0)

    def seconds_left(self) -> float | None:
        """Until the next one is due; None if none is set."""
        if not self._due:
            return None
        return max(0.0, min(when for when, _ in self._due.values()) - monotonic())

    def take_due(self) -> list[int]:
        """The signals of those that are due. Each is set again if it has an interval."""
        if not self._due:
            return []
        now = monotonic()
        due = [timer for timer, (when, _) in self._due.items() if when <= now]
        for timer in due:
            when, interval = self._due.pop(timer)
            if interval > 0:
                # Those that were missed meanwhile are one signal, as in an operating system.
                self._due[timer] = (max(when + interval, now), interval)
        return [_SIGNALS[timer] for timer in due]

    def clear(self) -> None:
        """A run ends, and its timers."""
        self._due.clear()


ALARMS = Alarms()
"""There is one set of timers for each process."""
