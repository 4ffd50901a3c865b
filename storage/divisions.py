"""The national division file of a district: its streets and communities, and the slips in it.

What keeps a row from being an agency stops everything; what only looks odd is told by row and
written as it stands: the names are published, and not ours to repair.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.agency import AgencyKind
from storage.sheets_agencies import KIND_WORDS
from storage.sheets_cells import plain

COLUMNS = {
    "code": ("code", "编码", "代码", "统计用区划代码", "区划代码"),
    "name": ("name", "名称"),
    "level": ("level", "级别", "层级", "类别"),
    "parent": ("parent_code", "parent", "上级", "上级编码", "上级代码"),
}
LEVELS = {
    **{"district": AgencyKind.DISTRICT, "street": AgencyKind.STREET},
    **{"community": AgencyKind.COMMUNITY, "区": AgencyKind.DISTRICT, "县": AgencyKind.DISTRICT},
    **{"街道": AgencyKind.STREET, "镇": AgencyKind.STREET, "社区": AgencyKind.COMMUNITY},
    **{"居委会": AgencyKind.COMMUNITY, "村": AgencyKind.COMMUNITY},
}
BY_LENGTH = {6: AgencyKind.DISTRICT, 9: AgencyKind.STREET, 12: AgencyKind.COMMUNITY}
DOUBLED = re.compile(r"(会会|区区|道道|社区社区|委员会委员会)$")
ENDING = re.compile(r"(?:社区)?(?:居民委员会|居委会+|村民委员会|村委会+|社区)$")


class SlipCode(StrEnum):
    """What is odd or wrong; those of ``STOPPING`` keep the district from being written."""

    COLUMNS_MISSING = "columns_missing"
    NO_DISTRICT = "no_district"
    BAD_CODE = "bad_code"
    NO_NAME = "no_name"
    UNKNOWN_LEVEL = "unknown_level"
    UNKNOWN_PARENT = "unknown_parent"
    DUPLICATE_CODE = "duplicate_code"
    DUPLICATE_NAME = "duplicate_name"
    DOUBLED_ENDING = "doubled_ending"
    OTHER_ENDING = "other_ending"
    OTHER_START = "other_start"
    ELSEWHERE = "elsewhere"
    EMPTY_STREET = "empty_street"


STOPPING = frozenset(
    {SlipCode.COLUMNS_MISSING, SlipCode.NO_DISTRICT, SlipCode.BAD_CODE, SlipCode.NO_NAME}
    | {SlipCode.UNKNOWN_LEVEL, SlipCode.UNKNOWN_PARENT, SlipCode.DUPLICATE_CODE}
)


@dataclass(frozen=True, slots=True)
class Slip:
    """``rows`` as Excel counts them; ``value`` what stands there, ``usual`` what most have."""

    code: SlipCode
    rows: tuple[int, ...]
    value: str = ""
    usual: str = ""


@dataclass(frozen=True, slots=True)
class Division:
    """One row: ``parent`` is empty for the district itself."""

    row: int
    code: str
    name: str
    kind: AgencyKind | None
    parent: str


def divisions_of(rows: Sequence[Sequence[str]]) -> tuple[list[Division], list[Slip]]:
    """All divisions in the order of the file, and everything odd about them."""
    header = [plain(name).lower() for name in rows[0]] if rows else []
    places = {key: _place(header, names) for key, names in COLUMNS.items()}
    if places["code"] is None or places["name"] is None:
        return [], [Slip(SlipCode.COLUMNS_MISSING, (1,))]
    found = [_division(number, row, places) for number, row in enumerate(rows[1:], 2) if any(row)]
    return found, sorted(_slips(found), key=lambda slip: slip.rows or (0,))


def _place(header: Sequence[str], names: Sequence[str]) -> int | None:
    return next((header.index(name) for name in names if name in header), None)


def _division(number: int, row: Sequence[str], places: dict[str, int | None]) -> Division:
    def cell(key: str) -> str:
        place = places[key]
        return row[place].strip() if place is not None and place < len(row) else ""

    code = _short(plain(cell("code")))
    level = plain(cell("level")).lower()
    kind = LEVELS.get(level) if level else BY_LENGTH.get(len(code))
    parent = _short(plain(cell("parent"))) or code[:-3] if kind is not AgencyKind.DISTRICT else ""
    return Division(number, code, cell("name"), kind, parent)


def _short(code: str) -> str:
    """Codes of twelve digits name districts and streets with noughts at their end."""
    if len(code) == 12 and code.endswith("000000"):
        return code[:6]
    return code[:9] if len(code) == 12 and code.endswith("000") else code


def _slips(found: Sequence[Division]) -> Iterator[Slip]:
    yield from _broken(found)
    yield from _doubtful(found)
    yield from _endings(found)
    yield from _starts(found)


def _broken(found: Sequence[Division]) -> Iterator[Slip]:
    districts = [each for each in found if each.kind is AgencyKind.DISTRICT]
    if len(districts) != 1:
        yield Slip(SlipCode.NO_DISTRICT, tuple(each.row for each in districts))
    kinds = {each.code: each.kind for each in found}
    above = {AgencyKind.STREET: AgencyKind.DISTRICT, AgencyKind.COMMUNITY: AgencyKind.STREET}
    first: dict[str, int] = {}
    for each in found:
        if not re.fullmatch(r"\d{6}|\d{9}|\d{12}", each.code):
            yield Slip(SlipCode.BAD_CODE, (each.row,), each.code)
        if not each.name:
            yield Slip(SlipCode.NO_NAME, (each.row,), each.code)
        if each.kind is None:
            yield Slip(SlipCode.UNKNOWN_LEVEL, (each.row,), each.name)
        elif each.kind in above and kinds.get(each.parent) is not above[each.kind]:
            yield Slip(SlipCode.UNKNOWN_PARENT, (each.row,), each.parent)
        if each.code in first:
            yield Slip(SlipCode.DUPLICATE_CODE, (first[each.code], each.row), each.code)
        first.setdefault(each.code, each.row)


def _doubtful(found: Sequence[Division]) -> Iterator[Slip]:
    named = defaultdict(list)
    for each in found:
        named[each.parent, plain(each.name)].append(each.row)
        if each.parent and not each.code.startswith(each.parent):
            yield Slip(SlipCode.ELSEWHERE, (each.row,), each.code, each.parent)
    for (_parent, name), rows in named.items():
        if name and len(rows) > 1:
            yield Slip(SlipCode.DUPLICATE_NAME, tuple(rows), name)
    peopled = {each.parent for each in found if each.kind is AgencyKind.COMMUNITY}
    for each in found:
        if each.kind is AgencyKind.STREET and each.code not in peopled:
            yield Slip(SlipCode.EMPTY_STREET, (each.row,), each.name)


def _endings(found: Sequence[Division]) -> Iterator[Slip]:
    """A doubled ending, and endings other than most communities have."""
    endings: dict[str, list[int]] = defaultdict(list)
    for each in found:
        if DOUBLED.search(each.name):
            yield Slip(SlipCode.DOUBLED_ENDING, (each.row,), each.name)
        elif each.kind is AgencyKind.COMMUNITY:
            found_at = ENDING.search(each.name)
            endings[found_at[0] if found_at else ""].append(each.row)
    usual = max(endings, key=lambda one: len(endings[one]), default="")
    for ending, rows in endings.items():
        if ending != usual:
            yield Slip(SlipCode.OTHER_ENDING, tuple(rows), ending, usual)


def _starts(found: Sequence[Division]) -> Iterator[Slip]:
    """Streets whose communities are numbered from another number on than most are."""
    lowest: dict[str, Division] = {}
    for each in found:
        if each.kind is AgencyKind.COMMUNITY:
            least = lowest.setdefault(each.parent, each)
            lowest[each.parent] = min(least, each, key=lambda one: one.code)
    starts = Counter(each.code[-3:-2] for each in lowest.values())
    usual = max(starts, key=lambda one: starts[one], default="")
    for start in starts:
        if start != usual:
            rows = sorted(one.row for one in lowest.values() if one.code[-3:-2] == start)
            yield Slip(SlipCode.OTHER_START, tuple(rows), f"{start}01", f"{usual}01")


def kind_word(kind: AgencyKind | None) -> str:
    """As the agencies sheet says it."""
    return KIND_WORDS[kind] if kind else ""
