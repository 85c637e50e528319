"""Pyodide's JavaScript with what a snapshot of the interpreter needs.

Emscripten links shared libraries where there happens to be room, so a heap that was saved with some of them
cannot be restored: its pointers lead to where they were. The changes let the worker note where each one is
linked, and link it there again. What they call stands in ``assets/worker/pyodide/linking.js``.

The file has been through a minifier, and has no interface for this. So each change names the text that it
changes, which has to be there exactly once; where it is not, the version of Pyodide is one that nobody has
looked at, and nothing is changed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["UnknownGlueError", "with_linking"]


class UnknownGlueError(ValueError):
    """The code that a patch changes was not found, or more than once. The message names the patch."""


@dataclass(frozen=True)
class _Patch:
    """A change: regular expressions, one of which has to match once, each with its replacement.

    There are several because versions differ.
    """

    name: str
    forms: Sequence[tuple[str, str]]

    def apply(self, glue: str) -> str:
        """The text with this change.

        Raises:
            UnknownGlueError: nothing matches, or too much.
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
    # By getters: some are made only later.
    "".join(f"get {name}(){{return {name}}}," for name in _EXPOSED)
    # What is derived from the tables is found out anew.
    + "forgetTables(){functionsInTableMap=undefined;pyrunUnresolved=null},"
    # CPython keeps the address of a function that is made anew with every start: it need not be looked for
    # among all.
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
            # 0.27 takes only what is lacking, which is nothing.
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
            # Emscripten looks through all symbols for each library, and nearly all are known.
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
        # Python notes at its start whether it can suspend, and a snapshot may be made where that is not so.
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
/* This is not the file as Pyodide ships it: pyrun has added places where the linking of libraries can be
   noted and repeated, and looks for fewer symbols. The places stand in
   pyrun_core/pyodide/glue_patches.py of the package pyrun-docs. Like Pyodide, the file is under the
   Mozilla Public License 2.0:
   https://www.mozilla.org/MPL/2.0/ */
"""


def with_linking(glue: str) -> str:
    """The text of ``pyodide.asm.mjs``, or ``pyodide.asm.js``, with all changes.

    It does what it did before, unless ``loadPyodide`` gets the option ``pyrunLinking``. Known to work for
    0.27.7, 0.28.3, 0.29.5, 314.0.7 and 315.0.0-alpha.2.

    Raises:
        UnknownGlueError: it is from a version with another text.
    """
    for patch in _PATCHES:
        glue = patch.apply(glue)
    return _NOTICE + glue
