"""Runs examples in Chromium, by Playwright: in the browser's own sandbox, with the site's own worker."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pyrun_core.problems import PyrunError
from pyrun_core.proof.outcomes import PageJob, PageOutcome, Started
from pyrun_core.proof.run.node import DEFAULT_LIMIT_SECONDS
from pyrun_core.proof.run.reading import job_record, read_page
from pyrun_core.proof.run.site_server import serving_check

__all__ = ["BrowserRunner"]

_NO_PLAYWRIGHT = (
    "Playwright is not installed, which drives the browser. Run: pip install playwright && "
    "playwright install chromium"
)

_SCRIPT = (
    """([jobs, settings]) => globalThis.pyrunProof(jobs, settings, (record) => globalThis.pyrunSay(record))"""
)


@dataclass
class BrowserRunner:
    """Runs examples in Chromium. ``limit`` is in seconds, for examples without a limit.

    ``chromium`` is the program: by default, the one that Playwright has installed, or else Chrome.
    """

    lanes: int = field(default_factory=lambda: os.cpu_count() or 1)
    limit: float = DEFAULT_LIMIT_SECONDS
    chromium: str | None = None
    started: Started | None = field(default=None, init=False)
    """What has run the examples, once any has run."""

    def run(
        self, site: Path, jobs: Sequence[PageJob], note: Callable[[PageOutcome], object]
    ) -> Iterator[PageOutcome]:
        """Run the examples of all pages. Each is noted as it ends, and yielded when all have ended.

        Raises:
            PyrunError: no example can be run here. The message says what to install.
        """
        # In another thread, because Playwright refuses one with an event loop, such as that of a notebook.
        with ThreadPoolExecutor(max_workers=1) as thread:
            yield from thread.submit(self._run, site, jobs, note).result()

    def _run(
        self, site: Path, jobs: Sequence[PageJob], note: Callable[[PageOutcome], object]
    ) -> list[PageOutcome]:
        outcomes: list[PageOutcome] = []

        def say(record: dict[str, Any]) -> None:
            match record:
                case {"type": "page", "page": int(number), "outcomes": list(of_cells)}:
                    outcomes.append(read_page(jobs[number], of_cells))
                    note(outcomes[-1])
                case {"type": "started", "python": str(python), "pyodide": str(pyodide)}:
                    self.started = Started(python, pyodide)

        settings = {"lanes": self.lanes, "limit": self.limit}
        with serving_check(site) as (address, origin), self._open_page(origin) as page:
            page.expose_function("pyrunSay", say)
            page.goto(address)
            page.wait_for_function("globalThis.pyrunProof !== undefined")
            page.evaluate(_SCRIPT, [[job_record(job) for job in jobs], settings])
        return outcomes

    @contextmanager
    def _open_page(self, origin: str) -> Iterator[Any]:
        """A page of a new browser, which can reach this server only."""
        try:
            from playwright.sync_api import Error, sync_playwright  # noqa: PLC0415 - only for this runtime
        except ImportError as error:
            raise PyrunError(_NO_PLAYWRIGHT) from error
        try:
            with sync_playwright() as playwright:
                browser = self._launch(playwright, Error)
                context = browser.new_context(locale="en-US", timezone_id="UTC", service_workers="block")
                context.route(lambda url: not url.startswith(origin), lambda route: route.abort())
                yield context.new_page()
                browser.close()
        except Error as error:
            reason = error.message.splitlines()[0]
            raise PyrunError(f"the examples cannot be run in a browser: {reason}") from error

    def _launch(self, playwright: Any, error_class: type[Exception]) -> Any:  # noqa: ANN401 - may be missing
        """Start the browser.

        Raises:
            PyrunError: there is none.
        """
        sandbox = _may_use_sandbox()
        if self.chromium is not None:
            return playwright.chromium.launch(executable_path=self.chromium, chromium_sandbox=sandbox)
        reasons = []
        for channel in ("chromium", "chrome"):
            try:
                return playwright.chromium.launch(channel=channel, chromium_sandbox=sandbox)
            except error_class as error:
                reasons.append(str(error).splitlines()[0])
        raise PyrunError(
            f"Chromium is not installed. Run: playwright install chromium ({'; '.join(reasons)})"
        )


def _may_use_sandbox() -> bool:
    """Whether Chromium can use its sandbox: it does not for the superuser, such as in a container."""
    return not hasattr(os, "geteuid") or os.geteuid() != 0
