"""``try_examples.json``: the pages on which jupyterlite-sphinx makes no examples live."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from pyrun_core.problems import Location, Problem, Report, shorten

__all__ = ["TryExamples", "find_try_examples"]

_NAME = "try_examples.json"
_PATTERNS = "ignore_patterns"


@dataclass(frozen=True)
class TryExamples:
    """Patterns of the URLs of pages that stay as they are. ``file`` has them, if there is one."""

    patterns: tuple[re.Pattern[str], ...] = ()
    file: Path | None = None

    def ignores(self, url: str, base_url: str = "") -> bool:
        """Whether the page stays as it is.

        ``url`` is relative to the site, such as ``api/array.html``. ``base_url`` is where the site will be,
        because browsers compare the patterns with the whole path.
        """
        path = f"{urlsplit(base_url).path.rstrip('/')}/{url.lstrip('/')}"
        return any(pattern.search(path) for pattern in self.patterns)


def find_try_examples(folders: Iterable[Path], report: Report) -> TryExamples:
    """What the file says, in the first of the folders that has it. What is wrong with it is reported."""
    file = next((path for folder in folders if (path := folder / _NAME).is_file()), None)
    if file is None:
        return TryExamples()

    def complain(what: str) -> None:
        report(Problem.OPTION, f"{what}. Correct the file, or remove it", Location(str(file)))

    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        complain(f"the file is not JSON: {error}")
        return TryExamples(file=file)
    listed = content.get(_PATTERNS, []) if isinstance(content, dict) else None
    if not isinstance(listed, list):
        complain(f"the file has no list '{_PATTERNS}'")
        return TryExamples(file=file)
    patterns = []
    for each in listed:
        try:
            patterns.append(re.compile(each))
        except (re.error, TypeError) as error:
            complain(f"{shorten(each)} is not a regular expression: {error}")
    return TryExamples(tuple(patterns), file)
