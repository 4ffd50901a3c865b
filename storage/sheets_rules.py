"""The rules sheet: limits, office hours, clauses, and how public numbers begin."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from core.catalogue import GRADES, Urgency
from core.hours import OFFICE_HOURS, Hours, Session, in_order
from core.limits import Clock, Limits, Rule, Span, Unit
from core.mistakes import Mistake, MistakeCode
from core.routing import ITEM
from core.whistle import Whistle
from storage.sheets_cells import Row, first_of_its_kind, nearest, plain
from storage.sheets_folder import Folder
from storage.sheets_table import Shape, Table, read_table
from storage.sheets_times import session

RULES = Shape(
    "rules.csv",
    {
        "项目": True,
        "数值": False,
        "单位": False,
        "上限数值": False,
        "上限单位": False,
        "依据": False,
        "说明": False,
    },
)
UNITS = {
    "分钟": Unit.MINUTES,
    "小时": Unit.HOURS,
    "天": Unit.DAYS,
    "工作小时": Unit.WORKING_HOURS,
    "工作日": Unit.WORKING_DAYS,
}
CLOCKS = {
    "签收": Clock.SIGN,
    "首次联系": Clock.CONTACT,
    "到场": Clock.ARRIVE,
    "阶段答复": Clock.INTERIM,
    "办结": Clock.FINISH,
}
STEPS = {
    "退单申请": "return_request",
    "急件退单申请": "return_request_urgent",
    "退单审核": "return_decision",
    "评价提醒": "rating_reminder",
    "评价截止": "rating_end",
    "催办间隔": "urge_cooldown",
    "急件催办间隔": "urge_cooldown_urgent",
    "绑定码": "bind_code",
    "加入链接": "join_link",
    "草稿": "draft",
    "上级答复": "parent_answer",
    "重开": "reopen",
    "受理": "triage",
    "急件受理": "triage_urgent",
    "街道受理": "triage_street",
    "补充提醒": "info_reminder",
    "补充等待": "info_wait",
    "不予受理审核": "rejection_decision",
    "看电话审核": "reveal_decision",
    "解除保密审核": "lift_decision",
    "申诉": "appeal",
    "延期审核": "extension_decision",
    "延期上限": "extension_cap",
    "挂账审核": "hold_decision",
    "挂账复核": "hold_review",
    "不合理认定审核": "finding_decision",
    "评价异议": "rating_objection",
    "会商": "dispute",
    "急件会商": "dispute_urgent",
    "上呼审批": "call_up_decision",
    "急件上呼审批": "call_up_decision_urgent",
    "核查": "verification",
    "回头看": "look_back",
    "督办": "press",
}
CLAUSES = {
    "派单依据": "dispatch",
    "兜底依据": "fallback",
    "退单依据": "return",
    "上呼依据": "call_up",
    "不予受理依据": "reject",
    "保密依据": "restricted",
    "回避依据": "conflict",
}
# Plain figures without a unit; a sheet without such a row has no such rule.
COUNTS = {
    "每人每日呼叫": "calls_per_day",
    "督办同感人数": "press_supporters",
    "保留收到的消息": "keep_updates",
    "保留发出的消息": "keep_messages",
    "保留呼叫内容": "keep_calls",
    "保留删除清单": "keep_erasures",
    "响应率权重": "weight_response",
    "解决率权重": "weight_resolution",
    "满意率权重": "weight_satisfaction",
    "均值件数": "legs_at_mean",
}
PREFIX, MORNING, AFTERNOON = "编号前缀", "上午", "下午"
CLASSES = {
    **{grade.value: grade for grade in GRADES},
    "咨询": Urgency.CONSULT,
    "建议": Urgency.SUGGESTION,
    "举报": Urgency.REPORT,
    "表扬": Urgency.PRAISE,
}
CLOCK_ROWS = {
    f"{name}{word}": (urgency, clock)
    for name, urgency in CLASSES.items()
    for word, clock in CLOCKS.items()
}
WHISTLES = {
    "应急哨": Whistle.EMERGENCY,
    "工作推进哨": Whistle.WORK,
    "攻坚克难哨": Whistle.TOUGH,
}
WHISTLE_ROWS = {
    f"{name}{word}": (whistle, clock)
    for name, whistle in WHISTLES.items()
    for word, clock in CLOCKS.items()
}
# Not every class has these clocks, so such a row may be left out; so may every row of what a
# caller wants: then the item's own limits hold.
OPTIONAL = frozenset({Clock.ARRIVE, Clock.INTERIM})
LEFT_OUT = frozenset({"急件上呼审批"})
"""A step that later sheets have; without it the usual one holds."""
NEEDED = (
    PREFIX,
    MORNING,
    AFTERNOON,
    *(n for n, (of, clock) in CLOCK_ROWS.items() if of in GRADES and clock not in OPTIONAL),
    *(name for name in STEPS if name not in LEFT_OUT),
)
KNOWN = (*CLOCK_ROWS, *WHISTLE_ROWS, *STEPS, *CLAUSES, *COUNTS, PREFIX, MORNING, AFTERNOON)


@dataclass(frozen=True, slots=True)
class RuleBook:
    """What the rules sheet says."""

    prefix: str
    hours: Hours
    limits: Limits


def read_rules(folder: Folder, mistakes: list[Mistake]) -> RuleBook:
    """The rules of the sheet; what is missing or unknown is noted and left out."""
    table = read_table(folder, RULES, mistakes)
    rows = {plain(row.text("项目")): row for row in first_of_its_kind(table.rows, "项目")}
    _check_names(table, rows)
    return RuleBook(_prefix(rows.get(PREFIX)), _hours(rows), _limits(rows))


def _check_names(table: Table, rows: Mapping[str, Row]) -> None:
    if not table.readable:
        return
    for name, row in rows.items():
        if name not in KNOWN:
            close = nearest(name, KNOWN)
            row.wrong("项目", MistakeCode.ROW_UNKNOWN, value=row.text("项目"), close=close)
    for name in NEEDED:
        if name not in rows:
            table.wrong(MistakeCode.ROW_MISSING, "项目", value=name)


def _limits(rows: Mapping[str, Row]) -> Limits:
    clocks: dict[Urgency, dict[Clock, Rule]] = {urgency: {} for urgency in Urgency}
    for name, (urgency, clock) in CLOCK_ROWS.items():
        if rule := _rule(rows.get(name)):
            clocks[urgency][clock] = rule
    steps = {key: rule for word, key in STEPS.items() if (rule := _rule(rows.get(word)))}
    clauses = {key: _clause(rows[word]) for word, key in CLAUSES.items() if word in rows}
    counts = {key: n for word, key in COUNTS.items() if (n := _count(rows.get(word))) is not None}
    return Limits(clocks, steps, clauses, counts, _whistles(rows))


def _whistles(rows: Mapping[str, Row]) -> dict[str, dict[Clock, Rule]]:
    found: dict[str, dict[Clock, Rule]] = {}
    for name, (whistle, clock) in WHISTLE_ROWS.items():
        if rule := _rule(rows.get(name)):
            found.setdefault(whistle.value, {})[clock] = rule
    return found


def _count(row: Row | None) -> float | None:
    return row.figure("数值") if row else None


def _clause(row: Row) -> str:
    return row.text("依据").replace("{编号}", ITEM)


def _rule(row: Row | None) -> Rule | None:
    span = _span(row, "数值", "单位") if row else None
    if row is None or span is None:
        return None
    capped = row.text("上限数值") or row.text("上限单位")
    cap = _span(row, "上限数值", "上限单位") if capped else None
    return Rule(row.text("项目"), span, row.text("依据"), cap)


def _span(row: Row, figure: str, unit: str) -> Span | None:
    for column in (figure, unit):
        if not row.text(column):
            row.wrong(column, MistakeCode.CELL_EMPTY)
    amount, counted_in = row.figure(figure), row.choice(unit, UNITS)
    return Span(amount, counted_in) if amount is not None and counted_in else None


def _prefix(row: Row | None) -> str:
    said = plain(row.text("数值")).upper() if row else ""
    if row and not re.fullmatch(r"[A-Z]{1,6}", said):
        row.wrong("数值", MistakeCode.BAD_PREFIX, value=said)
    return said


def _hours(rows: Mapping[str, Row]) -> Hours:
    sessions = [_session(rows[name]) for name in (MORNING, AFTERNOON) if name in rows]
    hours = tuple(one for one in sessions if one)
    if len(hours) == 2 and not in_order(hours):
        said = rows[AFTERNOON].text("数值")
        rows[AFTERNOON].wrong("数值", MistakeCode.BAD_HOURS, value=said)
    return hours or OFFICE_HOURS


def _session(row: Row) -> Session | None:
    said = plain(row.text("数值"))
    found = session(said)
    if found and in_order((found,)):
        return found
    row.wrong("数值", MistakeCode.BAD_HOURS, value=said)
    return None
