"""Shows in the output what programs show in a window: web pages, pictures and figures."""

import warnings
from pathlib import Path
from types import ModuleType
from typing import Any

from pyrun_runtime.after_import import after_import
from pyrun_runtime.display.display import display

__all__ = ["install"]

_LINKED_SCHEMES = {"http", "https", "mailto"}
"""What a link may lead to. Others could run a script, or start a program."""

_SHOWN_IN_PAGE = {"agg", "inline", "ipympl", "nbagg", "notebook", "webagg", "widget"}
_SHOWN_IN_WINDOWS = {
    *("gtk3agg", "gtk3cairo", "gtk4agg", "gtk4cairo", "macosx"),
    *("qt4agg", "qt5agg", "qt5cairo", "qtagg", "qtcairo"),
    *("gtk3", "gtk4", "osx", "qt", "qt5", "qt6", "tk", "wx"),  # the names that IPython has for them
    *("tkagg", "tkcairo", "wxagg", "wxcairo"),
}
"""Backends of matplotlib: https://matplotlib.org/stable/users/explain/figure/backends.html"""

_BACKEND = "module://pyrun_runtime.display.matplotlib_backend"
"""The one that `assets/worker/start/loader.js` names in the environment."""

_WINDOWLESS = (
    "a browser has no windows, so the backend {name!r} is not used. plt.show() shows figures in the output"
)


def install() -> None:
    """Patch modules that open windows, once they are imported."""
    after_import("webbrowser", _offer_links)
    after_import("PIL.Image", _show_pictures)
    after_import("matplotlib.pyplot", _keep_backend)


class _Link:
    """A link, which the reader may follow."""

    def __init__(self, address: str) -> None:
        self._address = address

    def _repr_html_(self) -> str:
        from html import escape  # noqa: PLC0415 - as below: few programs open an address

        address = escape(self._address)
        return f'<a href="{address}">{address}</a>'

    def __repr__(self) -> str:
        return self._address


def _offer_links(webbrowser: ModuleType) -> None:
    """Offer a link instead of opening a tab: the page must not open any by itself."""
    controller_for = webbrowser.get

    def open_address(url: str, new: int = 0, autoraise: bool = True) -> bool:  # noqa: FBT001, FBT002
        """Show a link to the address, or the local web page or picture itself."""
        del new, autoraise
        shown = _shown_for(str(url))
        if shown is None:
            raise webbrowser.Error(
                f"{url!r} cannot be opened here, only web addresses, and web pages and pictures in files"
            )
        display(shown[0], raw=shown[1])
        return True

    def get(using: str | None = None) -> Any:  # noqa: ANN401 - the module's own class
        """Return the one browser, by whatever name."""
        try:
            return controller_for(using)
        except webbrowser.Error:
            return controller_for()

    vars(webbrowser).update(open=open_address, open_new=open_address, open_new_tab=open_address, get=get)


def _shown_for(address: str) -> tuple[object, bool] | None:
    """What to display for an address, and whether that is a bundle; None if nothing can be shown."""
    import mimetypes  # noqa: PLC0415
    from urllib.parse import unquote, urlsplit  # noqa: PLC0415

    parts = urlsplit(address)
    if parts.scheme.lower() in _LINKED_SCHEMES:
        return _Link(address), False
    path = Path(unquote(parts.path) if parts.scheme == "file" else address)
    if path.is_file():
        kind = mimetypes.guess_type(path.name)[0] or ""
        if kind == "text/html":
            return {kind: path.read_text(encoding="utf-8")}, True
        if kind.startswith("image/"):
            content = path.read_bytes()
            return {kind: content.decode() if kind == "image/svg+xml" else content}, True
    elif address.startswith("www."):
        return _Link(f"https://{address}"), False  # as in the address bar of a browser
    return None


def _show_pictures(image_module: ModuleType) -> None:
    def show(picture: Any, title: str | None = None) -> None:  # noqa: ANN401 - an image of Pillow
        """Show the picture in the output."""
        del title
        base = image_module.getmodebase(picture.mode)
        # As Pillow does before it starts a viewer.
        display(picture if picture.mode in {"1", "RGBA", "LA", base} else picture.convert(base))

    image_module.Image.show = show


def _keep_backend(pyplot: ModuleType) -> None:
    """Keep pyrun's backend where code asks for one with windows or notebook widgets."""
    switch = pyplot.switch_backend
    folder = str(Path(str(pyplot.__file__)).parent)

    def switch_backend(newbackend: str) -> None:
        """Switch to a backend that works without a window; see matplotlib's own function."""
        name = str(newbackend).lower()
        if name in _SHOWN_IN_WINDOWS:
            # In the reader's code, also where that has only named the backend, and matplotlib switches later.
            message = _WINDOWLESS.format(name=newbackend)
            warnings.warn(message, skip_file_prefixes=(__file__, folder))  # type: ignore[call-overload] # since 3.12
        switch(_BACKEND if name in _SHOWN_IN_WINDOWS | _SHOWN_IN_PAGE else newbackend)

    vars(pyplot).update(switch_backend=switch_backend)
