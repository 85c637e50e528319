"""The examples of the benchmarks: the same code for all sites, with additions for hand-written pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = [
    "BUNDLED_EXAMPLES",
    "COMPARED",
    "EXAMPLES",
    "HELLO",
    "LINE_COUNT",
    "MANY_LINES",
    "PRINT",
    "RUNNING_EXAMPLES",
    "SCIENCE",
    "WORKLOADS",
    "Example",
]

Output = Literal["text", "picture", "table"]


@dataclass(frozen=True)
class Example:
    """A page with one example."""

    name: str
    what: str
    code: str
    packages: tuple[str, ...] = ()
    output: Output = "text"
    by_hand: str = ""
    """Code that a page without pyrun appends, so that the last expression is a value that it can show."""

    @property
    def bare_code(self) -> str:
        """The code for the hand-written page, which shows the last expression: bytes as PNG, text as HTML."""
        return f"{self.code}\n{self.by_hand}"


_PICTURE_BY_HAND = """
import io
picture = io.BytesIO()
plt.savefig(picture, format="png")
picture.getvalue()
"""

HELLO = Example("hello", "hello", "print('hello')")
SCIENCE = Example(
    "science",
    "NumPy, matplotlib and pandas on one page",
    """\
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

x = np.linspace(0, 10, 100)
waves = pd.DataFrame({"x": x, "sine": np.sin(x), "cosine": np.cos(x)})
for name in ("sine", "cosine"):
    plt.plot(waves["x"], waves[name], label=name)
plt.legend()
""",
    ("numpy", "matplotlib", "pandas"),
    "picture",
    _PICTURE_BY_HAND,
)
NUMPY = Example(
    "numpy",
    "a line printed by NumPy",
    "import numpy as np\n\nprint(np.linalg.inv(np.eye(3) * 4).sum())",
    ("numpy",),
)
EXAMPLES = (
    HELLO,
    NUMPY,
    Example(
        "figure",
        "a matplotlib figure",
        'import matplotlib.pyplot as plt\n\nplt.plot([1, 4, 9])\nplt.title("Squares")\n',
        ("matplotlib",),
        "picture",
        _PICTURE_BY_HAND,
    ),
    Example(
        "table",
        "a pandas table",
        "import pandas as pd\n\n"
        'table = pd.DataFrame({"n": range(5), "square": [n * n for n in range(5)]})\n'
        "table",
        ("pandas",),
        "table",
        "table.to_html()",
    ),
    SCIENCE,
)
"""The examples for the Pyodide that contains packages."""

COMPARED = (
    HELLO,
    NUMPY,
    Example(
        "saved",
        "a matplotlib figure, saved",
        "import matplotlib\n\n"
        'matplotlib.use("agg")\n\n'
        "import matplotlib.pyplot as plt\n\n"
        'plt.plot([1, 4, 9])\nplt.title("Squares")\nplt.savefig("squares.png")\nplt.close()\n'
        'print("drawn")',
        ("matplotlib",),
    ),
    Example(
        "printed",
        "a pandas table, printed",
        'import pandas as pd\n\nprint(pd.DataFrame({"n": range(5), "square": [n * n for n in range(5)]}))',
        ("pandas",),
    ),
)
"""The examples for other tools, which can all show text."""

BUNDLED_EXAMPLES = (HELLO,)
"""The examples for the Pyodide that comes with pyrun."""

LINE_COUNT = 100_000

_TIMED = """\
import time

def work():
{body}

started = time.perf_counter()
work()
print((time.perf_counter() - started) * 1000)
"""

# These show the cost of polling for Stop. The code itself measures the time, in milliseconds.
_WORKLOADS = {
    "loop": "    for i in range(10_000_000):\n        pass",
    "calls": "    def f(n):\n        return n if n < 2 else f(n - 1) + f(n - 2)\n    f(26)",
    "objects": "    rows = [{'id': i, 'name': str(i)} for i in range(200_000)]\n"
    "    sorted(rows, key=lambda row: row['name'])",
    "text": "    for _ in range(4):\n        ' '.join(str(i) for i in range(300_000)).upper().split()",
}

_WORDS = {
    "loop": "an empty `for` loop",
    "calls": "function calls",
    "objects": "sorting dictionaries",
    "text": "joining and splitting text",
}

PRINT = Example("rerun", "print(1)", "print(1)")
MANY_LINES = Example("lines", f"{LINE_COUNT:,} lines", f"for n in range({LINE_COUNT}):\n    print(n)")
WORKLOADS = tuple(Example(name, _WORDS[name], _TIMED.format(body=body)) for name, body in _WORKLOADS.items())
RUNNING_EXAMPLES = (PRINT, MANY_LINES, *WORKLOADS)
"""The examples for pages where Python has already started."""
