"""The catalogue sheet: what a call may be about, and who answers for it."""

from __future__ import annotations

from collections.abc import Mapping

from core.agency import AgencyKind, AgencyTree
from core.catalogue import GRADES, Catalogue, Item, Urgency
from core.mistakes import Mistake, MistakeCode
from storage.sheets_agencies import KINDS
from storage.sheets_cells import QUESTIONS, YES_NO, Row, first_of_its_kind, nearest, plain, split
from storage.sheets_folder import Folder
from storage.sheets_table import Shape, read_table

CATALOGUE = Shape(
    "catalogue.csv",
    {
        "编号": True,
        "领域": True,
        "大类": True,
        "事项": True,
        "情形": True,
        "办结标准": True,
        "主办": True,
        "协办": False,
        "等级": True,
        "首接": True,
        "必填要素": False,
        "须附照片": False,
        "须核查": False,
        "回头看": False,
        "别名": False,
        "保密": False,
    },
)
URGENCIES = {urgency.value: urgency for urgency in GRADES} | {
    urgency.value.lower(): urgency for urgency in GRADES
}
SECRETS = {"是": "restricted", "否": "", "打击报复": "retaliation"}
ROLES = {"社区": AgencyKind.COMMUNITY.value, "街道": AgencyKind.STREET.value}


def read_catalogue(folder: Folder, tree: AgencyTree | None, mistakes: list[Mistake]) -> Catalogue:
    """The items of the catalogue sheet.

    ``lead`` and ``co`` become agency codes, or "community" and "street" where the sheet names the
    level and not an agency. Without a tree the names are taken as they are, so that one missing
    sheet is not reported once per item.
    """
    table = read_table(folder, CATALOGUE, mistakes)
    names = None if tree is None else _names(tree)
    rows = first_of_its_kind(table.rows, "编号")
    if table.readable and not table.rows:
        table.wrong(MistakeCode.ROWS_MISSING)
    return Catalogue(tuple(_item(row, names) for row in rows))


def _names(tree: AgencyTree) -> dict[str, str]:
    """Every way to name an agency that may lead; full names win, then the first in the sheet."""
    leading = tree.of_kind(AgencyKind.DEPARTMENT, AgencyKind.ENTERPRISE, AgencyKind.DISTRICT)
    known = ROLES | {agency.name: agency.code for agency in leading}
    known |= {agency.code: agency.code for agency in leading}
    for agency in leading:
        for alias in (agency.short_name, *agency.aliases):
            known.setdefault(alias, agency.code)
    return known


def _item(row: Row, names: Mapping[str, str] | None) -> Item:
    return Item(
        code=plain(row.text("编号")),
        name=row.text("事项"),
        domain=row.text("领域"),
        category=row.text("大类"),
        situation=row.text("情形"),
        done_standard=row.text("办结标准"),
        lead=_agency(row, "主办", row.text("主办"), names),
        co=tuple(_agency(row, "协办", word, names) for word in split(row.text("协办"))),
        urgency=row.choice("等级", URGENCIES) or Urgency.P2,
        answers_first=row.choice("首接", KINDS) or AgencyKind.COMMUNITY,
        required_facts=split(row.text("必填要素"), QUESTIONS),
        needs_photo=bool(row.choice("须附照片", YES_NO)),
        needs_verifying=bool(row.choice("须核查", YES_NO)),
        looks_back=bool(row.choice("回头看", YES_NO)),
        aliases=split(row.text("别名")),
        restricted=bool(row.choice("保密", SECRETS)),
        retaliation=row.choice("保密", SECRETS) == "retaliation",
    )


def _agency(row: Row, column: str, word: str, names: Mapping[str, str] | None) -> str:
    if names is None or not word:
        return word
    code = names.get(word) or names.get(plain(word))
    if code is None:
        close = nearest(word, names)
        row.wrong(column, MistakeCode.UNKNOWN_AGENCY, value=word, close=close)
    return code or word
