"""One line that changes one row of a sheet: agencies, items, canned answers, quiet hours, limits.

Each gives the whole sheet as it would be, or None where the words ask for no change; everything
else (difference, confirmation, version, the way back) comes with ``bot/handlers/ruling.py``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

from core.errors import StillAbove
from core.sheet_rows import Rows

AGENCIES, CATALOGUE, REPLIES, LADDER = (
    "agencies.csv",
    "catalogue.csv",
    "replies.csv",
    "ladder.csv",
)
ADD = frozenset({"加", "增加", "新增", "add", "new"})
GONE = frozenset({"撤", "撤销", "撤下", "删", "删除", "close", "remove", "delete"})
AGENCY_CELLS = {
    **dict.fromkeys(("改名", "名称", "rename", "name"), "名称"),
    **dict.fromkeys(("上级", "parent"), "上级"),
    **dict.fromkeys(("电话", "值班电话", "phone"), "值班电话"),
    **dict.fromkeys(("别名", "alias"), "别名"),
}
ITEM_CELLS = {
    **dict.fromkeys(("主办", "lead"), "主办"),
    **dict.fromkeys(("协办", "co"), "协办"),
    **dict.fromkeys(("等级", "class", "urgency"), "等级"),
    **dict.fromkeys(("首接", "first"), "首接"),
    **dict.fromkeys(("别名", "说法", "words"), "别名"),
}
MOMENTS = {"办结后": "办结后", "done": "办结后", "办理中": "办理中", "working": "办理中"}
FEATURES = {
    **dict.fromkeys(("反映", "呼叫", "calls"), "反映"),
    **dict.fromkeys(("同感", "supporters"), "同感"),
    **dict.fromkeys(("话题", "topics"), "话题"),
    **dict.fromkeys(("简报", "日报", "周报", "briefs"), "简报"),
}
STATES = {**dict.fromkeys(("开", "on"), "开"), **dict.fromkeys(("关", "off"), "关")}
CLOCKS = {
    **dict.fromkeys(("finish", "resolve", "done", "办完", "完成", "办结时限"), "办结"),
    **dict.fromkeys(("sign", "ack", "acknowledge", "接单"), "签收"),
    **dict.fromkeys(("contact", "联系"), "首次联系"),
    **dict.fromkeys(("arrive", "arrival", "到现场"), "到场"),
}
UNITS = {
    **dict.fromkeys(("wd", "workday", "workdays", "个工作日"), "工作日"),
    **dict.fromkeys(("wh", "workhour", "workhours", "个工作小时"), "工作小时"),
    **dict.fromkeys(("d", "day", "days", "日"), "天"),
    **dict.fromkeys(("h", "hour", "hours", "个小时", "钟头"), "小时"),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes", "分"), "分钟"),
}
GLUED = re.compile(r"(\d+(?:\.\d+)?)\s*([^\d\s]+)$")
SHOWN_BELOW = 12
TIME = re.compile(r"^([01]?\d|2[0-3])(?:[:：点]([0-5]\d|半)?分?)?$")
Edit = Callable[[Sequence[str], str], str | None]


def limit(words: Sequence[str]) -> tuple[str, str, str] | None:
    """Rule, figure and unit, however written: ``P2 办结 4 工作日``, ``P2 finish 4wd``."""
    said = unicodedata.normalize("NFKC", " ".join(words))
    glued = GLUED.search(said)
    parts = [*said[: glued.start()].split(), *glued.groups()] if glued else said.split()
    if len(parts) < 3:
        return None
    *plain, figure, unit = parts
    if not figure[0].isdigit():
        return None
    named = [CLOCKS.get(one.lower(), one) for one in plain]
    return "".join(named), figure, UNITS.get(unit.lower(), unit)


def agency(words: Sequence[str], text: str) -> str | None:
    """``/agency 单位 改名|上级|电话|别名 …``, ``/agency 加 …``, ``/agency 单位 撤``."""
    sheet = Rows.of(text)
    match words:
        case [add, code, name, kind, parent] if add.lower() in ADD:
            cells = {"编码": code, "名称": name, "类别": kind}
            return sheet.with_new({**cells, "上级": _code(sheet, parent)})
        case [name, gone] if gone.lower() in GONE:
            return sheet.without(_childless(sheet, sheet.find(name, "编码", "别名", "名称")))
        case [name, cell, value] if cell.lower() in AGENCY_CELLS:
            column = AGENCY_CELLS[cell.lower()]
            said = _code(sheet, value) if column == "上级" else value
            return sheet.with_cells(sheet.find(name, "编码", "别名", "名称"), {column: said})
    return None


def item(words: Sequence[str], text: str) -> str | None:
    """``/item 23 主办 区民政局``; ``+走鬼`` adds one word to the 别名, ``-走鬼`` takes it out."""
    match words:
        case [name, cell, *value] if cell.lower() in ITEM_CELLS and value:
            sheet, column = Rows.of(text), ITEM_CELLS[cell.lower()]
            place = sheet.find(name, "编号", "事项")
            said = _listed(sheet.rows[place].get(column, ""), "".join(value))
            return sheet.with_cells(place, {column: said})
    return None


def replies(words: Sequence[str], text: str) -> str | None:
    """``/replies 加 [办结后] 内容``, ``/replies 3 改 内容``, ``/replies 3 删``; by place."""
    sheet = Rows.of(text or "事项,时机,内容,说明\n")
    match words:
        case [add, *said] if add.lower() in ADD and said:
            moment = MOMENTS.get(said[0].lower(), "") if len(said) > 1 else ""
            content = " ".join(said[1:] if moment else said)
            return sheet.with_new({"时机": moment or "办理中", "内容": content})
        case [number, gone] if gone.lower() in GONE and _at(sheet, number) is not None:
            return sheet.without(_at(sheet, number) or 0)
        case [number, change, *said] if change in ("改", "change") and said:
            place = _at(sheet, number)
            changed = {"内容": " ".join(said)}
            return None if place is None else sheet.with_cells(place, changed)
    return None


def quiet(words: Sequence[str], text: str) -> str | None:
    """``/quiet 21:30 8:00``, with ``-``, ``到`` or a space between."""
    parts = re.split(r"[\s\-—~至到]+", unicodedata.normalize("NFKC", " ".join(words)).strip())
    times = [TIME.match(part) for part in parts]
    if len(times) != 2 or not all(times):
        return None
    begins, ends = (f"{int(t[1]):02d}:{(t[2] or '00').replace('半', '30')}" for t in times if t)
    sheet = Rows.of(text)
    return sheet.with_cells(sheet.find("免打扰", "项目"), {"数值": f"{begins}-{ends}"})


def feature(words: Sequence[str], text: str) -> str | None:
    """``/feature 同感 西村街道 关``; without a street for all that are not named."""
    match words:
        case [name, *street, state] if name.lower() in FEATURES and state.lower() in STATES:
            cells = {"功能": FEATURES[name.lower()], "街道": "".join(street)}
            sheet = Rows.of(text or "功能,街道,状态\n")
            same = [n for n, row in enumerate(sheet.rows) if cells.items() <= row.items()]
            said = {**cells, "状态": STATES[state.lower()]}
            return sheet.with_cells(same[0], said) if same else sheet.with_new(said)
    return None


EDITS: Mapping[str, tuple[str, Edit]] = {
    "agency": (AGENCIES, agency),
    "item": (CATALOGUE, item),
    "replies": (REPLIES, replies),
    "quiet": (LADDER, quiet),
    "feature": ("features.csv", feature),
}


def _childless(sheet: Rows, place: int) -> int:
    """The place of an agency that may go; ``StillAbove`` while others stand below it."""
    row = sheet.rows[place]
    known = {row["编码"], row["名称"]}
    below = [one["名称"] for one in sheet.rows if one["上级"] in known]
    if below:
        raise StillAbove(name=row["名称"], below=tuple(below[:SHOWN_BELOW]), count=len(below))
    return place


def _code(sheet: Rows, name: str) -> str:
    return sheet.rows[sheet.find(name, "编码", "别名", "名称")]["编码"]


def _at(sheet: Rows, number: str) -> int | None:
    fits = number.isascii() and number.isdigit() and 1 <= int(number) <= len(sheet.rows)
    return int(number) - 1 if fits else None


def _listed(before: str, said: str) -> str:
    """The list with one word more or less; the words themselves where no sign stands in front."""
    listed = [word for word in before.split("、") if word]
    word = said[1:]
    if said.startswith("+"):
        return "、".join(dict.fromkeys([*listed, word]))
    if said.startswith("-"):
        return "、".join(one for one in listed if one != word)
    return said
