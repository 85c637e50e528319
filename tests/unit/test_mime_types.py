"""The MIME types that objects offer: the page shows exactly the types that the runtime sends."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pyrun_runtime.display.representations import Representation

    Represent = Callable[[object], Representation]

ASSETS = Path(__file__).resolve().parents[2] / "assets"
PRINT_FORMS = f"""
import {{ FORMS }} from {json.dumps((ASSETS / "page" / "display" / "bundle.js").as_uri())};
console.log(JSON.stringify(FORMS.map(([type]) => type)));
"""
BINARY = ("image/", "audio/", "video/")


@pytest.fixture(scope="module")
def page_types() -> list[str]:
    command = ["node", "--input-type=module", "--eval", PRINT_FORMS]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    types: list[str] = json.loads(printed)
    return types


@pytest.fixture
def represent() -> Iterator[Represent]:
    folder = str(ASSETS / "python")
    sys.path.insert(0, folder)
    from pyrun_runtime.display.representations import represent  # noqa: PLC0415 - not installed anywhere

    yield represent
    sys.path.remove(folder)


def test_all_that_the_page_can_show_arrives_and_nothing_else(
    page_types: list[str], represent: Represent
) -> None:
    types = {f"{name}test" if name.endswith("/") else name for name in page_types}

    class Everything:
        def _repr_mimebundle_(self, **_: object) -> dict[str, bytes | str]:
            offered = {*types, "application/x-unknown", "text/rtf"}
            return {name: b"" if name.startswith(BINARY) and "svg" not in name else "{}" for name in offered}

    assert set(represent(Everything()).bundle) == types


def test_the_page_shows_every_type_that_the_runtime_requests_from_objects(
    page_types: list[str], represent: Represent
) -> None:
    asked: list[str] = []

    class Asked:
        def __getattr__(self, name: str) -> object:
            if not name.startswith("_repr_") or name == "_repr_mimebundle_":
                raise AttributeError(name)
            asked.append(name)
            return lambda: "{}"

    bundle = represent(Asked()).bundle
    assert asked
    assert set(bundle) <= set(page_types)


@pytest.mark.parametrize(
    ("size", "pixels"),
    [
        (9, 9),
        ("9.4", 9),
        (-5, 1),
        (1e300, 100_000),
        (10**400, None),
        ("inf", None),
        ("nan", None),
        ("9px", None),
    ],
)
def test_a_size_is_a_number_of_pixels_that_browsers_can_draw(
    represent: Represent, size: object, pixels: int | None
) -> None:
    class Sized:
        def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, bytes], dict[str, dict[str, object]]]:
            return {"image/png": b""}, {"image/png": {"width": size, "height": size}}

    shown = represent(Sized())
    assert (shown.width, shown.height) == (pixels, pixels)
