"""At nine and at three of a working day every group is shown its board (limits.md, Boards)."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from core.outgoing import DIGEST, Kind, Outgoing, Policy
from core.ports import Units, Work
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


async def show_boards(units: Units, calendar: WorkCalendar, *, now: datetime) -> int:
    """Owe every group with open work its board, once an hour of boards; how many were owed."""
    hour = board_hour(now, calendar)
    if hour is None:
        return 0
    async with units.begin() as work:
        if not await work.marks.reach(MARK, hour):
            return 0
        return await _owe(work, hour, now)


async def _owe(work: Work, hour: datetime, now: datetime) -> int:
    codes = await work.legs.at_work() & await work.groups.bound_agencies()
    rows = []
    for code in sorted(codes):
        binding = await work.groups.of_agency(code)
        if binding is not None:
            rows.append(_board(binding.chat, code, hour))
    if rows:
        await work.outbox.put(*rows, now=now)
    return len(rows)


def _board(chat: int, agency: str, hour: datetime) -> Outgoing:
    return Outgoing(
        lane=chat,
        kind=Kind.BOARD,
        payload={"agency": agency},
        policy=Policy.AT_MOST_ONCE,
        rank=DIGEST,
        dedupe=f"board:{agency}:{hour.isoformat()}",
    )
