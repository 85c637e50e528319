"""pip with the environment markers of a browser, and without builds.

pip can select wheels for another platform, but takes environment markers (``sys_platform ==
"emscripten"``) from the Python that runs it: https://github.com/pypa/pip/issues/11664. Run as
``python -m pyrun_core.packages.emscripten_pip MARKERS ARGUMENT...``, with the markers as JSON.

``--only-binary`` is about the files of indexes. A requirement can also name a URL, in the metadata of another
package for instance, and pip would clone and build what is there. Here it has to be a wheel.
"""

import json
import sys
from typing import Any

__all__ = ["main"]

_SCHEMES = ("file", "http", "https")


def main(markers: str, *arguments: str) -> int:
    """Run pip with these environment markers. Returns its exit status."""
    # pip has no interface except its command line. It reads its environment markers from here.
    from pip._internal.cli.main import main as pip_main  # noqa: PLC0415
    from pip._vendor.packaging import markers as pip_markers  # noqa: PLC0415

    values = json.loads(markers)
    pip_markers.default_environment = lambda: values
    _refuse_builds()
    return int(pip_main(list(arguments)))


def _refuse_builds() -> None:
    """Have pip refuse each URL that is not one of a wheel, before it requests anything there."""
    from pip._internal.exceptions import UnsupportedWheel  # noqa: PLC0415
    from pip._internal.resolution.resolvelib.factory import Factory  # noqa: PLC0415

    # pip 23.1 to 26.3 call it for every URL. A pip without it ends here, with an AttributeError.
    check = Factory._fail_if_link_is_unsupported_wheel  # noqa: SLF001

    def check_is_wheel(factory: Any, link: Any) -> None:  # noqa: ANN401 - pip has no public types
        if not link.is_wheel or link.scheme not in _SCHEMES or link.is_existing_dir():
            raise UnsupportedWheel(f"{link} is not a wheel, and pyrun builds no packages.")
        check(factory, link)

    Factory._fail_if_link_is_unsupported_wheel = check_is_wheel  # type: ignore[method-assign, assignment]  # noqa: SLF001


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
