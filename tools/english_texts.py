"""Print the catalogue in English: all texts that readers see, by their keys.

    python tools/english_texts.py > sv.json

English is in the code that shows it: `assets/page/messages.js` for the page, calls of ``say`` and the
explanations for the Python of the worker, and `assets/worker/run/outbox.js`. A translation is a file with the
same keys in `assets/languages/`.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
from pathlib import Path

__all__ = ["english_texts", "message_groups"]

ROOT = Path(__file__).resolve().parent.parent
MESSAGES = ROOT / "assets" / "page" / "messages.js"
OUTBOX = ROOT / "assets" / "worker" / "run" / "outbox.js"
RUNTIME = ROOT / "assets" / "python" / "pyrun_runtime"

LIST = f"""
import {{ spoken }} from {json.dumps((MESSAGES.parent / "language" / "current.js").as_uri())};
import * as messages from {json.dumps(MESSAGES.as_uri())};
let asked = "";
spoken.texts = new Proxy({{}}, {{ get: (_, key) => {{ asked = key; }} }});
const groups = {{}};
for (const [name, group] of Object.entries(messages)) {{
  if (typeof group !== "object" || Array.isArray(group)) continue;
  groups[name] = {{}};
  for (const key of Reflect.ownKeys(group)) {{
    asked = "";
    group[key];
    if (asked) groups[name][key] = [asked, Object.getOwnPropertyDescriptor(group, key).value];
  }}
}}
console.log(JSON.stringify(groups));
"""

Text = str | dict[str, str]


def message_groups() -> dict[str, dict[str, tuple[str, Text]]]:
    """The messages of the page: by export and name, the key in the catalogue and the English text."""
    command = ["node", "--input-type=module", "--eval", LIST]
    listed = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return {
        export: {name: (key, text) for name, (key, text) in group.items() if text}
        for export, group in listed.items()
    }


def english_texts() -> dict[str, Text]:
    """All texts, in the order of the code."""
    texts: dict[str, Text] = {
        key: text for group in message_groups().values() for key, text in group.values()
    }
    for module in sorted(RUNTIME.rglob("*.py")):
        texts.update(_texts_of_module(ast.parse(module.read_text(encoding="utf-8"))))
    found = re.search(r'const TOO_MUCH =\s*"([^"]+)"', OUTBOX.read_text(encoding="utf-8"))
    return {**texts, "runtime.tooMuch": found[1] if found else ""}


def _texts_of_module(tree: ast.Module) -> dict[str, Text]:
    texts: dict[str, Text] = {}
    constants = {
        node.targets[0].id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and len(node.args) > 1):
            continue
        key, text = node.args[:2]
        text = constants.get(text.id, text) if isinstance(text, ast.Name) else text
        if not (isinstance(key, ast.Constant) and isinstance(text, ast.Constant)):
            continue
        if node.func.id == "say":
            texts[str(key.value)] = str(text.value)
        elif node.func.id == "Explanation":
            texts[f"explanation.{key.value!s}"] = str(text.value)
    return texts


if __name__ == "__main__":
    print(json.dumps(english_texts(), ensure_ascii=False, indent=2))
