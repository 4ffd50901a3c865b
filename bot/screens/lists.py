"""What an agency reads about its own work: open calls, and how to work in the group."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from aiogram.utils.formatting import Bold, Text, as_list

from bot.screens import names
from bot.screens.easel import Easel
from bot.screens.names import clean
from bot.screens.progress import lateness
from bot.screens.screen import Screen
from bot.screens.times import by_then, soon
from bot.words import _
from core.extending import asked_until, extendable
from core.lifecycle import Status
from core.limits import Clock
from core.nudging import nearest, share_of
from core.views import LegView
from core.warmth import AT_WORK

if TYPE_CHECKING:
    from core.leg import Leg


DUE: Mapping[Status, Callable[[Leg], datetime | None]] = {
    Status.TRIAGE: lambda leg: leg.triage_due,
    Status.NEED_INFO: lambda leg: leg.info_due,
    Status.ON_HOLD: lambda leg: leg.plan.wakes if leg.plan else None,
    Status.RESOLVED: lambda leg: None,
    Status.VERIFYING: lambda leg: leg.verify_due,
}
CLOCKED = frozenset({Status.DISPATCHED, Status.IN_PROGRESS})


def _finish(leg: Leg) -> datetime | None:
    return leg.finish_due


def open_calls(views: tuple[LegView, ...], count: int, *, now: datetime, easel: Easel) -> Screen:
    """One line a leg; the rest as a number."""
    if not views:
        return Screen(Text(_("没有待办的呼叫。")))
    lines: list[Text | str] = [Bold(_("待办 {n} 件，按时限先后：").format(n=count))]
    lines += [line(view, now=now, easel=easel) for view in views]
    if count > len(views):
        lines.append(_("……另有 {n} 件").format(n=count - len(views)))
    lines.append(_("看某一件：/call@{bot} 编号").format(bot=easel.bot_name))
    return Screen(as_list(*lines))


def line(view: LegView, *, now: datetime, easel: Easel) -> str:
    """One leg on one line: number, item, where it stands, what is due of it first."""
    leg = view.leg
    parts = (
        view.call.number,
        _("🔺 督办") if leg.pressed_at else "",
        names.item(view),
        _(names.STATUSES[leg.status]),
        awaited(view),
        lateness(view, now, easel) or until(view, now, easel),
        used(view, now, easel),
    )
    return " · ".join(part for part in parts if part)


def until(view: LegView, now: datetime, easel: Easel) -> str:
    """``今天 15:26 前签收``: the clock that runs out first, by its name."""
    leg = view.leg
    first = nearest(leg) if leg.status in CLOCKED else None
    if first is not None:
        clock, due = first
        words = _("{at} 前{clock}")
        return words.format(at=soon(due, now, easel.zone), clock=names.clock(clock, leg))
    by = DUE.get(leg.status, _finish)(leg)
    return _("{at} 前").format(at=soon(by, now, easel.zone)) if by else ""


def awaited(view: LegView) -> str:
    """Whom it waits for, by name: ``等【区照明管理所】``."""
    asked = [child.agency.short_name for child in view.children if child.leg.open]
    if view.leg.status is Status.RETURN_REVIEW and view.adjudicator:
        asked = [view.adjudicator.short_name]
    names_of = _("、").join(dict.fromkeys(asked))
    return _("等【{agency}】").format(agency=names_of) if names_of else ""


def used(view: LegView, now: datetime, easel: Easel) -> str:
    """That half of the limit that runs out first is used up, or nearly all of it."""
    leg, code, start, first = view.leg, view.leg.agency, view.leg.started, nearest(view.leg)
    if leg.status not in AT_WORK or start is None or first is None or first[1] <= now:
        return ""
    calendar, ladder = easel.district.calendar_of(code), easel.district.ladder_of(code)
    near, half = (
        share_of(start, first[1], share, view.call.urgency, calendar)
        for share in (ladder.near, ladder.board)
    )
    if near <= now:
        return _("⏳ 快到时限")
    return (_longer(view, now, easel) or _("⏳ 时限过半")) if half <= now else ""


def _longer(view: LegView, now: datetime, easel: Easel) -> str:
    """Until when more time may still be asked for: at the first reminder it is too late."""
    leg, urgency = view.leg, view.call.urgency
    clock, _due = nearest(leg) or (None, None)
    asked = leg.status is Status.IN_PROGRESS and clock is Clock.FINISH and not leg.proposal
    until = asked_until(leg, urgency, easel.district.calendar_of(leg.agency))
    if not asked or until is None or until <= now or not extendable(leg, urgency):
        return ""
    at = by_then(until, now, easel.zone)
    return _("⏳ 时限过半，要延期请在{at} 前申请").format(at=at)


def not_found(words: str, bot_name: str) -> str:
    """No such call here."""
    if not words.strip():
        return _("请在命令后面写编号，例如：/call@{bot} 0037").format(bot=bot_name)
    return _("本单位没有编号是“{words}”的呼叫。发 /calls@{bot} 看全部待办。").format(
        words=clean(words), bot=bot_name
    )


def marks() -> str:
    """What the bot's marks on a reply mean."""
    return _("我点 👍 是已转达呼叫人，✍ 是只记在内部，👌 是您改过的话已作更正转达。")


def group_help(agency: str, easel: Easel) -> Screen:
    """How to work in a group, on one screen."""
    return Screen(
        as_list(
            Bold(_("这里是【{agency}】的办理群").format(agency=agency)),
            _("📂 受理：事项待定的，点“受理”按清单派单，或者“选事项”；缺情况就点“问呼叫人”。"),
            _("✅ 签收：先点“签收”，时限内完成。"),
            _("💬 回复卡片或它下面的消息：您的话、照片会原样转达呼叫人。"),
            _("🔧 进展：点“进展”后写，也会告诉呼叫人。"),
            _("📝 内部备注：回复时以 // 开头，呼叫人看不到。"),
            marks(),
            _("🏁 办结、退单、上呼：点按钮，在私聊里几步填完。"),
            _("只有登记的经办人能操作；群里的其他聊天不会被记录。"),
            _commands(easel.bot_name),
        )
    )


def _commands(bot: str) -> str:
    """What can be typed, a line each: with the bot's name none is short."""
    lines = (
        _("/board@{bot} 看板"),
        _("/mine@{bot} 我签收的"),
        _("/call@{bot} 编号：看某一件"),
        _("/who@{bot} 油烟：查谁主办"),
        _("/take@{bot} 编号：签收；/done@{bot} 编号：办结。回复卡片时不用写编号。"),
    )
    return "\n".join(lines).format(bot=bot)
