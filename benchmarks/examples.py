"""The examples that are measured: the same code for all sites, with what a page by hand needs besides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["BUNDLED_EXAMPLES", "EXAMPLES", "HELLO", "SCIENCE", "Example"]

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
    """What a page without pyrun appends, to have something that it can show."""

    @property
    def bare_code(self) -> str:
        """For the page by hand, whose last expression is shown: bytes as a picture, text as HTML."""
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
EXAMPLES = (
    HELLO,
    Example(
        "numpy",
        "a line printed by NumPy",
        "import numpy as np\n\nprint(np.linalg.inv(np.eye(3) * 4).sum())",
        ("numpy",),
    ),
    Example(
        "figure",
        "a figure of matplotlib",
        'import matplotlib.pyplot as plt\n\nplt.plot([1, 4, 9])\nplt.title("Squares")\n',
        ("matplotlib",),
        "picture",
        _PICTURE_BY_HAND,
    ),
    Example(
        "table",
        "a table of pandas",
        'import pandas as pd\n\ntable = pd.DataFrame({"n": range(5), "square": [n * n for n in range(5)]})\ntable',
        ("pandas",),
        "table",
        "table.to_html()",
    ),
    SCIENCE,
)
"""On the Pyodide that has these packages."""

BUNDLED_EXAMPLES = (HELLO,)
"""On the Pyodide that comes with pyrun."""
