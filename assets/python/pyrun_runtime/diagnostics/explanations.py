"""The registry of explanations: failures that are due to the browser, and what to do about them.

`docs/reference/explanations.md` lists each explanation, and `tests/unit/test_explanations.py` tests each.
"""

import contextlib
import errno
from collections.abc import Iterator

from pyrun_runtime.diagnostics import absent_names, missing, not_python, unawaited
from pyrun_runtime.diagnostics.causes import with_causes
from pyrun_runtime.diagnostics.patterns import Explanation, Raised, during, raised_in
from pyrun_runtime.diagnostics.refused_requests import was_refused
from pyrun_runtime.io.locks import NO_END
from pyrun_runtime.io.refusals import NO_CONNECTION, NO_SERVER

__all__ = ["EXPLANATIONS", "add_explanation", "find_explanation", "name_explanation"]

_WINDOW_MODULES = frozenset(
    {
        *(
            "tkinter",
            "_tkinter",
            "customtkinter",
            "easygui",
            "idlelib",
            "turtledemo",
            "PySimpleGUI",
            "FreeSimpleGUI",
        ),
        *(
            "PyQt4",
            "PyQt5",
            "PyQt6",
            "PySide2",
            "PySide6",
            "pyqtgraph",
            "gi",
            "kivy",
            "wx",
            "dearpygui",
            "flet",
        ),
        *("arcade", "pgzero", "pgzrun", "pygame", "pyglet", "ursina"),
    }
)

_DEVICE_MODULES = frozenset(
    {
        *("keyboard", "mouse", "mss", "pyautogui", "pyperclip", "pyscreeze", "pynput"),
        *("playsound", "pyaudio", "pyttsx3", "simpleaudio", "sounddevice", "speech_recognition", "vlc"),
        *("RPi", "bluetooth", "gpiozero", "serial", "smbus", "usb"),
    }
)

