"""What the bot says, in the language of who reads it: Simplified Chinese is the message id."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = "zh_Hans"
LANGUAGES = (SOURCE, "zh_Hant_HK", "en")
LOCALES = Path(__file__).parent / "locales"
_language: ContextVar[str] = ContextVar("language", default=SOURCE)


@cache
def _catalogue(language: str) -> NullTranslations:
    file = LOCALES / language / "LC_MESSAGES" / "huying.po"
    if language == SOURCE or not file.exists():
        return NullTranslations()
    compiled = BytesIO()
    with file.open("rb") as source:
        write_mo(compiled, read_po(source))
    compiled.seek(0)
    return GNUTranslations(compiled)


def N_(message: str) -> str:
    """The message as written, marked for the catalogues: it is looked up where it is said."""
    return message


def _(message: str) -> str:
    """The message in the language of the moment; unknown ones stay as written."""
    language = _language.get()
    return message if language == SOURCE else _catalogue(language).gettext(message)


def spoken() -> str:
    """The language of the moment."""
    return _language.get()


def language_of(code: str | None) -> str:
    """The catalogue for a messenger's language code: Chinese unless plainly something else."""
    if not code or code.lower() in {"zh", "zh-hans", "zh-cn", "zh_hans"}:
        return SOURCE
    if code.lower().startswith(("zh", "yue")):
        return "zh_Hant_HK"
    return "en" if code.lower().startswith("en") else SOURCE


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Everything said inside is said in this language."""
    before = _language.set(language)
    try:
        yield
    finally:
        _language.reset(before)
