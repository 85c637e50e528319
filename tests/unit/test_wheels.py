"""How the worker unpacks wheels, in Node, and what it leaves to Pyodide, which uses `zipfile`."""

from __future__ import annotations

import base64
import io
import json
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

WHEELS = Path(__file__).parents[2] / "assets" / "worker" / "packages" / "wheels.js"

UNPACK = f"""
import {{ readFileSync }} from "node:fs";
globalThis.self = globalThis;
const {{ unpackWheel }} = await import({json.dumps(WHEELS.as_uri())});
const bytes = new Uint8Array(readFileSync(0));
const inBase64 = (part) => Buffer.from(part).toString("base64");
try {{
  const unpacked = await unpackWheel(bytes);
  const files = unpacked.files.map(([name, content]) => [name, content.byteOffset, inBase64(content)]);
  const {{ rest }} = unpacked;
  console.log(JSON.stringify({{ files, rest: inBase64(await rest.arrayBuffer()) }}));
}} catch (error) {{
  console.log(JSON.stringify({{ error: error.message }}));
}}
"""

FILES = {
    "package/__init__.py": b"print('hello')\n" * 1000,
    "package/empty.py": b"",
    "package/core.cpython-313-wasm32-emscripten.so": bytes(range(256)) * 40,
    "package.libs/libthing.so.2": b"\0asm" * 9,
    "package-1.0.dist-info/METADATA": b"Name: package\n",
    "package-1.0.data/data/share/notes.txt": b"notes",
}
OURS = {
    name: content for name, content in FILES.items() if ".dist-info/" not in name and ".data/" not in name
}


def wheel_of(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED, *, streamed: bool = False) -> bytes:
    """A wheel written by `zipfile`; if ``streamed``, the sizes follow the data instead of preceding it."""
    target = io.BytesIO()
    if streamed:
        target.seekable = lambda: False  # type: ignore[method-assign]
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        archive.comment = b"a comment at the end"
    return target.getvalue()


def unpacked(wheel: bytes) -> dict[str, Any]:
    command = ["node", "--input-type=module", "--eval", UNPACK]
    run = subprocess.run(command, input=wheel, capture_output=True, check=True)
    result: dict[str, Any] = json.loads(run.stdout)
    return result


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED], ids=["deflated", "stored"])
@pytest.mark.parametrize("streamed", [False, True], ids=["whole", "streamed"])
def test_all_files_are_unpacked_exactly_as_in_the_wheel(method: int, *, streamed: bool) -> None:
    found = unpacked(wheel_of({"package/": b"", **FILES}, method, streamed=streamed))
    assert {name: base64.b64decode(content) for name, _, content in found["files"]} == OURS
    assert all(start % 16 == 0 for _, start, _ in found["files"])


@pytest.mark.parametrize("streamed", [False, True], ids=["whole", "streamed"])
def test_the_rest_is_a_wheel_with_what_pyodide_reads_and_with_empty_libraries(*, streamed: bool) -> None:
    rest = base64.b64decode(unpacked(wheel_of(FILES, streamed=streamed))["rest"])
    with zipfile.ZipFile(io.BytesIO(rest)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == {
            "package/core.cpython-313-wasm32-emscripten.so": b"",
            "package.libs/libthing.so.2": b"",
            **{name: content for name, content in FILES.items() if name not in OURS},
        }


@pytest.mark.parametrize("name", ["package//twice.py", "package/./here.py", "back\\slash.py", "naïve.py"])
def test_names_that_zipfile_changes_are_left_to_it(name: str) -> None:
    assert unpacked(wheel_of({**FILES, name: b""}))["error"] == f"{name} is an unusual name"


def test_a_method_that_browsers_do_not_support_is_left_to_python() -> None:
    assert unpacked(wheel_of(FILES, zipfile.ZIP_LZMA))["error"] == "not a plain archive"


def test_sizes_stored_elsewhere_are_left_to_python() -> None:
    wheel = bytearray(wheel_of({"package/table.py": b"x" * 1000}))
    central = wheel.rindex(b"PK\x01\x02")
    wheel[central + 24 : central + 28] = b"\xff" * 4
    assert unpacked(bytes(wheel))["error"] == "not a plain archive"


def test_a_file_that_is_not_an_archive_is_reported() -> None:
    assert unpacked(b"<!doctype html>" * 10)["error"] == "it is no zip archive"
    assert unpacked(b"")["error"] == "it is no zip archive"


def test_a_damaged_file_is_detected() -> None:
    content = bytes(range(256)) * 64
    wheel = bytearray(wheel_of({"package/table.py": content}))
    start = wheel.index(b"table.py") + len(b"table.py")
    wheel[start : start + 4] = b"\xff\xff\xff\xff"  # a block of an undefined type
    assert "error" in unpacked(bytes(wheel))  # Node.js 24 raises an error without a message
