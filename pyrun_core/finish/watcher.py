"""Looks at a built site again and again, and finishes what has changed."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pyrun_core.finish.finisher import Finished, Finisher
from pyrun_core.problems import PyrunError

__all__ = ["Watcher"]


@dataclass
class Watcher:
    """``make`` prepares a finisher from the configuration file; it is called again when that changes."""

    make: Callable[[], Finisher]
    config: Path | None = None
    _finisher: Finisher | None = None
    _config_time: int = 0
    _failure: str = ""

    def look(self) -> tuple[Finished | None, str]:
        """What has been finished, and what went wrong unless it is known already.

        A generator may empty the folder and write it again at any moment, so nothing ends the watching.
        """
        try:
            config_time = self.config.stat().st_mtime_ns if self.config and self.config.is_file() else 0
            if self._finisher is None or config_time != self._config_time:
                self._finisher, self._config_time = self.make(), config_time
            finished = self._finisher.finish()
        except (PyrunError, OSError) as error:
            is_known, self._failure = str(error) == self._failure, str(error)
            return None, "" if is_known else str(error)
        self._failure = ""
        return finished, ""
