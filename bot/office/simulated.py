"""What a simulation came to, in words: one report, or two side by side with the difference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from core.district import District
    from simulation.result import Result

CLOCKS = {
    "sign": "签收",
    "contact": "联系",
    "arrive": "到场",
    "interim": "首次反馈",
    "finish": "办结",
    "milestone": "计划节点",
}
STAGES = {
    "near": "快到时限",
    "yellow": "黄色逾期",
    "red": "红色逾期",
    "daily": "每日再催",
    "pressed": "督办",
    "page": "逐人呼叫",
    "tree": "改打电话",
}
STATES = {
    "triage": "待受理",
    "dispatched": "待签收",
    "in_progress": "办理中",
    "need_info": "等补充",
    "return_review": "退单审核",
    "on_hold": "挂账",
    "resolved": "待评价",
    "verifying": "待核查",
    "closed": "已结案",
}
RATES = ("响应率", "解决率", "满意率")
WORST = 10


class Line(NamedTuple):
    """One row of the report: a part, a name, a figure (None for nothing to say)."""

    part: str
    name: str
    figure: float | None


def lines(result: Result, district: District) -> Iterator[Line]:
    """Every figure of the report, in its order; shares are percentages."""
    yield Line("总量", "呼叫（件）", result.calls)
    yield Line("总量", "办理单（件）", result.legs)
    for state, count in result.states.items():
        yield Line("期末状态", STATES.get(state, state), count)
    for name, rate in zip(RATES, result.rates, strict=True):
        yield Line("三率（%）", name, None if rate is None else round(100 * rate, 1))
    for stage, count in result.nudges.items():
        clock, _, rung = stage.partition(".")
        yield Line("催办（次）", f"{CLOCKS.get(clock, clock)}·{STAGES.get(rung, rung)}", count)
    yield from _messages(result)
    for one in result.agencies:
        name = district.tree.get(one.agency).name
        yield Line("按时率（%）", name, round(100 * one.share, 1))


def _messages(result: Result) -> Iterator[Line]:
    yield Line("群消息", "新消息", result.posts)
    yield Line("群消息", "编辑", result.edits)
    yield Line("群消息", "其中看板", result.boards)
    yield Line("群消息", "其中合并提醒", result.digests)
    yield Line("群消息", "私聊消息", result.privately)
    yield Line("每群每小时", "一半不超过", result.hours.p50)
    yield Line("每群每小时", "95% 不超过", result.hours.p95)
    yield Line("每群每小时", "最多", result.hours.most)
    yield Line("每群每小时", "有一分钟超过 15 条的小时数", result.hours.over_budget)
    yield Line("最忙", "最忙的群全期消息", result.busiest_group[1])
    yield Line("最忙", "最忙的一天消息", result.busiest_day[1])


def report(result: Result, district: District) -> str:
    """The report as text: who was late most is named, the others are in the table."""
    parts: list[str] = []
    shown = ""
    late = 0
    for line in lines(result, district):
        late += line.part.startswith("按时率")
        if late > WORST:
            break
        if line.part != shown:
            parts += ["", f"【{line.part}】" + ("（最低的十个）" if late else "")]
            shown = line.part
        parts.append(f"  {line.name}：{_told(line.figure)}")
    busiest = result.busiest_group[0]
    if busiest:
        day = result.busiest_day[0]
        parts += ["", f"最忙的群：{district.tree.get(busiest).name}；最忙的一天：{day}"]
    if result.refused:
        told = "、".join(f"{name} {count}" for name, count in result.refused.items())
        parts += ["", f"规则没有允许的操作：{told}"]
    return "\n".join(parts).strip() + "\n"


def compared(now: Sequence[Line], then: Sequence[Line]) -> list[tuple[Line, float | None]]:
    """Every line of either report, with what it would be; what one of them lacks is 0."""
    known = {(one.part, one.name): one.figure for one in then}
    rows = [(one, known.pop((one.part, one.name), 0)) for one in now]
    added = [(Line(part, name, 0), figure) for (part, name), figure in known.items()]
    return rows + added


def side_by_side(now: Sequence[Line], then: Sequence[Line]) -> str:
    """What changed rules would change, as text; lines that stay as they are are left out."""
    told = ["规则改了以后会怎样（现在 → 改后，差）：", ""]
    for line, figure in compared(now, then):
        if line.figure != figure:
            change = "" if line.figure is None or figure is None else f"{figure - line.figure:+g}"
            head = f"  {line.part}·{line.name}"
            told.append(f"{head}：{_told(line.figure)} → {_told(figure)}，{change}")
    return "\n".join(told if len(told) > 2 else ["改后的规则没有带来任何不同。"]) + "\n"


def _told(figure: float | None) -> str:
    return "无" if figure is None else f"{figure:,g}" if figure < 1e6 else f"{figure:,.0f}"
