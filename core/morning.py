"""At nine and at three of a working day every group is shown its board (limits.md, Boards)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from core.late import Tally, below
from core.outgoing import DIGEST, Kind, Outgoing, Policy
from core.people import Post
from core.ports import Units, Work

if TYPE_CHECKING:
    from core.agency import AgencyTree
    from core.district import District
    from core.worktime import WorkCalendar

HOURS = (time(9), time(15))
STILL_GOOD = timedelta(hours=2)
MARK = "boards"


def board_hour(now: datetime, calendar: WorkCalendar) -> datetime | None:
    """The hour of boards that has come and is not stale yet, in UTC; None at other times.

    After an outage a board is shown late, but never one that the next hour will replace soon.
    """
    local = now.astimezone(calendar.zone)
    if not calendar.works_on(local.date()):
        return None
    hours = [datetime.combine(local.date(), hour, calendar.zone) for hour in HOURS]
    come = [hour for hour in hours if hour <= local < hour + STILL_GOOD]
    return come[-1].astimezone(now.tzinfo) if come else None


async def show_boards(units: Units, district: District, *, now: datetime) -> int:
    """Owe every group with open work its board, once an hour of boards; how many were owed."""
    hour = board_hour(now, district.calendar)
    if hour is None:
        return 0
    async with units.begin() as work:
        if not await work.marks.reach(MARK, hour):
            return 0
        if hour.astimezone(district.calendar.zone).time() == HOURS[0]:
            await _owe_lists(work, district.tree, hour, now)
        return await _owe(work, district, hour, now)


async def _owe(work: Work, district: District, hour: datetime, now: datetime) -> int:
    """Whoever has most that is late is shown it first: hundreds of groups take their turns.

    In the afternoon none is said where nothing presses: that is seen when it is to be said.
    """
    tree = district.tree
    at_work, tallies = await work.legs.at_work(), await _tallies(work, tree, now)
    groups = {binding.agency: binding for binding, _ in await work.groups.in_force()}
    late = {code: _late(code, tree, tallies) for code in groups}
    shown = [code for code in groups if code in at_work or late[code]]
    again = hour.astimezone(district.calendar.zone).time() != HOURS[0]
    rows = [
        _board(groups[code].chat, code, hour, again=again)
        for code in sorted(shown, key=lambda code: (-late[code], code))
    ]
    if rows:
        await work.outbox.put(*rows, now=now)
    return len(rows)


async def _tallies(work: Work, tree: AgencyTree, now: datetime) -> Mapping[str, Tally]:
    return await work.late.tallies([agency.code for agency in tree.agencies], now)


def _late(code: str, tree: AgencyTree, tallies: Mapping[str, Tally]) -> int:
    """What is late in its own hands and below it."""
    codes = (code, *below(tree, code)) if code in tree.by_code else (code,)
    return sum(tallies[one].late for one in codes if one in tallies)


async def _owe_lists(work: Work, tree: AgencyTree, hour: datetime, now: datetime) -> None:
    """Stationed leaders hear in private, once a day, where anything is open."""
    leaders = await work.people.holding(Post.STATIONED)
    tallies = await _tallies(work, tree, now) if leaders else {}
    rows = [
        replace(
            _board(one.account, one.agency, hour),
            payload={"agency": one.agency, "stationed": True},
            dedupe=f"stationed:{one.account}:{one.agency}:{hour.isoformat()}",
        )
        for one in leaders
        if one.agency in tree.by_code
        and any(code in tallies for code in (one.agency, *below(tree, one.agency)))
    ]
    if rows:
        await work.outbox.put(*rows, now=now)


def _board(chat: int, agency: str, hour: datetime, *, again: bool = False) -> Outgoing:
    return Outgoing(
        lane=chat,
        kind=Kind.BOARD,
        payload={"agency": agency, **({"again": True} if again else {})},
        policy=Policy.AT_MOST_ONCE,
        rank=DIGEST,
        dedupe=f"board:{agency}:{hour.isoformat()}",
    )
