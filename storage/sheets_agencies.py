"""The agencies sheet: who there is, on which level, below whom, and where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from core.agency import Agency, AgencyKind, AgencyTree, tree_of
from core.mistakes import Mistake, MistakeCode
from storage.sheets_cells import YES_NO, Row, first_of_its_kind, plain, split
from storage.sheets_folder import Folder
from storage.sheets_places import boundary_of, centre_of
from storage.sheets_table import Shape, Table, read_table

AGENCIES = Shape(
    "agencies.csv",
    {
        "编码": True,
        "名称": True,
        "类别": True,
        "上级": False,
        "别名": False,
        "纬度": False,
        "经度": False,
        "边界": False,
        "值班电话": False,
        "保密专班": False,
    },
)
KINDS = {
    "区": AgencyKind.DISTRICT,
    "街道": AgencyKind.STREET,
    "社区": AgencyKind.COMMUNITY,
    "部门": AgencyKind.DEPARTMENT,
    "企业": AgencyKind.ENTERPRISE,
}
KIND_WORDS = {kind: word for word, kind in KINDS.items()}
PARENT_KIND = {
    AgencyKind.STREET: AgencyKind.DISTRICT,
    AgencyKind.COMMUNITY: AgencyKind.STREET,
    AgencyKind.DEPARTMENT: AgencyKind.DISTRICT,
    AgencyKind.ENTERPRISE: AgencyKind.DISTRICT,
}


def read_agencies(folder: Folder, mistakes: list[Mistake]) -> AgencyTree | None:
    """The tree of the agencies sheet; None where the sheet could not be read at all."""
    table = read_table(folder, AGENCIES, mistakes)
    if not table.readable:
        return None
    sound = {row.number for row in first_of_its_kind(table.rows, "编码")}
    codes = _codes(table.rows)
    agencies = {row.number: _agency(row, codes) for row in table.rows}
    _check_districts(table)
    by_code = {a.code: a for number, a in agencies.items() if number in sound}
    for row in table.rows:
        _check_parent(row, agencies[row.number], by_code)
    return tree_of(agencies.values())


def _codes(rows: list[Row]) -> dict[str, str]:
    """How a parent may be named: by its code, or by a name only one agency has."""
    names = Counter(plain(row.text("名称")) for row in rows)
    codes = {plain(row.text("名称")): plain(row.text("编码")) for row in rows}
    return {name: code for name, code in codes.items() if name and names[name] == 1}


def _agency(row: Row, codes: Mapping[str, str]) -> Agency:
    parent = plain(row.text("上级"))
    return Agency(
        code=plain(row.text("编码")),
        name=row.text("名称"),
        kind=row.choice("类别", KINDS) or AgencyKind.COMMUNITY,
        parent=codes.get(parent, parent) or None,
        aliases=split(row.text("别名")),
        centre=centre_of(row),
        boundary=boundary_of(row),
        phone=row.text("值班电话"),
        restricted=bool(row.choice("保密专班", YES_NO)),
    )


def _check_districts(table: Table) -> None:
    word = KIND_WORDS[AgencyKind.DISTRICT]
    districts = [row for row in table.rows if plain(row.text("类别")) == word]
    if not districts:
        table.wrong(MistakeCode.DISTRICT_MISSING, "类别")
    for row in districts[1:]:
        row.wrong("类别", MistakeCode.DISTRICT_TWICE, value=row.text("名称"))


def _check_parent(row: Row, agency: Agency, by_code: Mapping[str, Agency]) -> None:
    expected = PARENT_KIND.get(agency.kind)
    if expected is None or plain(row.text("类别")) not in KINDS:
        return
    parent = by_code.get(agency.parent or "")
    if agency.parent is None:
        row.wrong("上级", MistakeCode.CELL_EMPTY)
    elif parent is None:
        row.wrong("上级", MistakeCode.UNKNOWN_PARENT, value=agency.parent)
    elif _in_a_cycle(agency, by_code):
        row.wrong("上级", MistakeCode.CYCLE, value=agency.parent)
    elif parent.kind is not expected:
        facts = {"value": parent.name, "expected": KIND_WORDS[expected]}
        row.wrong("上级", MistakeCode.WRONG_LEVEL, **facts)


def _in_a_cycle(agency: Agency, by_code: Mapping[str, Agency]) -> bool:
    seen: set[str] = set()
    above: Agency | None = agency
    while above is not None and above.code not in seen:
        seen.add(above.code)
        above = by_code.get(above.parent or "")
    return above is not None and above.code == agency.code
