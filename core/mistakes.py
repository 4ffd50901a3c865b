"""What can be wrong in a sheet, as facts: where it is, and which kind; words are put on later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class MistakeCode(StrEnum):
    """The kinds of mistakes a sheet can hold; the facts each carries are in brackets."""

    FILE_MISSING = "file_missing"
    FILE_UNREADABLE = "file_unreadable"
    ROWS_MISSING = "rows_missing"
    COLUMN_MISSING = "column_missing"
    COLUMN_UNKNOWN = "column_unknown"  # (close)
    COLUMN_TWICE = "column_twice"
    CELL_EMPTY = "cell_empty"
    CELL_BEYOND = "cell_beyond"  # (value)
    CODE_MANGLED = "code_mangled"  # (value)
    DUPLICATE = "duplicate"  # (value, first)
    DISTRICT_MISSING = "district_missing"
    DISTRICT_TWICE = "district_twice"  # (value)
    UNKNOWN_PARENT = "unknown_parent"  # (value)
    CYCLE = "cycle"  # (value)
    WRONG_LEVEL = "wrong_level"  # (value, expected)
    UNKNOWN_WORD = "unknown_word"  # (value, allowed)
    UNKNOWN_AGENCY = "unknown_agency"  # (value, close)
    UNKNOWN_ITEM = "unknown_item"  # (value, close)
    TOO_LONG = "too_long"  # (value, most)
    BAD_NUMBER = "bad_number"  # (value)
    BAD_DATE = "bad_date"  # (value)
    BAD_COORDINATE = "bad_coordinate"  # (value)
    BAD_HOURS = "bad_hours"  # (value)
    BAD_DUTY = "bad_duty"  # (value)
    NEVER_OPEN = "never_open"
    BAD_PREFIX = "bad_prefix"  # (value)
    BAD_NIGHT = "bad_night"  # (value)
    LOOSER = "looser"  # (value, most)
    OUT_OF_RANGE = "out_of_range"  # (value, least, most)
    DISTRICT_ROW = "district_row"  # (value)
    NO_TEAM = "no_team"  # (value)
    BOUNDARY_SHORT = "boundary_short"
    UNKNOWN_COMMUNITY = "unknown_community"  # (value, close)
    PLACE_MISSING = "place_missing"
    ROW_MISSING = "row_missing"  # (value)
    ROW_UNKNOWN = "row_unknown"  # (value, close)
    CELL_FORMULA = "cell_formula"  # (value)
    CELL_ERROR = "cell_error"  # (value)
    CELL_MERGED = "cell_merged"  # (value)
    CALENDAR_MISSING = "calendar_missing"  # (year); a warning
    CALENDAR_ENDS = "calendar_ends"  # (year); a warning


@dataclass(frozen=True)
class Mistake:
    """One finding in a sheet; ``row`` is the number Excel shows, 0 where it is about the file."""

    file: str
    row: int
    column: str
    code: MistakeCode
    facts: Mapping[str, str] = field(default_factory=dict)


class SheetMistakes(Exception):
    """The sheets of a district hold mistakes; all of them, in the order of files and rows."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__(f"{len(mistakes)} mistakes in the sheets")
        self.mistakes = mistakes