EXPLANATIONS = (
    Explanation(
        "package-not-loaded",
        "{package} is available on this site, but this page does not load it.",
        missing.is_not_loaded,
    ),
    Explanation(
        "page",
        "The code runs in a worker, apart from the page, and cannot reach it. "
        "Show results with display() or print().",
        absent_names.is_of_page,
        Raised("ModuleNotFoundError", modules=frozenset({"browser", "pyscript"})),
    ),
    Explanation(
        "windows",
        "A browser has no windows for programs. "
        "Show results with print(), display() or matplotlib; the module turtle draws in the output, too.",
        Raised("ModuleNotFoundError", modules=_WINDOW_MODULES),
        Raised("ImportError", text=r"requires the '\w+' interactive framework"),
        Raised("cv2.error", text="Rebuild the library with"),
        Raised("pygame.error", text=r"video|display|canvas"),
    ),
    Explanation(
        "notebook",
        "There is no notebook here, so get_ipython() of IPython returns None. "
        "Without its import, get_ipython() runs the magics that a page knows.",
        absent_names.is_of_notebook,
    ),
    Explanation(
        "widgets",
        "Widgets need the kernel of a notebook, which a page does not have. "
        "Ask readers with input(), or let them change the code.",
        Raised("ModuleNotFoundError", modules=frozenset({"ipywidgets", "ipympl", "ipyleaflet", "bqplot"})),
    ),
    Explanation(
        "sockets",
        "A browser opens no sockets, it only makes web requests. "
        "Use urllib.request, requests or httpx for addresses with http or https.",
        Raised("OSError", text=NO_CONNECTION),
        Raised(
            "NotImplementedError", text=r"(create_connection|create_datagram_endpoint|sock_\w+)\(\) is not"
        ),
        Raised("RuntimeError", text="TLS not supported in this environment"),
        raised_in("NotImplementedError", "create_connection", "create_datagram_endpoint", "sock_connect"),
    ),
    Explanation(
        "servers",
        "Nothing can connect to a server in a browser. "
        "Call the functions that answer requests directly, or with the test client of the framework.",
        Raised("OSError", text=NO_SERVER),
        Raised("NotImplementedError", text=r"create_(unix_)?server\(\) is not"),
        raised_in("NotImplementedError", "create_server", "create_unix_server"),
        Raised("AttributeError", text="module 'socket' has no attribute 'SO_REUSEADDR'"),
        # Its debugger shares a value with other processes before it opens a socket.
        during("werkzeug.serving.run_simple", Raised("ImportError", modules=frozenset({"_multiprocessing"}))),
    ),
    Explanation(
        "endless-wait",
        "A browser runs Python in one thread, so nothing can end this wait. "
        "Do first what the code waits for, pass a timeout, or use asyncio with asyncio.Queue.",
        Raised("RuntimeError", text=NO_END),
    ),
    Explanation(
        "threads",
        "A browser runs Python in one thread. Call the function directly, or use asyncio.",
        Raised("RuntimeError", text="can't start new thread"),
    ),
    Explanation(
        "programs",
        "A browser cannot start other programs. Code that starts one needs an installed Python.",
        Raised("OSError", "NotImplementedError", text="does not support processes"),
        Raised("NotImplementedError", text=r"subprocess_(exec|shell)\(\) is not"),
        raised_in("NotImplementedError", "subprocess_exec", "subprocess_shell"),
    ),
    Explanation(
        "processes",
        "A browser runs Python in one process. "
        "Call the function directly: map() does the same as the map() of a pool.",
        Raised("ImportError", modules=frozenset({"_multiprocessing", "_posixshmem"})),
    ),
    Explanation(
        "libraries",
        "A browser cannot load libraries of an operating system. Use a package for what the library does.",
        Raised("OSError", text="ould not load dynamic lib"),
        Raised("AttributeError", text=r"module 'ctypes' has no attribute '(windll|oledll|WinDLL|OleDLL)'"),
    ),
    Explanation(
        "devices",
        "A browser gives Python no access to keys, mouse, screen, sound and other devices. "
        "Ask readers with input(); IPython.display.Audio plays sounds.",
        Raised("ModuleNotFoundError", modules=_DEVICE_MODULES),
    ),
    Explanation(
        "terminal",
        "The output is no terminal that programs can control. "
        "input() reads a line, and escape sequences set colours and move the cursor.",
        Raised("ModuleNotFoundError", modules=frozenset({"_curses", "curses", "msvcrt", "readline"})),
        Raised("termios.error"),
    ),
    Explanation(
        "operating-system",
        "Python in a browser has no operating system, so this function does not work here.",
        Raised("OSError", number=errno.ENOSYS),
        Raised(
            "NotImplementedError",
            text=r"(add_signal_handler|add_reader|add_writer|connect_\w+_pipe)\(\) is not",
        ),
        raised_in("NotImplementedError", "add_signal_handler", "add_reader", "add_writer"),
        absent_names.is_of_system,
        Raised(
            "ModuleNotFoundError",
            modules=frozenset(
                {
                    *("_winapi", "grp", "nt", "pwd", "resource", "spwd", "syslog", "winreg", "winsound"),
                    *("pythoncom", "pywintypes", "win32api", "win32com", "win32gui"),
                }
            ),
        ),
    ),
    Explanation(
        "memory",
        "Python has at most 4 GB of memory in a browser, on phones often much less. "
        "Work with less data or in parts; Restart Python frees what earlier runs hold.",
        Raised("MemoryError"),
        Raised("ValueError", text="Maximum allowed dimension exceeded|array is too big"),
    ),
    Explanation(
        "32-bit",
        "Python is a 32-bit program in a browser, so sizes and NumPy's default integers end at "
        "2,147,483,647. For larger numbers, use dtype='int64', or integers of Python itself.",
        Raised("OverflowError", text="index-sized integer|too large to convert to C (long|s?size_t|int)"),
        Raised("OverflowError", "ValueError", text=r"out of bounds for (u?int32|C? ?long)"),
        Raised("struct.error", text=r"'[lLnN]' format requires"),
    ),
    Explanation(
        "time-zones",
        "The data of time zones is in the package tzdata. The page's author can add it to 'packages'.",
        Raised("ModuleNotFoundError", modules=frozenset({"tzdata"})),
    ),
    Explanation(
        "parser",
        "Beautiful Soup comes without this parser. "
        "The page's author can add lxml or html5lib to 'packages'; 'html.parser' needs no package.",
        Raised(
            "bs4.FeatureNotFound", "bs4.exceptions.FeatureNotFound", text="requested: (lxml|xml|html5lib)"
        ),
    ),
    Explanation(
        "separate-module",
        "In this version of Pyodide, the module is in the package {package}. "
        "The page's author can add it to 'packages'.",
        missing.is_separate,
    ),
    Explanation(
        "standard-library",
        "Python in a browser does not include this module of the standard library.",
        missing.is_left_out,
    ),
    Explanation(
        "unknown-module",
        "This page has no package with that module. "
        "Only packages that the page's author has chosen can be installed here.",
        missing.is_unknown,
    ),
    Explanation(
        "package-index",
        "Your browser could not read a package index for micropip. "
        "The page's author can add the package to 'packages', so that the site has it.",
        Raised("ValueError", text="Can't fetch (metadata|wheel)"),
    ),
    Explanation(
        "web-offline",
        "Your browser is offline. Connect to the internet, and run the code again.",
        was_refused("offline"),
    ),
    Explanation(
        "web-policy",
        "The security policy of this site does not let its pages read from {host}. "
        "Its author can list the URL in the option `files`, so that the site has a copy.",
        was_refused("policy"),
    ),
    Explanation(
        "web-insecure",
        "A page that came with https cannot read an address that begins with http. "
        "Try the address with https.",
        was_refused("insecure"),
    ),
    Explanation(
        "web-other-site",
        "The server {host} does not let pages of other sites read this address. "
        "The page's author can list the URL in the option `files`, so that this site has a copy.",
        was_refused("other-site"),
    ),
    Explanation(
        "web-unreachable",
        "Your browser gets no answer from {host}. Check the address, and whether your network can reach it.",
        was_refused("unreachable"),
    ),
    Explanation(
        "web-refused",
        "Your browser could not read this address: its server may not let pages of other sites read it, "
        "or may not answer. The page's author can list the URL in the option `files`, "
        "so that this site has a copy.",
        was_refused("unknown"),
    ),
    Explanation("not-python", "{cause}. {cure}.", not_python.is_not_python),
    Explanation("coroutine", unawaited.SENTENCE, unawaited.is_misused),
)
"""The first that matches is shown, so what is specific comes first."""


def add_explanation(error: BaseException) -> None:
    """Add a note to an exception that has an explanation, or whose cause has one. Never raises."""
    with contextlib.suppress(Exception):  # its own methods may raise
        sentence = find_explanation(error)
        note = f"({sentence})"
        if sentence is not None and note not in getattr(error, "__notes__", ()):
            error.add_note(note)


def find_explanation(error: BaseException) -> str | None:
    """The sentence about an exception, or about the latest of its causes that has one."""
    return next((sentence for _, sentence in _found(error)), None)


def name_explanation(error: BaseException) -> str | None:
    """The name of the same explanation."""
    return next((name for name, _ in _found(error)), None)


def _found(error: BaseException) -> Iterator[tuple[str, str]]:
    for cause in with_causes(error):
        for explanation in EXPLANATIONS:
            sentence = explanation.explain(cause)
            if sentence is not None:
                yield explanation.name, sentence
