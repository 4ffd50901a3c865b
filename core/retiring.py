"""What was kept long enough goes: bodies of updates first, words of closed calls last (S12).

How long stands in the rules sheet, in days; what has no row there is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from core.acts import Deed, act_of
from core.district import District
from core.journal import Entry
from core.keeping import Before
from core.lifecycle import Action
from core.limits import Limits
from core.people import SYSTEM
from core.ports import Units, Work

MARK, AT, UNTIL = "retired", time(3), time(5)
AT_ONCE, MOST_ROUNDS = 1000, 1000
KEEP = {
    "updates": "keep_updates",
    "messages": "keep_messages",
    "calls": "keep_calls",
    "erasures": "keep_erasures",
}


def limits_of(limits: Limits, now: datetime) -> Before:
    """Of each kind that has a limit, before when it must not lie."""
    return {
        kind: now - timedelta(days=limits.counts[name])
        for kind, name in KEEP.items()
        if name in limits.counts
    }


async def retire(units: Units, district: District, *, now: datetime) -> Mapping[str, int]:
    """Once a night, between three and five: everything that is due, in short transactions."""
    local = now.astimezone(district.calendar.zone)
    before = limits_of(district.limits, now)
    if not before or not AT <= local.time() < UNTIL:
        return {}
    night = datetime.combine(local.date(), AT, local.tzinfo).astimezone(now.tzinfo)
    async with units.begin() as work:
        if not await work.marks.reach(MARK, night):
            return {}
    gone: dict[str, int] = {}
    for _ in range(MOST_ROUNDS):
        async with units.begin() as work:
            round_ = await _some(work, before, now)
        for kind, count in round_.items():
            gone[kind] = gone.get(kind, 0) + count
        if not any(round_.values()):
            break
    if any(gone.values()):
        async with units.begin() as work:
            await work.acts.add(act_of(Deed.RETIRED, "", by=SYSTEM, now=now, facts=gone))
    return gone


async def _some(work: Work, before: Before, now: datetime) -> dict[str, int]:
    gone = dict(await work.retiring.remove(before, AT_ONCE))
    if "calls" not in before:
        return gone
    calls = await work.retiring.calls(before["calls"], AT_ONCE // 10)
    for call_id in calls:
        await _empty(work, call_id, now)
    return gone | {"calls": len(calls)}


async def _empty(work: Work, call_id: int, now: datetime) -> None:
    """Words, places, files and the caller; what is shown in groups stays as it was."""
    call = await work.calls.get(call_id)
    legs = await work.legs.of_call(call_id)
    gone = await work.erasing.strip(call_id, call.caller)
    status = legs[0].status
    facts = {"entries": list(gone), "retired": True}
    entry = Entry(
        0, call_id, legs[0].id, Action.ERASE, now, before=status, after=status, facts=facts
    )
    await work.journal.add(entry)
