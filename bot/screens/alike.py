"""The same matter, raised by others before: offered to a caller, and joined by one tap.

Shows what anybody may see of a call: number, item, how far, since when, how it stands. Never what
was said there, nor by whom.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from math import ceil
from typing import TYPE_CHECKING

from aiogram.utils.formatting import Bold, Text, as_list

from bot.screens import timeline
from bot.screens.promised import promises
from bot.screens.screen import Button, Screen
from bot.screens.times import soon, when
from bot.words import _
from core.lifecycle import Status
from core.nearby import apart

if TYPE_CHECKING:
    from core.agency import Point
    from core.views import CallView, LegView

A_STRETCH_M = 100


def offered(views: Sequence[CallView], point: Point | None, now: datetime, zone: tzinfo) -> Screen:
    """Is it one of these? Joining one spares a second call; nothing said is lost either way."""
    lines: list[Text | str] = [Bold(_("附近已经有人反映过同类的事："))]
    for number, view in enumerate(views, 1):
        lines.append(
            Text(f"{number}. ", Bold(view.call.number), "  ", _about(view, point, now, zone))
        )
    lines.append(
        _("是同一件的话，点“一样”：您说的话会转给办理单位，有进展也告诉您。不一样，就照常发送。")
    )
    same = _("和这件一样") if len(views) == 1 else ""
    rows = [
        (Button(same or _("和第 {n} 件一样").format(n=n), data=f"same:{view.call.id}"),)
        for n, view in enumerate(views, 1)
    ]
    return Screen(as_list(*lines), (*rows, (Button(_("都不一样，继续"), data="none"),)))


def parted(view: LegView, zone: tzinfo) -> Text:
    """A matter of its own again, who has it and until when: said to stay, not to pass by."""
    due = view.leg.finish_due
    until = _("，{at} 前办结").format(at=when(due, zone)) if due else ""
    told = _(" 已恢复，由{agency}单独办理{until}。有进展我会告诉您。")
    return Text(
        Bold(view.call.number), told.format(agency=f"【{view.agency.short_name}】", until=until)
    )


def joined(view: CallView, now: datetime, zone: tzinfo) -> Screen:
    """Counted in: the number, who answers, what is promised."""
    main = view.main
    lines: list[Text | str] = [
        Text(_("已算上您的一份。编号："), Bold(view.call.number)),
        _("现在：{status}").format(status=timeline.status(main)),
        _("办理单位：{agency}").format(agency=main.agency.name),
    ]
    if main.leg.open and main.leg.status is not Status.RESOLVED:
        lines += [f"· {promise}" for promise in promises(main, now, zone)]
    lines.append(_("您说的话已转给办理单位，有进展我会告诉您。要看进展，请点 /mycalls。"))
    return Screen(as_list(*lines), ((Button(_("复制编号"), copy=view.call.number),),))


def _about(view: CallView, point: Point | None, now: datetime, zone: tzinfo) -> str:
    away = apart(view.call, point)
    near = (
        _("约 {n} 米内").format(n=max(1, ceil(away / A_STRETCH_M)) * A_STRETCH_M)
        if away is not None
        else ""
    )
    since = _("{at} 反映").format(at=soon(view.call.raised_at, now, zone))
    many = _("另有 {n} 人同感").format(n=view.call.supporters) if view.call.supporters else ""
    parts = (
        view.item.name,
        view.community.short_name,
        near,
        since,
        timeline.status(view.main),
        many,
    )
    return " · ".join(part for part in parts if part)
