"""The page about failures quotes the messages that the reader sees."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from tests.docs.building import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

ASSETS = PROJECT / "assets"
MESSAGES = ASSETS / "page" / "messages.js"
PRINT_SENTENCES = f"""
import * as messages from {json.dumps(MESSAGES.as_uri())};
const {{ CELL_MESSAGES, EARLY_FAILURE_MESSAGES, FAILURE_MESSAGES, RUN_MESSAGES }} = messages;
const {{ restarted, replaced, timeLimitRestarted, timeLimit }} = RUN_MESSAGES;
const ofRuns = [restarted, replaced, timeLimitRestarted, timeLimit({{ count: 10 }})];
const ofFailures = Object.values({{ ...EARLY_FAILURE_MESSAGES, ...FAILURE_MESSAGES }});
console.log(JSON.stringify([...ofFailures, CELL_MESSAGES.editorFailed, ...ofRuns]));
"""
QUOTES = str.maketrans("\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}", "''")


@pytest.fixture(scope="module")
def text(sphinx_site: Path) -> str:
    """The page as plain text."""
    source = (sphinx_site / "explanation" / "failures.html").read_text(encoding="utf-8")
    article = BeautifulSoup(source, "html.parser").select_one("article")
    assert article is not None
    return " ".join(article.get_text().split()).translate(QUOTES)


def test_the_page_has_every_message_about_a_failure(text: str) -> None:
    command = ["node", "--input-type=module", "--eval", PRINT_SENTENCES]
    sentences = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert [sentence for sentence in sentences if sentence not in text] == []
