"""What is said to whoever is banned, and to the administrators who decide."""

from __future__ import annotations

from datetime import datetime, tzinfo

from aiogram.utils.formatting import Bold, Text, as_list

from bot.screens.easel import Easel
from bot.screens.masking import masked
from bot.screens.names import clean
from bot.screens.screen import Button, Screen
from bot.screens.times import when
from bot.words import _
from core.banning import Ban

APPEAL, LIFT, KEEP = "appeal", "unban", "keepban"
BAN, DROP = "ban", "noban"
LONGEST = 600
Rows = tuple[tuple[Button, ...], ...]


def usage() -> str:
    """The command is incomplete."""
    return _("请写：/ban 编号 天数 理由，例如：/ban LW-260614-0037 7 多次虚构险情。最多 30 天。")


def no_such_call(number: str) -> str:
    """A number nobody has."""
    return _("没有编号“{number}”的呼叫，请核对编号。").format(number=clean(number))


def question(number: str, until: datetime, reason: str, rows: Rows, zone: tzinfo) -> Screen:
    """What would happen to whom, and how to undo it."""
    lines = [
        _("将暂停 {number} 的呼叫人发起新的呼叫，{at} 自动恢复。").format(
            number=number, at=when(until, zone)
        ),
        _("告诉本人的理由：{reason}").format(reason=masked(reason)[:LONGEST]),
        _("本人可以申诉。要提前恢复：/unban，编号在暂停后给您。"),
        _("请您本人在 60 秒内确认。"),
    ]
    return Screen(as_list(*lines), rows)


def done(ban: Ban, zone: tzinfo) -> str:
    """To the administrator, with the way back."""
    return _("已暂停，{at} 自动恢复。对方已收到理由和申诉办法。提前恢复：/unban {id}").format(
        at=when(ban.until, zone), id=ban.id
    )


def told(ban: Ban, *, easel: Easel) -> Screen:
    """To the resident: why, until when, what they may do, and whom to ring."""
    lines: list[Text | str] = [
        Bold(_("您暂时不能发起新的呼叫")),
        _("原因：{reason}").format(reason=clean_reason(ban)),
        _("到 {at} 自动恢复。").format(at=when(ban.until, easel.zone)),
        _("您仍可以点 /mycalls 看自己的呼叫。"),
        _("有人身危险，请直接拨打 110、119、120。"),
    ]
    if ban.appeal:
        lines.append(_("您的申诉已经交给管理员，有结果会告诉您。"))
        return Screen(as_list(*lines))
    data = easel.data(APPEAL, ban.id, 0, chat=ban.account)
    return Screen(as_list(*lines), ((Button(_("我要申诉"), data=data),),))


def clean_reason(ban: Ban) -> str:
    """The reason on one line, no personal number in it."""
    return masked(" ".join(ban.reason.split()))[:LONGEST]


def asks_why(*, another: bool) -> Screen:
    """The appeal, in one's own words; ``another`` than who banned decides, where there is one."""
    if another:
        return Screen(Text(_("请用一段话说明为什么不该暂停，我会交给另一位管理员。")))
    return Screen(Text(_("请用一段话说明为什么不该暂停，我会交给管理员。")))


def appealed(*, another: bool) -> Screen:
    """It is on its way."""
    if another:
        return Screen(Text(_("已交给另一位管理员，有结果会告诉您。")))
    return Screen(Text(_("已交给管理员，有结果会告诉您。")))


def to_decide(ban: Ban, *, chat: int, easel: Easel) -> Screen:
    """To an administrator who did not ban."""
    lift = easel.data(LIFT, ban.id, 0, chat=chat)
    keep = easel.data(KEEP, ban.id, 0, chat=chat)
    return Screen(
        as_list(
            Bold(_("有居民对暂停使用提出申诉")),
            _("{name}于 {at} 暂停，到 {until}。").format(
                name=clean(ban.by_name),
                at=when(ban.at, easel.zone),
                until=when(ban.until, easel.zone),
            ),
            _("理由：{reason}").format(reason=clean_reason(ban)),
            _("申诉：{words}").format(words=masked(ban.appeal)[:LONGEST]),
        ),
        ((Button(_("恢复使用"), data=lift, style="success"), Button(_("维持"), data=keep)),),
    )


def lifted() -> str:
    """To the resident."""
    return _("您已恢复使用，有事请直接发消息给我。")


def kept(ban: Ban, zone: tzinfo) -> str:
    """To the resident."""
    return _("申诉没有被接受，暂停到 {at} 自动结束。").format(at=when(ban.until, zone))


def decided(back: bool) -> str:
    """In place of the question."""
    return _("已恢复使用，对方会收到。") if back else _("已维持，对方会收到。")


def nothing_to_appeal() -> str:
    """Over, or appealed before."""
    return _("暂停已经结束，或者已经申诉过。")


def no_such_ban() -> str:
    """A number nobody knows."""
    return _("请写暂停时给您的编号，例如：/unban 12")


def left() -> Screen:
    """No appeal."""
    return Screen(Text(_("好的，没有提交申诉。")))
