"""pip with the environment markers of a browser.

pip can select wheels for another platform, but takes environment markers (``sys_platform ==
"emscripten"``) from the Python that runs it: https://github.com/pypa/pip/issues/11664. Run as
``python -m pyrun_core.packages.emscripten_pip MARKERS ARGUMENT...``, with the markers as JSON.
"""

import json
import sys

__all__ = ["main"]


def main(markers: str, *arguments: str) -> int:
    """Run pip with these environment markers. Returns its exit status."""
    # pip has no interface except its command line. It reads its environment markers from here.
    from pip._internal.cli.main import main as pip_main  # noqa: PLC0415
    from pip._vendor.packaging import markers as pip_markers  # noqa: PLC0415

    values = json.loads(markers)
    pip_markers.default_environment = lambda: values
    return int(pip_main(list(arguments)))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
