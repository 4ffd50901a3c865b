"""What is said when somebody goes on leave and comes back."""

from __future__ import annotations

from datetime import datetime, tzinfo

from bot.screens.names import clean
from bot.screens.times import when
from bot.words import _
from core.people import Officer


def usage(bot_name: str) -> str:
    """How to ask for leave."""
    return _(
        "请写请几天假、由哪位同事替班，例如：/leave@{bot} 3 周强。"
        "替班的同事要先登记为本单位经办人。"
    ).format(bot=bot_name)


def on_leave(name: str, other: Officer, count: int, *, until: datetime, zone: tzinfo) -> str:
    """Who stands in until when, and what was handed over."""
    told = _("已记下：{name}请假到 {at}，由{other}替班，提醒会改叫{other}。").format(
        name=clean(name), other=clean(other.name), at=when(until, zone)
    )
    if count:
        told += _("{name}签收的 {n} 件已交给{other}。").format(
            name=clean(name), n=count, other=clean(other.name)
        )
    return told


def back(name: str) -> str:
    """Here again."""
    return _("欢迎回来，{name}。提醒会照常叫您；替班时交出去的，仍由替班的同事办完。").format(
        name=clean(name)
    )
