"""Many reminders at once, in one message: what presses, the gravest first, with its cards."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from aiogram.utils.formatting import Bold, Text, as_list

from bot.delivery.speech import Speech
from bot.screens import boards, names, red_lists
from bot.screens.lists import line
from bot.screens.saying import in_topic, keyboard, worded
from bot.screens.screen import Screen
from bot.words import _
from core.looking_down import red_list
from core.nudging import LATE, standing_at
from core.people import on_duty
from core.rights import STAFF
from core.standing import Standing
from core.warmth import AT_WORK

if TYPE_CHECKING:
    from bot.screens.easel import Easel
    from core.agency import Agency
    from core.board import Board
    from core.outgoing import OutboxRow
    from core.views import LegView

LOOKED_AT, LINES = 120, 25


async def digest(row: OutboxRow, board: Board, easel: Easel) -> Speech | None:
    """What presses in this agency, and below it; nothing once nothing does."""
    agency, now = easel.agency(row.payload["agency"]), row.created_at
    if agency is None:
        return None
    views = [v for v in await board.open_legs(agency.code, LOOKED_AT) if _gravity(v, now, easel)]
    red = await red_list(board, agency.code, now=now, most=red_lists.MOST_LEGS)
    under = red_lists.below(red, now, easel)
    if not views and not under:
        return None
    views.sort(key=lambda view: -_gravity(view, now, easel))
    if row.lane > 0:
        return Speech(
            "sendMessage", {"chat_id": row.lane, **worded(_words(agency, views, now, easel))}
        )
    binding = await board.group(row.lane)
    if binding is None:
        return None
    screen = await _in_group(agency, views, under, row, board, easel)
    params = {"chat_id": row.lane, **in_topic(binding), **worded(screen.text)}
    return Speech("sendMessage", {**params, **keyboard(screen.buttons)})


async def _in_group(
    agency: Agency,
    views: list[LegView],
    under: red_lists.Lines,
    row: OutboxRow,
    board: Board,
    easel: Easel,
) -> Screen:
    now = row.created_at
    officers = on_duty(await board.officers_of(agency.code), now=now)
    called = tuple(one for one in officers if one.post in STAFF) if views else ()
    text = as_list(*([_words(agency, views, now, easel)] if views else []), *under)
    buttons = boards.buttons(Standing(late=views), row.lane, easel)
    return Screen(Text(text, "\n", *names.mentions(called)), buttons)


def _words(agency: Agency, views: list[LegView], now: datetime, easel: Easel) -> Text:
    head = _("⏰ 【{agency}】有 {n} 件要赶紧办：").format(agency=agency.short_name, n=len(views))
    lines = [line(view, now=now, easel=easel) for view in views[:LINES]]
    if len(views) > LINES:
        lines.append(_("……另有 {n} 件").format(n=len(views) - LINES))
    return as_list(Bold(head), *lines)


def _gravity(view: LegView, now: datetime, easel: Easel) -> int:
    """0 for what does not press, more for what does."""
    leg, code = view.leg, view.leg.agency
    if leg.status not in AT_WORK:
        return 0
    calendar, ladder = easel.district.calendar_of(code), easel.district.ladder_of(code)
    rung = standing_at(leg, view.call.urgency, calendar, ladder, now=now)
    return LATE.index(rung.stage) + 1 + 3 * (leg.pressed_at is not None) if rung else 0
