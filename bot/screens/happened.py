"""What happened to a call, told to whoever raised it: newest first, public words alone."""

from __future__ import annotations

from datetime import tzinfo
from typing import TYPE_CHECKING

from bot.screens import names
from bot.screens.cards import clipped
from bot.screens.times import when
from bot.words import N_, _
from core.lifecycle import Action, Outcome
from core.redacting import LATER

if TYPE_CHECKING:
    from core.journal import Entry
    from core.views import CallView, LegView

MISDISPATCH = Outcome.MISDISPATCH.value
LONGEST_WORDS = 160
LONGEST_TIMELINE = 3000
# Steps that name another agency than the one that acts.
GIVES = frozenset(
    {Action.DISPATCH, Action.RAISE, Action.ADMIT, Action.DISPATCH_LATE, Action.SEEN_BELOW}
)
HAPPENED = {
    Action.DISPATCH: N_("交给【{agency}】办理"),
    Action.ACKNOWLEDGE: N_("【{agency}】已签收"),
    Action.ARRIVE: N_("【{agency}】的人已到现场"),
    Action.REPLY: N_("【{agency}】回复：{words}"),
    Action.PROGRESS: N_("【{agency}】办理进展：{words}"),
    Action.CALL_UP: N_("【{agency}】已呼叫{other}一起解决"),
    Action.CHILD_CLOSED: N_("{other}已经办完它的部分，由【{agency}】答复您"),
    Action.ADD_CO: N_("【{agency}】已请{other}协办"),
    Action.ADD_CO_ABOVE: N_("【{agency}】已请{other}协办"),
    Action.ADD_CO_BY_HAND: N_("【{agency}】已请{other}协办"),
    Action.LOG_PHONE: N_("【{agency}】电话联系：{words}"),
    Action.RECLASS: N_("【{agency}】改了事项类别"),
    Action.RECLASS_ABOVE: N_("上级改了事项类别"),
    Action.RETYPE: N_("【{agency}】改了类型"),
    Action.RETYPE_ABOVE: N_("上级改了类型"),
    Action.MERGE: N_("【{agency}】已并入 {number} 一起办理"),
    Action.SPLIT: N_("【{agency}】把另一件事分开办理：{number}"),
    Action.CONVENE: N_("正由区里明确责任单位"),
    Action.KEEP_LEAD: N_("区里明确由【{agency}】办理"),
    Action.RESTRICT: N_("已转专人办理"),
    Action.LEAVE_LEAD: N_("仍由【{agency}】办理"),
    Action.PART: N_("您说不是同一件，恢复办理"),
    Action.REVEAL: N_("【{agency}】为联系您查看了您留的电话"),
    Action.SEEN_BELOW: N_("【{agency}】为联系您查看了您留的电话"),
    Action.LIFT: N_("不再只限专人，照常办理"),
    Action.CLAIM: N_("您认领了这件事"),
    Action.ANSWER_BY_PHONE: N_("您在电话里回答：{words}"),
    Action.RESOLVE: N_("【{agency}】已办结：{words}"),
    Action.CORRECT: N_("【{agency}】更正：{words}"),
    Action.ADD: N_("您补充：{words}"),
    Action.AMEND: N_("您更正：{words}"),
    Action.ERASE: N_("您撤下了一段话"),
    Action.URGE: N_("您催办了一次"),
    Action.WITHDRAW: N_("您撤回了这件事"),
    Action.ACCEPT: N_("您评价：{verdict}"),
    Action.RATE_LATE: N_("您评价：{verdict}"),
    Action.GIVE_UP: N_("您评价：没有解决，就此结案"),
    Action.REWORK: N_("您请【{agency}】重办"),
    Action.LAPSE: N_("没有等到评价，先结案"),
    Action.EXTEND: N_("【{agency}】延期：{reason}"),
    Action.MOVE_DATE: N_("【{agency}】答复的日期顺延"),
    Action.VERIFY: N_("请别的单位核查"),
    Action.PASS: N_("核查通过"),
    Action.PASS_UNSEEN: N_("核查到期，以您的评价为准"),
    Action.FAIL: N_("核查没有通过，退回【{agency}】重办"),
    Action.RATE_AHEAD: N_("您评价：{verdict}（等核查结果）"),
    Action.PRESS: N_("列为区级督办"),
    Action.PRESS_BY_HAND: N_("列为区级督办"),
    Action.REOPEN: N_("您重开了这件事：{words}"),
    Action.REOPEN_BY_HAND: N_("区里重开了这件事"),
    Action.REOPEN_ABOVE: N_("上级重开了这件事"),
    Action.STILL_GOOD: N_("您说没有再出现"),
    Action.CAME_BACK: N_("您说又出现了，已另作一件反映"),
    Action.RAISE: N_("交给【{agency}】受理"),
    Action.ADMIT: N_("已受理，交给【{agency}】办理"),
    Action.DISPATCH_LATE: N_("按清单交给【{agency}】办理"),
    Action.ASK: N_("【{agency}】问您：{words}"),
    Action.INQUIRE: N_("【{agency}】问您：{words}"),
    Action.ANSWER: N_("您回答：{words}"),
    Action.NO_REPLY: N_("没有等到您的回答，先结案"),
    Action.GO_ON: N_("没有等到您的回答，【{agency}】接着办理"),
    Action.REDIRECT: N_("【{agency}】请您找其他渠道：{words}"),
    Action.ASK_TO_WITHDRAW: N_("您申请撤回，等【{agency}】先确认安全"),
    Action.REJECT: N_("不予受理：{reason}"),
    Action.LET_GO: N_("【{agency}】已确认安全，按您的要求撤回"),
    Action.FIND_UNREASONABLE: N_("经上级审核，不再继续办理：{reason}"),
    Action.SET_ASIDE: N_("您的评价经复核不计入考核：{reason}"),
    Action.HOLD: N_("【{agency}】暂时办不完，已列入计划（挂账）"),
    Action.REACH_MILESTONE: N_("【{agency}】完成计划中的一步：{title}"),
    Action.REVIEW_HOLD: N_("到期复核，还在照计划办理"),
    Action.OBJECT_TO_HOLD: N_("您对挂账提了意见"),
    Action.TAKE_UP: N_("【{agency}】恢复办理"),
    Action.TAKE_UP_AGAIN: N_("【{agency}】恢复办理"),
    Action.ORDER_UP: N_("【{agency}】恢复办理"),
}


