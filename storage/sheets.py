"""The sheets of a district, read at once: one district, or every mistake in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from core.agency import AgencyKind, AgencyTree
from core.catalogue import Catalogue
from core.district import District
from core.foresight import unknown_year
from core.mistakes import Mistake, MistakeCode, SheetMistakes
from storage.sheets_agencies import AGENCIES, read_agencies
from storage.sheets_calendar import CALENDAR, read_calendar
from storage.sheets_catalogue import CATALOGUE, read_catalogue
from storage.sheets_clauses import CLAUSES, read_clauses
from storage.sheets_features import FEATURES, read_features
from storage.sheets_folder import Folder, LaidOver
from storage.sheets_grids import GRIDS, read_grids
from storage.sheets_hours import HOURS, read_hours
from storage.sheets_ladder import LADDER, read_ladders
from storage.sheets_lists import LISTS, read_lists
from storage.sheets_replies import REPLIES, read_replies
from storage.sheets_rules import RULES, read_rules
from storage.sheets_table import decoded

SHAPES = (
    *(AGENCIES, CATALOGUE, CALENDAR, RULES, REPLIES, HOURS, LADDER),
    *(LISTS, CLAUSES, FEATURES, GRIDS),
)
FILES = tuple(shape.file for shape in SHAPES)


def read_district(folder: Folder) -> District:
    """The district these sheets describe.

    Raises ``SheetMistakes`` with all mistakes of all sheets at once, never only the first.
    """
    mistakes: list[Mistake] = []
    tree = read_agencies(folder, mistakes)
    catalogue = read_catalogue(folder, tree, mistakes)
    rules = read_rules(folder, mistakes)
    calendar = read_calendar(folder, rules.hours, mistakes)
    canned = read_replies(folder, catalogue, mistakes)
    hours = read_hours(folder, tree, mistakes)
    ladder, ladders = read_ladders(folder, tree, mistakes)
    _check_team(tree, catalogue, mistakes)
    lists = read_lists(folder, catalogue, tree, mistakes)
    clauses = read_clauses(folder, mistakes)
    features = read_features(folder, tree, mistakes)
    grids = read_grids(folder, tree, mistakes)
    if mistakes:
        raise SheetMistakes(tuple(sorted(mistakes, key=_place)))
    return District(
        prefix=rules.prefix,
        tree=tree or AgencyTree(),
        catalogue=catalogue,
        calendar=calendar,
        limits=rules.limits,
        canned=canned,
        hours=hours,
        ladder=ladder,
        ladders=ladders,
        lists=lists,
        clauses=clauses,
        features=features,
        grids=grids,
    )


def _check_team(tree: AgencyTree | None, catalogue: Catalogue, mistakes: list[Mistake]) -> None:
    """What is for named people only needs a team of the district."""
    secret = [item for item in catalogue.items if item.restricted]
    if tree is None or not tree.by_code or not secret:
        return
    codes = {one.code for one in tree.of_kind(AgencyKind.DISTRICT)}
    if not any(one.restricted and one.parent in codes for one in tree.agencies):
        facts = {"value": secret[0].name}
        mistakes.append(Mistake(AGENCIES.file, 0, "保密专班", MistakeCode.NO_TEAM, facts))


@dataclass(frozen=True, slots=True)
class Over:
    """Reads the folder with newer sheets laid over it; raises as ``read_district`` does."""

    folder: Folder

    def __call__(self, sheets: Mapping[str, str], /) -> District:
        """The district they describe together."""
        return read_district(LaidOver(self.folder, sheets))

    def text(self, sheet: str) -> str:
        """The folder's own sheet as csv; empty where there is none."""
        file = self.folder / sheet
        return (decoded(file.read_bytes()) or "") if file.is_file() else ""


def warnings(district: District, today: date) -> tuple[Mistake, ...]:
    """What will go wrong soon: the calendar does not cover this year, or the next one in 60 days.

    The State Council announces a year's holidays in November of the year before; until the sheet
    names them, Monday to Friday is supposed.
    """
    unknown = unknown_year(district.calendar, today)
    if unknown is None:
        return ()
    code = MistakeCode.CALENDAR_MISSING if unknown.begun else MistakeCode.CALENDAR_ENDS
    return (Mistake(CALENDAR.file, 0, "日期", code, {"year": str(unknown.year)}),)


def _place(mistake: Mistake) -> tuple[int, int]:
    return FILES.index(mistake.file), mistake.row
