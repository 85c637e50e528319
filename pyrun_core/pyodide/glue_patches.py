"""Patches Pyodide's loader script (glue), so that the worker can restore snapshots of the interpreter.

Emscripten links each shared library at the next free address. The pointers in a saved heap are only valid if
every library is linked at the same address as before. The patches let the worker record the address of each
library, and link the library there again. They call ``assets/worker/pyodide/linking.js``.

The glue is minified and has no interface for this. Each patch therefore contains a pattern for the text that
it replaces, which must match exactly once. If it does not, this version of Pyodide has not been tested with
pyrun, and the file stays unpatched.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["UnknownGlueError", "with_linking"]


class UnknownGlueError(ValueError):
    """The text that a patch replaces is missing or occurs more than once. The message names the patch."""


@dataclass(frozen=True)
class _Patch:
    """A patch: regular expressions with their replacements. Exactly one of them must match, exactly once.

    Versions of Pyodide differ, so a patch can have several expressions.
    """

    name: str
    forms: Sequence[tuple[str, str]]

    def apply(self, glue: str) -> str:
        """The patched text.

        Raises:
            UnknownGlueError: there is no match, or more than one.
        """
        found = [
            (match, replacement)
            for pattern, replacement in self.forms
            for match in re.finditer(pattern, glue)
        ]
        if len(found) != 1:
            raise UnknownGlueError(
                f"the code for the patch '{self.name}' was found {len(found)} times instead of once"
            )
        [(match, replacement)] = found
        return glue[: match.start()] + match.expand(replacement) + glue[match.end() :]


_ALIGNED = r"metadata\.memorySize\?alignMemory\(getMemory\(metadata\.memorySize\+memAlign\),memAlign\):0"

_EXPOSED = (
    *("GOT", "LDSO", "wasmTable", "wasmTableMirror", "freeTableIndexes", "newDSO", "mergeLibSymbols"),
    "loadWebAssemblyModule",
)

_INTERNALS = (
    # Getters, because some of these variables get their values later.
    "".join(f"get {name}(){{return {name}}}," for name in _EXPOSED)
    # Discards what was derived from the tables, so that it is computed again.
    + "forgetTables(){functionsInTableMap=undefined;pyrunUnresolved=null},"
    # CPython stores the address of a function that JavaScript creates at every start. With an empty map,
    # Emscripten adds this function to the table without searching the whole table for it.
    "setTrampoline(){functionsInTableMap=new WeakMap;"
    'if(typeof _PyEM_InitTrampoline_js=="function")_PyEM_InitTrampoline_js();'
    'else if(typeof getPyEMTrampolinePtr=="function")'
    "HEAP32[(__PyRuntime+HEAP32[__PyEM_EMSCRIPTEN_TRAMPOLINE_OFFSET/4>>>0])/4>>>0]=getPyEMTrampolinePtr();"
    "functionsInTableMap=undefined}"
)

_PATCHES = (
    _Patch(
        "where a library is linked",
        [
            (
                rf"var memoryBase=({_ALIGNED});var tableBase=(metadata\.tableSize\?wasmTable\.length:0);",
                (
                    r"var pyrun=Module.pyrunLinking,again=pyrun.again;"
                    r"var memoryBase=again?again.memoryBase:\1;var tableBase=again?again.tableBase:\2;"
                    r"if(!again)pyrun.loads?.push({name:libName,memoryBase,tableBase,"
                    r"isGlobal:!!flags.global,scope:pyrun.scopeOf(localScope)});"
                ),
            ),
        ],
    ),
    _Patch(
        "room in the table",
        [
            (
                r"if\(metadata\.tableSize\)\{(wasmTable(?:\.grow|\[\"grow\"\])\(metadata\.tableSize\))\}",
                r"if(metadata.tableSize&&!again){\1}",
            ),
            # 0.27 adds only missing slots to the table. When a library is linked again, none are missing.
            (r"(var tableGrowthNeeded=tableBase\+metadata\.tableSize-wasmTable\.length;)", r"\1"),
        ],
    ),
    _Patch(
        "global offset table",
        [
            (
                r"var updateGOT=\(exports,replace\)=>\{",
                r"\g<0>if(Module.pyrunLinking.again||Module.pyrunLinking.exported?.(exports))return;",
            ),
        ],
    ),
    _Patch(
        "map of the table",
        [
            (
                r"var updateTableMap=\(offset,count\)=>\{",
                r"\g<0>if(Module.pyrunLinking.again||Module.pyrunLinking.isStarting)return;",
            ),
        ],
    ),
    _Patch(
        "undefined symbols",
        [
            # Emscripten checks all symbols for each library, although nearly all of them are resolved.
            (
                (
                    r"var (reportUndefinedSymbols=\(\)=>\{)"
                    r"for\(var\[symName,entry\]of Object\.entries\(GOT\)\)\{"
                    r"if\(entry\.value==(0|-1)\)\{"
                ),
                (
                    r"var pyrunUnresolved=null,\1"
                    r"if(Module.pyrunLinking.again||Module.pyrunLinking.start?.(Module))return;"
                    r"pyrunUnresolved=(pyrunUnresolved??Object.keys(GOT)).filter(name=>GOT[name].value==\2);"
                    r"for(var symName of pyrunUnresolved){var entry=GOT[symName];if(entry.value==\2){"
                ),
            ),
        ],
    ),
    _Patch(
        "a symbol that is not known yet",
        [(r"rtn=GOT\[symName\]=new WebAssembly\.Global\([^)]*\)", r"\g<0>;pyrunUnresolved?.push(symName)")],
    ),
    _Patch("relocations", [(r"if\(applyRelocs\)\{", "if(applyRelocs&&!again){")]),
    _Patch(
        "constructors",
        [
            (
                r'(var init=moduleExports\["__wasm_call_ctors"\];)if\(init\)\{',
                r"\1if(init&&!again){",
            ),
        ],
    ),
    _Patch(
        "needed libraries",
        [
            (
                r"metadata\.neededDynlibs(\.forEach\(needed=>)(?!.{0,200}\.then\(loadModule\))",
                r"(Module.pyrunLinking.again?[]:metadata.neededDynlibs)\1",
            ),
            (
                r"for\(var needed of metadata\.neededDynlibs\)\{",
                "for(var needed of Module.pyrunLinking.again?[]:metadata.neededDynlibs){",
            ),
        ],
    ),
    _Patch(
        "a library that is there already",
        [
            (
                r"var dso=LDSO\.loadedLibsByName\[libName\];if\(dso\)\{",
                (
                    r"\g<0>Module.pyrunLinking.loads?.push({name:libName,isReused:true,"
                    r"isGlobal:!!flags.global,scope:Module.pyrunLinking.scopeOf(localScope)});"
                ),
            ),
        ],
    ),
    _Patch(
        "functions in the table",
        [
            (
                r"(functionsInTableMap\.set\(func,ret\);)return ret\}",
                r"\1Module.pyrunLinking.functions?.push([ret,func]);return ret}",
            ),
        ],
    ),
    _Patch(
        "the heap of a snapshot",
        [
            (
                r"return Module\.HEAP8\.set\((\w+)\),(\w+)\}",
                (
                    r"var restore=Module.pyrunLinking.restore;"
                    r"return restore?restore(Module):Module.HEAP8.set(\1),\2}"
                ),
            ),
        ],
    ),
    _Patch(
        # Python records at its start whether it can suspend. The browser that makes a snapshot may differ in
        # this from the browser that restores it.
        "whether Python can suspend",
        [(r"(\d+:\(\)=>)jspiSupported", r"\1Module.pyrunLinking.jspi??jspiSupported")],
    ),
    _Patch(
        "internals",
        [
            (
                r'Module\["LDSO"\]=LDSO;',
                (
                    r"\g<0>Module.pyrunLinking=Module.API.config.pyrunLinking??{scopeOf(){}};"
                    rf"Module.pyrunInternals={{{_INTERNALS}}};"
                ),
            ),
        ],
    ),
)


_NOTICE = """\
/* pyrun has modified this file of Pyodide: the linking of libraries can be recorded and repeated, and fewer
   symbols are looked up. The patches are in pyrun_core/pyodide/glue_patches.py of the package pyrun-docs.
   Like Pyodide, this file is licensed under the Mozilla Public License 2.0:
   https://www.mozilla.org/MPL/2.0/ */
"""


def with_linking(glue: str) -> str:
    """The text of ``pyodide.asm.mjs`` or ``pyodide.asm.js`` with all patches.

    Its behaviour only changes if ``loadPyodide`` gets the option ``pyrunLinking``. Tested with 0.27.7,
    0.28.3, 0.29.5, 314.0.7 and 315.0.0-alpha.2.

    Raises:
        UnknownGlueError: a patch does not fit the text of this version.
    """
    for patch in _PATCHES:
        glue = patch.apply(glue)
    return _NOTICE + glue
