"""Detects every error in the browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.browser.live_page import BOOT_TIMEOUT_MS

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

__all__ = ["Watch"]

FIRST_BAD_STATUS = 400

_ABORTED = "net::ERR_ABORTED"
"""A test has left the page, or ended a worker, while it loaded something. What breaks then shows itself."""


class Watch:
    """Collects what a test must expect or else fails on: errors, failed requests, requests to other hosts.

    What tests wait for in its context gets the time that a busy machine needs: Playwright's 30 seconds may be
    less than Python needs to start twice.
    """

    def __init__(self, context: BrowserContext, own_url: str) -> None:
        self._own_host = urlsplit(own_url).netloc
        self._allowed: list[re.Pattern[str]] = []
        self.complaints: list[str] = []
        self.requests: list[str] = []
        """The URLs that the pages and their workers requested, in order."""
        context.set_default_timeout(BOOT_TIMEOUT_MS)
        context.on("console", self._on_console)
        context.on("weberror", self._on_error)
        context.on("request", self._on_request)
        context.on("requestfailed", self._on_failure)
        context.on("response", self._on_response)

    def allow(self, *patterns: str) -> None:
        """Expect complaints that match these regular expressions."""
        self._allowed += map(re.compile, patterns)

    def check(self) -> None:
        """Fail if there was any unexpected complaint; then forget all."""
        unexpected = [
            complaint
            for complaint in self.complaints
            if not any(pattern.search(complaint) for pattern in self._allowed)
        ]
        self.complaints.clear()
        if unexpected:
            pytest.fail("The browser complained:\n" + "\n".join(unexpected), pytrace=False)

    def paths(self) -> list[str]:
        """The file names of all requests so far."""
        return [urlsplit(url).path.rpartition("/")[2] for url in self.requests]

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning", "assert"}:
            self.complaints.append(f"console {message.type}: {message.text} ({message.location['url']})")

    def _on_error(self, error: WebError) -> None:
        self.complaints.append(f"uncaught: {error.error}")

    def _on_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"http", "https"}:
            return
        self.requests.append(request.url)
        if parts.netloc != self._own_host:
            self.complaints.append(f"request to another host: {request.url}")

    def _on_failure(self, request: Request) -> None:
        if request.failure != _ABORTED:
            self.complaints.append(f"request failed: {request.url}: {request.failure}")

    def _on_response(self, response: Response) -> None:
        if response.status >= FIRST_BAD_STATUS:
            self.complaints.append(f"status {response.status}: {response.url}")
