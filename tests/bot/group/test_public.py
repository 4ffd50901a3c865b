"""What anybody reads of a call by its number: never who, never exactly where."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from core.holding import HoldGround, HoldPlan, Milestone
from core.lifecycle import Action, Status
from core.rating import Conclusion
from tests.bot.group.room import Room
from tests.core.playing import LI, LIN, STRANGER, photo

ANYBODY = STRANGER.account or 0
ANSWER = "林阿姨您好，三巷 12 号的灯修好了，有事打 13812345678"


async def resolved(room: Room, reply: str = ANSWER):
    call = await room.stage.raised(address="三巷 12 号")
    async with room.stage.desk() as desk:
        leg = await room.stage.leg(call)
        await desk.acknowledge(leg.id, by=LI, now=room.stage.now)
        await desk.resolve(
            leg.id,
            conclusion=Conclusion.SOLVED,
            pieces=photo(reply),
            by=LI,
            now=room.stage.now,
        )
    await room.delivers()
    return call


async def test_anybody_finds_a_call_by_its_number_without_anybodys_name(room: Room):
    call = await resolved(room)

    await room.says(STRANGER, ANYBODY, f"/find {call.number.lower()}")

    shown = room.last(ANYBODY)
    assert call.number in shown.text
    assert "逢源北社区" in shown.text
    assert "的灯修好了" in shown.text
    for secret in (LIN.name, LI.name, "三巷 12 号", "13812345678"):
        assert secret not in shown.text
    assert shown.method == "sendMessage"


async def test_a_number_alone_is_enough(room: Room):
    call = await resolved(room)
    await room.says(STRANGER, ANYBODY, f"/find {call.number}")
    found = room.last(ANYBODY).text

    await room.says(STRANGER, ANYBODY, "/start find")
    assert "请把编号发给我" in room.last(ANYBODY).text
    await room.says(STRANGER, ANYBODY, f" {call.number.lower()} ")
    assert room.last(ANYBODY).text == found
    await room.says(STRANGER, ANYBODY, "LW-260101-9999")
    assert "没有编号是“LW-260101-9999”的公开事项" in room.last(ANYBODY).text


async def test_a_restricted_call_is_as_unknown_as_one_that_never_was(room: Room):
    call = await resolved(room)
    async with room.stage.units.begin() as work:
        await work.calls.save(replace(await work.calls.get(call.id), restricted=True))

    await room.says(STRANGER, ANYBODY, f"/find {call.number}")
    await room.says(STRANGER, ANYBODY, "/find LW-260101-9999")

    hidden, unknown = room.shown[ANYBODY][-2:]
    assert hidden.text.replace(call.number, "N") == unknown.text.replace("LW-260101-9999", "N")


async def test_without_a_number_it_says_how_to_ask(room: Room):
    await room.says(STRANGER, ANYBODY, "/find")

    assert "/find LW-" in room.last(ANYBODY).text


async def test_anybody_reads_what_is_on_hold_why_and_what_comes_next(room: Room):
    call = await room.stage.raised()
    await hold(room, await room.stage.leg(call))

    await room.says(STRANGER, ANYBODY, "/holds")

    shown = room.last(ANYBODY).text
    assert call.number in shown
    assert "要等资金" in shown
    assert "下一步" in shown


async def test_where_nothing_is_on_hold_that_is_said(room: Room):
    await room.says(STRANGER, ANYBODY, "/holds")

    assert "现在没有挂账的事项" in room.last(ANYBODY).text


async def hold(room: Room, leg) -> None:
    """The leg is on hold, as two persons agreed to."""
    step = Milestone("立项", room.stage.now + timedelta(days=20))
    plan = HoldPlan(HoldGround.MONEY, "等拨款", "林主任", (step,), step.due)
    async with room.stage.units.begin() as work:
        await work.legs.save(replace(leg, status=Status.ON_HOLD, plan=plan))
        entries = await work.journal.of_call(leg.call_id)
        await work.journal.add(replace(entries[0], action=Action.HOLD, leg_id=leg.id))
