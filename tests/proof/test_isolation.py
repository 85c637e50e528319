"""Examples cannot reach the author's machine: not its files, programs, network, nor the environment."""

from __future__ import annotations

import json
import socketserver
import subprocess
import threading
from typing import TYPE_CHECKING, Any

import pytest

from pyrun_core.proof.run.node import NodeRunner
from pyrun_core.proof.run.permissions import confined_command, confined_environment, node_for_examples
from tests.proof.conftest import Pages, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

SECRET = "a-secret-of-the-author"  # noqa: S105 - it is none

FINDING_PROCESS = {
    "the global": "globalThis.process",
    "Function": "globalThis.constructor.constructor('return process')()",
    "Function of a class of Node": "new MessageChannel().port1.constructor.constructor('return process')()",
    "Function of a function of Node": "structuredClone.constructor('return process')()",
    "indirect eval": "(0, eval)('process')",
    "this": "(function () { return this })().process",
    "require": "require('process')",
    "a built-in module": "process.getBuiltinModule('fs')",
    "a timer": "setTimeout(() => {}).constructor.constructor('return process')()",
    "the console": "console._stdout.constructor.constructor('return process')()",
    "a call site": """(() => {
        const { prepareStackTrace } = Error;
        Error.prepareStackTrace = (_, sites) => sites.map((site) => site.getThis()).find((it) => it?.pid);
        try { return new Error().stack } finally { Error.prepareStackTrace = prepareStackTrace }
    })()""",
    "a getter of all objects": """(() => {
        let found;
        const get = function () { found ??= this.pid && this };
        Object.defineProperty(Object.prototype, 'binding', { get, configurable: true });
        new MessageChannel().port1.postMessage({});
        new Event('x');
        delete Object.prototype.binding;
        return found;
    })()""",
}
"""JavaScript that would return Node's ``process``, or a module."""

IMPORTING = {
    "import": "import('node:fs')",
    "import in eval": "eval(\"import('node:fs')\")",
    "import in Function": "new Function(\"return import('node:fs')\")()",
    "import in a later eval": "Promise.resolve(\"import('node:fs')\").then(eval)",
    "import in a timer": "new Promise((then, fail) => setTimeout(() => import('node:fs').then(then, fail)))",
    "import in AsyncFunction": "(async () => {}).constructor(\"return import('node:fs')\")()",
    "import of another name": "import('fs')",
    "import of a file": "import('file:///etc/hostname')",
    "import of a URL with code": "import('data:text/javascript,export default globalThis.process')",
}
"""JavaScript whose promise would have a module."""

REQUESTING = {
    "fetch": "fetch('{url}')",
    "fetch of a file": "fetch('file://{file}').then((answer) => answer.text())",
    "XMLHttpRequest": "const r = new XMLHttpRequest(); r.open('GET', '{url}', false); r.send()",
    "WebSocket": "new WebSocket('{url}')",
    "EventSource": "new EventSource('{url}')",
    "Worker": "new Worker('data:text/javascript,0')",
    "BroadcastChannel": "new BroadcastChannel('x')",
    "WebAssembly": "WebAssembly.compileStreaming(fetch('{url}'))",
    "a script": "importScripts('{url}')",
}

PYTHON = {
    "system": "import os\nassert os.system({touch!r}) == 0",
    "popen": "import os\nos.popen({touch!r}).read()\nassert 0, 'nothing ran'",
    "subprocess": "import subprocess\nsubprocess.run({touch!r}, shell=True, check=True)",
    "the C library": "import ctypes\nassert ctypes.CDLL(None).system({touch!r}.encode()) == 0",
    "open": "open({file!r}).read()",
    "mountNodeFS": """
import pyodide_js
pyodide_js.mountNodeFS('/host', {folder!r})
open('/host/secret.txt').read()""",
    "mount": """
import pyodide_js
FS = pyodide_js.FS
FS.mkdir('/host')
FS.mount(FS.filesystems.NODEFS, {{'root': {folder!r}}}, '/host')
open('/host/secret.txt').read()""",
    "socket": "import socket\nsocket.create_connection({address!r}, timeout=1).sendall(b'x')",
    "urllib": "import urllib.request\nurllib.request.urlopen({url!r}, timeout=1)",
    "pyfetch": "from pyodide.http import pyfetch\nawait pyfetch({url!r})",
    "open_url": "from pyodide.http import open_url\nopen_url({url!r}).read()",
    "environment": "import os\nassert any('of-the-author' in value for value in os.environ.values())",
    "js.process": "from js import process",
    "globals of JavaScript": """
import js
assert any(hasattr(getattr(js, name, None), 'pid') for name in dir(js))""",
}

