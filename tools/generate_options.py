"""Write assets/shared/options.js, the page's view of the options, from their declaration.

Run it as `make options` after a change in pyrun_core/options/declare.py. A test fails if the file is stale.
"""

from __future__ import annotations

import json
from pathlib import Path

from pyrun_core.options.declare import Form, Scope, declared_options

__all__ = ["TARGET", "main", "options_module"]

TARGET = Path(__file__).resolve().parent.parent / "assets" / "shared" / "options.js"

TYPES = {
    Form.TEXT: "string",
    Form.NUMBER: "number",
    Form.FLAG: "boolean",
    Form.WORDS: "string[]",
    Form.LINES: "string[]",
}

MODULE = """\
/**
 * The options of an example, as `<pyrun-cell>` carries them in attributes. An attribute is absent where the
 * value is the default. Generated from pyrun_core/options/declare.py by `make options`; a test holds that.
 */

/**
 * @typedef {{
%(members)s
 * }} CellOptions
 */

/** What the worker gets with each run. @typedef {Pick<CellOptions, %(picked)s>} WorkerOptions */

/** @typedef {{ attribute: string, form: string, default: unknown }} OptionAttribute */

/** @type {Record<keyof CellOptions, OptionAttribute>} */
export const OPTIONS = {
%(rows)s
};

/** @type {(keyof WorkerOptions)[]} */
export const WORKER_OPTIONS = [%(listed)s];

/** Those that an author can set for one example. @type {(keyof CellOptions)[]} */
export const BLOCK_OPTIONS = [
%(of_blocks)s
];
"""


def options_module() -> str:
    """The text of the module: the type of all values, the table of attributes, and what the worker gets."""
    members, rows, to_worker, of_blocks = [], [], [], []
    for option in declared_options():
        if (attribute := option.attribute) is None:
            continue
        name, key = camel_case(option.name), camel_case(attribute.name or option.name)
        is_list = TYPES[attribute.form].endswith("[]")
        default = json.dumps([] if is_list else option.default)
        optional = " | null" if option.default is None else ""
        members.append(f" *   {name}: {TYPES[attribute.form]}{optional},")
        rows.append(
            f'  {name}: {{ attribute: "{key}", form: "{attribute.form.value}", default: {default} }},',
        )
        if attribute.to_worker:
            to_worker.append(f'"{name}"')
        if Scope.BLOCK in option.scope:
            of_blocks.append(f'  "{name}",')
    return MODULE % {
        "members": "\n".join(members),
        "rows": "\n".join(rows),
        "picked": " | ".join(to_worker),
        "listed": ", ".join(to_worker),
        "of_blocks": "\n".join(of_blocks),
    }


def camel_case(name: str) -> str:
    """The name in the spelling of JavaScript, as in `dataset`."""
    first, *others = name.split("-")
    return first + "".join(map(str.capitalize, others))


def main() -> None:
    """Write the file."""
    TARGET.write_text(options_module(), encoding="utf-8")


if __name__ == "__main__":
    main()
