"""The options that say what an example offers its readers besides **Run**."""

from dataclasses import dataclass

from pyrun_core.options.choices import TOOLBARS
from pyrun_core.options.languages import LANGUAGE, spoken_language
from pyrun_core.options.option import Attribute, Form, Scope, declare
from pyrun_core.options.values import FLAG, one_of

__all__ = ["ReaderInterface"]

_TOOLBAR = one_of(TOOLBARS, "is not a toolbar")


@dataclass(frozen=True, kw_only=True)
class ReaderInterface:
    """What readers see around the code, and what they can do with it."""

    toolbar: str = declare(
        TOOLBARS[0],
        _TOOLBAR,
        Scope.SITE | Scope.PAGE | Scope.BLOCK,
        """The controls around an example. `quiet`: **Run**; when the reader points at the example, touches it
        or moves the keyboard focus there, also **Copy** and the menu **More**. `full`: all of these and
        **Reset**, always. `minimal`: only **Run**, and **Stop** while the code runs.""",
        attribute=Attribute(Form.TEXT),
    )
    readonly: bool = declare(
        default=False,
        kind=FLAG,
        scope=Scope.PAGE | Scope.BLOCK,
        text="""The reader can run the code but not edit it.""",
        attribute=Attribute(Form.FLAG),
    )
    language: str = declare(
        "",
        LANGUAGE,
        Scope.SITE | Scope.PAGE,
        """The language of buttons, messages and explanations. By default, it is the language of the page:
        `language` in `conf.py`, `theme.language` or `theme.locale` in `mkdocs.yml`, or the attribute `lang`
        of the HTML. A region such as `de-AT` gets its language. Pages in a language that pyrun doesn't know
        have English buttons.""",
        attribute=Attribute(Form.TEXT, spell=spoken_language),
    )
