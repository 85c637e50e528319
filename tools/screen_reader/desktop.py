"""A desktop without a screen, on which Orca reads a browser: X server, window manager and message bus."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from tools.screen_reader.speech import Speech

__all__ = ["Desktop"]

PROGRAMS = ("Xvfb", "dbus-daemon", "openbox", "orca", "xdotool")
PACKAGES = "xvfb dbus openbox orca at-spi2-core xdotool"
"""Debian's packages with these programs."""

START_SECONDS = 30
END_SECONDS = 10
SCREEN = "1280x1000x24"

SETTINGS = """\
import orca.settings
# The transcript says which keys were pressed.
orca.settings.enableKeyEcho = False
# The walk begins where the reader wants it, and not with the whole page.
orca.settings.sayAllOnLoad = False
"""


class Desktop:
    """The desktop, with Orca, while its context is open."""

    speech: Speech
    environment: dict[str, str]
    """For programs that are started on it."""

    def __enter__(self) -> Self:
        missing = [program for program in PROGRAMS if shutil.which(program) is None]
        if missing:
            raise SystemExit(
                f"Not installed: {', '.join(missing)}. On Debian and Ubuntu: apt-get install {PACKAGES}"
            )
        with ExitStack() as stack:
            home = Path(
                stack.enter_context(TemporaryDirectory(prefix="pyrun-orca-", ignore_cleanup_errors=True))
            )
            self._stack = stack
            self._home = home
            self.speech = stack.enter_context(Speech(home / "speech"))
            self.environment = {
                **os.environ,
                "HOME": str(home),
                "XDG_RUNTIME_DIR": str(home),
                "SPEECHD_ADDRESS": f"unix_socket:{home / 'speech'}",
                "ACCESSIBILITY_ENABLED": "1",  # asks Chromium
                "GNOME_ACCESSIBILITY": "1",  # asks Firefox
                "LANG": "C.UTF-8",
            }
            display = self._announced("Xvfb", "-displayfd", "1", "-screen", "0", SCREEN, "-nolisten", "tcp")
            self.environment["DISPLAY"] = f":{display}"
            bus = self._announced("dbus-daemon", "--session", "--nofork", "--print-address")
            self.environment["DBUS_SESSION_BUS_ADDRESS"] = bus
            self.start("openbox")
            settings = home / ".local/share/orca/orca-customizations.py"
            settings.parent.mkdir(parents=True)
            settings.write_text(SETTINGS, encoding="utf-8")
            self.start("orca", "--replace", "--disable", "braille")
            self.speech.listen(silence_seconds=START_SECONDS / 10, most_seconds=START_SECONDS)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def start(self, *command: str) -> None:
        """Start a program, which ends with the desktop. What it reports goes to a file."""
        log = self._stack.enter_context((self._home / f"{command[0]}.log").open("wb"))
        self._end_later(subprocess.Popen(command, env=self.environment, stdout=log, stderr=log))

    @property
    def reader(self) -> str:
        """The screen reader and its version."""
        version = subprocess.run(
            ["orca", "--version"], env=self.environment, capture_output=True, text=True, check=True
        )
        return f"Orca {version.stdout.split()[-1]}"

    def press(self, key: str) -> None:
        """Press a key, under its name in X11, as the reader's hand does."""
        subprocess.run(["xdotool", "key", "--clearmodifiers", key], env=self.environment, check=True)

    def type(self, text: str) -> None:
        """Type a text."""
        command = ["xdotool", "type", "--clearmodifiers", "--delay", "100", text]
        subprocess.run(command, env=self.environment, check=True)

    def _announced(self, *command: str) -> str:
        """Start a program, and return the line with which it says where it is."""
        process = subprocess.Popen(
            command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self._end_later(process)
        return process.stdout.readline().strip() if process.stdout else ""

    def _end_later(self, process: subprocess.Popen[bytes] | subprocess.Popen[str]) -> None:
        def end() -> None:
            process.terminate()
            try:
                process.wait(END_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            if process.stdout is not None:
                process.stdout.close()

        self._stack.callback(end)
