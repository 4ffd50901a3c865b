"""A sheet that somebody sent as a file: which one it is, what it says, what it cannot say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from core.mistakes import Mistake


class Unfit(StrEnum):
    """Why a file is no sheet; ``UNNAMED`` is a sheet of which nobody can tell which."""

    TOO_LARGE = "too_large"
    OLD_EXCEL = "old_excel"
    NO_SHEET = "no_sheet"
    EMPTY = "empty"
    BOMB = "bomb"
    UNNAMED = "unnamed"


class NotASheet(Exception):
    """The file cannot be read as a sheet; ``why`` is an ``Unfit``."""

    def __init__(self, why: Unfit) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True)
class Sent:
    """``sheet`` is the name of its file in the folder, ``text`` the whole of it as csv."""

    sheet: str
    text: str
    slips: tuple[Mistake, ...] = ()


class Opens(Protocol):
    """Whoever can read a file without being harmed by it."""

    async def __call__(
        self, content: bytes, /, *, words: Mapping[str, str], hints: Sequence[str]
    ) -> Sent:
        """The sheet in it; raises ``NotASheet``.

        ``words`` are what people call the sheets. The first hint that names one decides; without
        any the title of a sheet does, else its columns.
        """


DANGERS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
GUARD = "'"


def guarded(text: str) -> str:
    """The same for a csv that a spreadsheet program opens: never a formula (CWE-1236)."""
    return GUARD + text if text.startswith(DANGERS) else text


def unguarded(text: str) -> str:
    """As it was before ``guarded``."""
    return text[1:] if text[:1] == GUARD and text[1:].startswith(DANGERS) else text


def visible(text: str) -> str:
    """Without what no workbook may hold: control signs, halves of signs; lines and tabs stay."""
    if text.isprintable():
        return text
    return "".join(sign if _lasting(sign) else "\ufffd" for sign in text)


def _lasting(sign: str) -> bool:
    odd = (
        sign < " " or "\x7f" <= sign < "\xa0" or "\ud800" <= sign < "\ue000" or sign > "\U0010fffd"
    )
    return sign in "\n\t" or not (odd or sign in "\ufffe\uffff")
