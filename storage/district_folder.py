"""A folder that describes a whole district: places from a division file, the rest from another."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence, Set
from pathlib import Path

from core.agency import AgencyKind
from core.sheet_edits import Row, rows_of, with_row
from storage.divisions import Division, kind_word
from storage.sheets import FILES
from storage.sheets_agencies import AGENCIES, KINDS
from storage.sheets_cells import plain, split
from storage.sheets_folder import File, Folder
from storage.sheets_grids import GRIDS
from storage.sheets_rules import RULES
from storage.sheets_table import decoded

PLACES = frozenset({AgencyKind.DISTRICT, AgencyKind.STREET, AgencyKind.COMMUNITY})
OF_THE_PLACE = ("别名", "纬度", "经度", "边界", "值班电话")


def sheets_of(found: Sequence[Division], like: Folder, prefix: str = "") -> Mapping[str, str]:
    """Every sheet of the new district, as csv by the name of its file.

    ``like`` gives departments, enterprises, items, limits and all else; what it knows of a place
    with the same code is kept.
    """
    sheets = {name: _text(like / name) for name in FILES}
    sheets = {name: text for name, text in sheets.items() if text}
    sheets[AGENCIES.file] = _agencies(found, sheets.get(AGENCIES.file, ""))
    _keep_own_grids(sheets, {each.code for each in found})
    if prefix and RULES.file in sheets:
        sheets[RULES.file] = with_row(sheets[RULES.file], "项目", "编号前缀", {"数值": prefix})
    return sheets


def _keep_own_grids(sheets: dict[str, str], places: Set[str]) -> None:
    """A grid belongs to a community: those of another district are not borrowed."""
    header, rows = rows_of(sheets.pop(GRIDS.file, "") or "社区\n")
    kept = [row for row in rows if plain(row.get("社区", "")) in places]
    if kept:
        sheets[GRIDS.file] = _written(kept, header)


def write(sheets: Mapping[str, str], folder: Path) -> None:
    """The sheets as files; ``FileExistsError`` where there is anything already."""
    folder.mkdir(parents=True)
    for name, text in sheets.items():
        (folder / name).write_text(text, "utf-8-sig")


def borrowed(sheets: Mapping[str, str], like: Folder) -> tuple[str, ...]:
    """Names of departments and enterprises that speak of the district they were written for."""
    _, theirs = rows_of(_text(like / AGENCIES.file))
    home = next((row["名称"] for row in theirs if _kind(row) is AgencyKind.DISTRICT), "")
    _, rows = rows_of(sheets[AGENCIES.file])
    here = next((row["名称"] for row in rows if _kind(row) is AgencyKind.DISTRICT), "")
    word = home.rstrip("区县市")
    if not word or home == here:
        return ()
    return tuple(row["名称"] for row in rows if word in row["名称"] and _kind(row) not in PLACES)


def _agencies(found: Sequence[Division], theirs: str) -> str:
    _, rows = rows_of(theirs)
    known = {plain(row.get("编码", "")): row for row in rows}
    district = next(each.code for each in found if each.kind is AgencyKind.DISTRICT)
    known.setdefault(district, _alike(rows))
    places = [_place(each, known.get(each.code, {})) for each in found]
    others = [{**row, "上级": district} for row in rows if _kind(row) not in PLACES]
    return _written([*places, *others])


def _alike(rows: Sequence[Row]) -> Row:
    """What another district is called but by its own name: the call office, 区里."""
    home = next((row for row in rows if _kind(row) is AgencyKind.DISTRICT), {})
    word = home.get("名称", "").rstrip("区县市")
    kept = [name for name in split(home.get("别名", "")) if not word or word not in name]
    return {"别名": "、".join(kept)}


def _place(division: Division, known: Row) -> Row:
    own = {name: known.get(name, "") for name in OF_THE_PLACE}
    if not own["别名"] and division.name.endswith("街道"):
        own["别名"] = division.name.removesuffix("道")
    return {
        "编码": division.code,
        "名称": division.name,
        "类别": kind_word(division.kind),
        "上级": division.parent,
        **own,
    }


def _kind(row: Row) -> AgencyKind | None:
    return KINDS.get(plain(row.get("类别", "")))


def _text(file: File) -> str:
    return (decoded(file.read_bytes()) or "") if file.is_file() else ""


def _written(rows: Sequence[Row], columns: Sequence[str] = tuple(AGENCIES.columns)) -> str:
    sheet = io.StringIO()
    writer = csv.DictWriter(sheet, columns, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return sheet.getvalue()