HAPPENED_ABOVE = N_("{other}已呼叫{called}一起解决，仍由【{agency}】答复您")


def happened(view: CallView, zone: tzinfo) -> list[str]:
    """The timeline, newest first; the oldest lines are left out when there are too many."""
    own = {leg.leg.id: leg for leg in view.legs if leg.leg.parent_id is None}
    lines: list[str] = []
    for entry in reversed(view.entries):
        if entry.leg_id not in own or not _told(entry):
            continue
        line = f"{when(entry.at, zone)} {_line(entry, own[entry.leg_id], view)}"
        if sum(map(len, lines)) + len(line) > LONGEST_TIMELINE:
            return [*lines, _("更早的记录没有列出。")]
        lines.append(line)
    return lines


def _told(entry: Entry) -> bool:
    """Whether its caller reads it; a leg above that was given to somebody else is no news."""
    given = entry.action is Action.CHILD_CLOSED and entry.facts.get("outcome") == MISDISPATCH
    other = entry.action is Action.ERASE and not entry.facts.get("own")
    return entry.action in HAPPENED and not given and not other


def _line(entry: Entry, leg: LegView, view: CallView) -> str:
    code = entry.facts.get("agency") if entry.action in GIVES else entry.agency
    agency = view.agencies.get(str(code), leg.agency)
    said = " ".join(piece.text for piece in entry.pieces if piece.text)
    shown = sum(bool(piece.file or piece.point) for piece in entry.pieces)
    if shown:
        said += _("（附件 {n} 个）").format(n=shown)
    verdict = next(
        (_(w) for v, w in names.VERDICTS.items() if v == entry.facts.get("verdict")), ""
    )
    stars = "⭐" * int(entry.facts.get("stars") or 0)
    happened = HAPPENED_ABOVE if entry.facts.get("called") else HAPPENED[entry.action]
    return _(happened).format(
        agency=agency.short_name,
        words=clipped(said or _unsaid(entry), LONGEST_WORDS),
        number=entry.facts.get("number", ""),
        title=clipped(str(entry.facts.get("title") or ""), LONGEST_WORDS),
        reason=clipped(str(entry.facts.get("reason") or ""), LONGEST_WORDS),
        other=_other(entry, view),
        called=_named(entry.facts.get("called"), view),
        verdict=f"{verdict} {stars}".strip(),
    )


def _unsaid(entry: Entry) -> str:
    if entry.action in LATER and not entry.pieces:
        return _("（已撤下）")
    return _("没有打通") if entry.facts.get("reached") is False else ""


def _other(entry: Entry, view: CallView) -> str:
    """The agency a step called in, by name."""
    return _named(entry.facts.get("agency"), view) or _("上级")


def _named(code: object, view: CallView) -> str:
    known = {each.agency.code: each.agency for each in view.legs}
    return f"【{known[str(code)].short_name}】" if str(code) in known else ""
