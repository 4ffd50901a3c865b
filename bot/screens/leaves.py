"""What is said when somebody goes on leave and comes back, and who is called first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from bot.screens.names import clean
from bot.screens.settings import POSTS
from bot.screens.times import when
from bot.words import _
from core.people import Officer
from core.rights import STAFF


def usage(bot_name: str) -> str:
    """How to ask for leave."""
    return _(
        "请写上请假天数和替班的同事，例如：/leave@{bot} 3 周强。替班的同事要先登记为本单位经办人。"
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


def roster(officers: Sequence[Officer], bot_name: str) -> str:
    """Who is called first, and how to change that."""
    staff = [officer for officer in officers if officer.post in STAFF]
    lines = [
        _("{n}. {name}（{post}）").format(n=n, name=clean(one.name), post=_(POSTS[one.post]))
        for n, one in enumerate(staff, 1)
    ]
    head = _("急件没人签收时，按这个顺序点名：") if lines else _("本单位还没有登记经办人。")
    how = _("要改顺序，把姓名按先后写在后面，例如：/roster@{bot} 李敏 周强").format(bot=bot_name)
    return "\n".join([head, *lines, how])
