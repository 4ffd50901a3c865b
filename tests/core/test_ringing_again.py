"""What rang to have a gas leak signed is not taken from what may be forgotten after it."""

from __future__ import annotations

from datetime import timedelta

from core.ladder import USUAL
from core.limits import Clock
from tests.core.playing import CHATS, COMMUNITY, LI, Stage
from tests.core.test_ladder import nudges, staffed

DAY = timedelta(days=1)


async def _rung(stage: Stage, call, until: timedelta) -> list[str]:
    """The clocks that rang in the group, in order; edits left out."""
    end, rung = stage.now + until, []
    while (due := (await stage.leg(call)).next_due) is not None and due <= end:
        await stage.tick(max(due, stage.now))
        rows = [row for row in await nudges(stage) if row.lane == CHATS[COMMUNITY]]
        loud = [row for row in rows if not row.payload.get("edits")]
        async with stage.units.begin() as work:
            said = [await work.journal.get(row.payload["entry"]) for row in loud]
        rung += [str(entry.facts["clock"]) for entry in said]
    return rung


async def test_an_urgent_call_signed_after_three_rings_still_rings_for_what_comes_next(units):
    stage = await staffed(await Stage(units).set_up())
    call = await stage.raised(danger=True)
    await stage.owed()

    signing = await _rung(stage, call, timedelta(hours=1))
    async with stage.desk() as desk:
        await desk.acknowledge((await stage.leg(call)).id, by=LI, now=stage.now)
    after = await _rung(stage, call, timedelta(hours=6))

    assert signing == [Clock.SIGN] * USUAL.pings
    assert {Clock.CONTACT, Clock.ARRIVE} <= set(after)
    assert len(after) <= USUAL.pings


async def test_an_ordinary_call_rings_no_more_than_three_times_a_day(units):
    stage = await staffed(await Stage(units).set_up())
    call = await stage.raised()
    await stage.owed()

    assert len(await _rung(stage, call, DAY / 2)) <= USUAL.pings