ATTACKS = [*FINDING_PROCESS, *IMPORTING, *REQUESTING, *PYTHON]


class Server(socketserver.TCPServer):
    """Counts connections."""

    connections = 0

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as in the base class
        self.connections += 1
        super().process_request(request, client_address)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server on this machine."""
    with Server(("127.0.0.1", 0), socketserver.BaseRequestHandler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="module")
def private(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the author's, with a secret."""
    folder = tmp_path_factory.mktemp("private")
    (folder / "secret.txt").write_text(SECRET, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def attacks(site: Path, private: Path, server: Server) -> Pages:
    """One page runs all attacks, each in its own namespace."""
    values = {
        "url": f"http://127.0.0.1:{server.server_address[1]}/",
        "address": server.server_address,
        "folder": str(private),
        "file": str(private / "secret.txt"),
        "touch": f"touch {private / 'touched'}",
    }
    pages = Pages(NodeRunner(lanes=1), site)
    pages.add("attacks", *({"source": _code(name, values), "session": "isolated"} for name in ATTACKS))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUTHORS_SECRET", SECRET)
        pages.run()
    return pages


def _code(name: str, values: Mapping[str, object]) -> str:
    """Code that ends without an exception only if the attack succeeds."""
    if name in PYTHON:
        return PYTHON[name].format(**values)
    script = FINDING_PROCESS.get(name) or IMPORTING.get(name) or REQUESTING[name].format(**values)
    return (
        "from pyodide.code import run_js\n"
        f"found = run_js({json.dumps(script)})\n"
        "found = await found if hasattr(found, 'then') else found\n"
        "assert found is not None, 'it found nothing'\n"
    )


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_fails(attacks: Pages, name: str) -> None:
    outcome = attacks.of("attacks")[ATTACKS.index(name)]
    assert outcome.ending == "error", text(outcome)
    assert SECRET not in text(outcome)


def test_nothing_was_started_and_nothing_connected(attacks: Pages, private: Path, server: Server) -> None:
    assert attacks.outcomes
    assert [path.name for path in private.iterdir()] == ["secret.txt"]
    assert server.connections == 0


def test_the_attacks_would_succeed_on_the_machine(private: Path) -> None:
    script = "require('fs').readFileSync(process.argv[1], 'utf8')"
    assert _run([node_for_examples(), "-p", script, str(private / "secret.txt")]) == SECRET


@pytest.mark.parametrize(
    "attack",
    [
        "fs.readFileSync(secret)",
        "fs.readdirSync(path.dirname(secret))",
        "fs.writeFileSync(path.join(path.dirname(secret), 'written'), '')",
        "fs.writeFileSync(new URL('written', import.meta.url), '')",
        "fs.rmSync(new URL(import.meta.url))",
        "child_process.execSync('true')",
        "child_process.fork(new URL(import.meta.url))",
        "process.dlopen({ exports: {} }, secret)",
        "process.binding('spawn_sync')",
        "if (!Object.values(process.env).includes('a-secret-of-the-author')) throw 0",
    ],
)
def test_the_process_itself_is_confined(tmp_path: Path, private: Path, attack: str) -> None:
    """What code could do that has got hold of everything in Node."""
    script = tmp_path / "script.mjs"
    script.write_text(
        "import child_process from 'node:child_process';\nimport fs from 'node:fs';\n"
        "import path from 'node:path';\n"
        f"const secret = {json.dumps(str(private / 'secret.txt'))};\n"
        f"try {{ {attack}; console.log('succeeded') }} catch {{ console.log('failed') }}\n",
        encoding="utf-8",
    )
    assert _run(confined_command(node_for_examples(), [], script)) == "failed"
    assert [path.name for path in private.iterdir()] == ["secret.txt"]
    assert [path.name for path in tmp_path.iterdir()] == ["script.mjs"]


def _run(command: Sequence[str]) -> str:
    environment = {**confined_environment()}
    run = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return run.stdout.strip()
