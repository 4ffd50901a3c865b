"""What a cell of a sheet says: codes, numbers, dates, words of a list; tolerant of how we type."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from typing import TypeVar

from core.mistakes import Mistake, MistakeCode

Value = TypeVar("Value")

LIST = re.compile(r"[、,，;；|｜\n]")
YES_NO = {"是": True, "否": False}
QUESTIONS = re.compile(r"[;；|｜\n]")
SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+?\d+", re.IGNORECASE)
SERIAL = re.compile(r"\d{5}(?:\.0+)?")  # a day as Excel counts: 46023 is 2026-01-01
SERIALS = (32874, 73051)  # 1990 to 2100
FIRST_DAY = date(1899, 12, 30)
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 0?0:00(?::00)?)?")


def plain(text: str) -> str:
    """Half-width letters and digits without any space: how codes and figures are compared."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def split(text: str, between: re.Pattern[str] = LIST) -> tuple[str, ...]:
    """The parts of a list in one cell, each once."""
    parts = (part.strip() for part in between.split(text))
    return tuple(dict.fromkeys(part for part in parts if part))


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that looks most like this one, or nothing."""
    return "".join(get_close_matches(word, list(known), n=1, cutoff=0.4))


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet; what is wrong with its cells is noted in the list shared by all."""

    file: str
    number: int
    cells: Mapping[str, str]
    mistakes: list[Mistake]

    def wrong(self, column: str, code: MistakeCode, **facts: str) -> None:
        """Note a mistake in this row."""
        self.mistakes.append(Mistake(self.file, self.number, column, code, facts))

    def text(self, column: str) -> str:
        """What the cell says, without the spaces around it."""
        return self.cells.get(column, "")

    def code(self, column: str) -> str:
        """A code; one that Excel has turned into 4.40103E+11 is lost, noted, and read as none."""
        code = plain(self.text(column))
        if not SCIENTIFIC.fullmatch(code):
            return code
        self.wrong(column, MistakeCode.CODE_MANGLED, value=code)
        return ""

    def choice(self, column: str, words: Mapping[str, Value]) -> Value | None:
        """The value behind one of these words; None where the cell is empty or says another."""
        said = plain(self.text(column))
        if not said or said in words:
            return words.get(said)
        self.wrong(column, MistakeCode.UNKNOWN_WORD, value=said, allowed="、".join(words))
        return None

    def figure(self, column: str) -> float | None:
        """A figure above zero; None where the cell is empty or says no such figure."""
        said = plain(self.text(column)).replace(",", "")
        if not said:
            return None
        if re.fullmatch(r"\d+(\.\d+)?", said) and float(said) > 0:
            return float(said)
        self.wrong(column, MistakeCode.BAD_NUMBER, value=said)
        return None

    def day(self, column: str) -> date | None:
        """A day, as 2026-01-01, 2026/1/1, 2026年1月1日 or 46023; None where the cell says none."""
        said = " ".join(unicodedata.normalize("NFKC", self.text(column)).split())
        day = _day(said)
        if said and day is None:
            self.wrong(column, MistakeCode.BAD_DATE, value=said)
        return day


def _day(said: str) -> date | None:
    found = DAY.fullmatch(said)
    if found is None:
        return _counted(said)
    year, month, day = (int(part) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _counted(said: str) -> date | None:
    """What Excel shows once somebody takes the date format off a column."""
    if not SERIAL.fullmatch(said):
        return None
    days = int(float(said))
    return FIRST_DAY + timedelta(days=days) if SERIALS[0] <= days < SERIALS[1] else None


def first_of_its_kind(rows: Iterable[Row], column: str) -> list[Row]:
    """The rows whose code in this column is sound and not seen before; the others are noted."""
    seen: dict[str, Row] = {}
    for row in rows:
        code = row.code(column)
        if code in seen:
            first = str(seen[code].number)
            row.wrong(column, MistakeCode.DUPLICATE, value=code, first=first)
        elif code:
            seen[code] = row
    return list(seen.values())
