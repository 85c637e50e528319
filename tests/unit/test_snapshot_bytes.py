"""What the worker does with the bytes of a snapshot, in Node: sums, and functions for WebAssembly."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

WORKER = Path(__file__).parents[2] / "assets" / "worker"
PYODIDE = WORKER / "pyodide"
SNAPSHOT = WORKER / "snapshot"

SUMS = f"""
import {{ checksumOf }} from {json.dumps((SNAPSHOT / "checksum.js").as_uri())};
const bytes = (length) => Uint8Array.from({{ length }}, (_, at) => (at * 7) % 251);
const sums = [0, 1, 3, 4, 15, 16, 17, 4099].map((length) => checksumOf(bytes(length)));
for (let at = 0; at < 67; at++) {{
  for (const bit of [1, 128]) {{
    const damaged = bytes(67);
    damaged[at] ^= bit;
    sums.push(checksumOf(damaged));
  }}
}}
sums.push(checksumOf(bytes(67)), checksumOf(bytes(66)), checksumOf(bytes(68)));
console.log(JSON.stringify([sums, checksumOf(bytes(67))]));
"""

FUNCTIONS = f"""
import {{ wrapFunctions }} from {json.dumps((PYODIDE / "wrapped_functions.js").as_uri())};
const signed = (sig, fn) => Object.assign(fn, {{ sig }});
let called = 0;
const functions = [
  signed("v", () => {{ called += 1; }}),
  signed("p", () => 7),
  signed("iip", (one, other) => one - other),
  signed("jj", (big) => big + 1n),
  signed("dfd", (one, other) => one / other),
  signed("ee", (object) => object),
];
for (let number = 0; number < 300; number++) functions.push(signed("i", () => number));
const all = wrapFunctions(functions);
const table = new WebAssembly.Table({{ initial: all.length, element: "anyfunc" }});
all.forEach((fn, at) => table.set(at, fn));
const [nothing, seven, minus, more, divided, same, ...numbers] = all;
const object = {{}};
console.log(JSON.stringify([
  nothing() === undefined && called === 1, seven(), minus(5, 3), String(more(2n ** 40n)), divided(1, 4),
  same(object) === object, numbers.every((fn, number) => fn() === number),
]));
"""

UNKNOWN = f"""
import {{ wrapFunctions }} from {json.dumps((PYODIDE / "wrapped_functions.js").as_uri())};
const unknown = Object.assign(() => {{}}, {{ sig: "vx" }});
try {{ wrapFunctions([unknown]); }} catch ({{ message }}) {{ console.log(message); }}
"""


def run(script: str) -> str:
    command = ["node", "--input-type=module", "--eval", script]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_every_damage_of_one_bit_and_every_other_length_is_another_sum() -> None:
    sums, good = json.loads(run(SUMS))
    assert sums.count(good) == 1
    assert len(set(sums)) == len(sums)


def test_functions_of_javascript_become_functions_that_a_table_takes() -> None:
    assert json.loads(run(FUNCTIONS)) == [True, 7, 2, str(2**40 + 1), 0.25, True, True]


def test_a_signature_with_an_unknown_letter_is_said() -> None:
    assert run(UNKNOWN) == "a function has the unknown type x\n"
