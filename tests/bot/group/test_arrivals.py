"""On the spot, in the groups: 到场 by a tap or a photo, and the street's 解除."""

from __future__ import annotations

from core.lifecycle import Status
from core.rating import Conclusion
from core.returning import Ground
from core.whistle import Whistle
from tests.bot.group.room import Room
from tests.core.playing import (
    CHATS,
    DENG,
    DISTRICT,
    GAS,
    LIANG,
    LIGHTS,
    STREET,
    TAN,
    WATER,
    photo,
    words,
)
from tests.core.test_whistling import blows, with_the_street

LIN_CHAT, OFFICE, ABOVE, LAMPS = 1001, CHATS[DISTRICT], CHATS[STREET], CHATS[LIGHTS]


async def smells(room: Room):
    """Gas is smelt, and the office took the call."""
    call = await room.stage.raised(GAS)
    await room.delivers()
    await room.taps(DENG, OFFICE, "签收")
    return call


async def whistled(room: Room):
    """The street blew the emergency whistle for the lamps, who took it."""
    call = await with_the_street(room.stage)
    await blows(room.stage, call, Whistle.EMERGENCY)
    await room.delivers()
    await room.taps(TAN, LAMPS, "签收")
    return call


async def test_whoever_takes_it_over_reads_what_the_street_had_done(room: Room):
    call = await whistled(room)
    leg = await room.stage.leg(call, 2)
    async with room.stage.desk() as desk:
        more = {"by": TAN, "now": room.stage.now}
        await desk.return_leg(
            leg.id, ground=Ground.DUTY, proposed=WATER, pieces=words("归水务"), **more
        )
        await desk.agree_return(leg.id, by=DENG, now=room.stage.now)
    await room.delivers()

    shown = room.card(CHATS[WATER]).text
    assert "📣 应急哨" in shown
    assert "🧾 先行处置：够不着" in shown


async def test_one_tap_says_that_somebody_is_there(room: Room):
    await smells(room)
    assert "⏱ 到场：" in room.card(OFFICE).text
    assert "⏱ 阶段答复：" in room.card(OFFICE).text

    toast = await room.taps(DENG, OFFICE, "到场")

    assert "已记下到场时间" in toast
    assert "已到场" in room.card(OFFICE).text
    assert "⏱ 到场" not in room.card(OFFICE).text
    assert not any("到场" in label for label in room.card(OFFICE).labels)
    assert "【荔湾区】的人已到现场" in room.last(LIN_CHAT).text


async def test_a_photo_that_says_so_is_an_arrival_and_reaches_the_caller(room: Room):
    call = await smells(room)
    shown = [{"file_id": "f1", "file_unique_id": "u1", "width": 9, "height": 9}]

    await room.says(DENG, OFFICE, above=room.card(OFFICE), photo=shown, caption="已到场")

    assert (await room.stage.leg(call)).arrived_at == room.stage.now
    assert room.last(LIN_CHAT).params["photo"] == "f1"
    assert "已到现场" in room.last(LIN_CHAT).text


async def test_a_second_arrival_is_told_what_to_do_instead(room: Room):
    await smells(room)
    card = room.card(OFFICE)
    old = next(b["callback_data"] for b in card.buttons if "到场" in b["text"])
    await room.taps(DENG, OFFICE, "到场")

    assert "请继续办理" in await room.presses(DENG, OFFICE, card, old)


async def test_the_lamps_neither_leave_nor_close_before_the_street_releases_them(room: Room):
    call = await whistled(room)
    assert "解除之前不撤离" in room.card(LAMPS).text
    assert not any("办结" in label for label in room.card(LAMPS).labels)
    await room.taps(TAN, LAMPS, "到场")
    assert "你们点“解除”之前，他们不撤离" in room.last(ABOVE).text

    await room.taps(LIANG, ABOVE, "解除", on=room.last(ABOVE))

    assert "可以撤离" in room.last(LAMPS).text
    assert "已解除，可以撤离" in room.card(LAMPS).text
    leg = await room.stage.leg(call, 2)
    async with room.stage.desk() as desk:
        await desk.resolve(
            leg.id,
            conclusion=Conclusion.SOLVED,
            pieces=photo("修好了"),
            by=TAN,
            now=room.stage.now,
        )
    assert (await room.stage.leg(call, 2)).status is not Status.IN_PROGRESS


async def test_the_streets_own_card_lets_them_go_as_well(room: Room):
    await whistled(room)

    toast = await room.taps(LIANG, ABOVE, "解除", on=room.card(ABOVE))

    assert "可以撤离" in toast
    assert not any("解除" in label for label in room.card(ABOVE).labels)


async def test_nobody_but_the_street_releases(room: Room):
    call = await whistled(room)
    card = room.card(ABOVE)
    data = next(b["callback_data"] for b in card.buttons if "解除" in b["text"])

    refused = await room.presses(TAN, ABOVE, card, data)

    assert "只有" in refused
    assert (await room.stage.leg(call, 2)).released_at is None


async def test_arriving_and_releasing_by_command_are_the_same_steps(room: Room):
    call = await whistled(room)

    await room.says(TAN, LAMPS, f"/here@huying_bot {call.number}")
    await room.says(LIANG, ABOVE, f"/release@huying_bot {call.number}")

    assert "可以撤离" in room.texts(LAMPS)
    assert "已解除，对方可以撤离和办结了。" in room.texts(ABOVE)


async def test_who_is_whistled_for_to_move_work_on_reports_in(room: Room):
    call = await with_the_street(room.stage)
    await blows(room.stage, call, Whistle.WORK)
    await room.delivers()
    await room.taps(TAN, LAMPS, "签收")
    assert "⏱ 报到：6月18日" in room.card(LAMPS).text

    await room.taps(TAN, LAMPS, "报到")

    assert "已报到" in room.card(LAMPS).text
    assert "【区照明管理所】已报到" in room.last(ABOVE).text
