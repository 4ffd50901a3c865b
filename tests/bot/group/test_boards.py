"""The board of a group, what one officer has in hand, and who leads what."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.bot.group.room import Room
from tests.core.playing import CHATS, COMMUNITY, DENG, DISTRICT, GAS, LI, LIANG, LIGHTS, ZHOU

GROUP, LAMPS, OFFICE = CHATS[COMMUNITY], CHATS[LIGHTS], CHATS[DISTRICT]


async def raised(room: Room, count: int = 1):
    """Calls whose cards the group has."""
    calls = [await room.stage.raised(draft=f"d{n}") for n in range(count)]
    await room.delivers()
    return calls


async def test_a_board_says_what_is_due_today_and_takes_everything_with_one_tap(room: Room):
    calls = await raised(room, 2)

    await room.says(LI, GROUP, "/board@huying_bot")

    shown = room.last(GROUP)
    assert "今天到期 2 件" in shown.text
    assert all(call.number in shown.text for call in calls)
    assert await room.taps(LI, GROUP, "全部签收（2 件）") == "已签收 2 件。请尽快联系呼叫人。"
    assert (
        await room.presses(LI, GROUP, shown, shown.buttons[0]["callback_data"]) == "都已经签收了。"
    )


async def test_somebody_of_another_agency_takes_nothing_from_the_board(room: Room):
    await raised(room)
    await room.says(LI, GROUP, "/board@huying_bot")

    toast = await room.taps(LIANG, GROUP, "全部签收")

    assert "登记的经办人" in toast
    assert "待签收" in room.card(GROUP).text


async def test_late_calls_stand_first_on_the_board(room: Room):
    await raised(room)
    room.stage.now += timedelta(hours=5)

    await room.says(LI, GROUP, "/board@huying_bot")

    assert "已逾期 1 件" in room.last(GROUP).text


async def test_the_board_names_the_clock_that_runs_out_first(room: Room):
    """A dispatcher who reads only the day of finishing misses what comes before it."""
    await room.stage.raised(GAS)
    await room.delivers()
    shown = []
    for done in ("", "签收", "到场"):
        await room.taps(DENG, OFFICE, done) if done else None
        await room.says(DENG, OFFICE, "/board@huying_bot")
        shown.append(room.last(OFFICE).text)

    assert "今天 10:10 前签收" in shown[0]
    assert "今天 10:15 前首次联系" in shown[1]


async def test_who_did_not_come_is_late_on_the_board(room: Room):
    await room.stage.raised(GAS)
    await room.delivers()
    await room.taps(DENG, OFFICE, "签收")
    card = next(m for m in room.shown[OFFICE] if "▶️" in m.text)
    await room.says(DENG, OFFICE, "马上到，请离开", above=card)
    room.stage.now += timedelta(minutes=26)
    await room.says(DENG, OFFICE, "/board@huying_bot")
    near = room.last(OFFICE).text
    room.stage.now += timedelta(minutes=9)
    await room.says(DENG, OFFICE, "/board@huying_bot")

    assert "今天 10:30 前到场 · ⏳ 快到时限" in near
    assert "🟡 到场逾期" in room.last(OFFICE).text


async def test_at_half_its_time_the_board_says_until_when_more_may_be_asked_for(room: Room):
    """The first reminder comes when it is too late to ask."""
    await raised(room)
    await room.taps(LI, GROUP, "签收")
    card = room.card(GROUP)
    await room.says(LI, GROUP, "明天来修", above=card)
    shown = []
    for days in (3, 3, 1):
        room.stage.now += timedelta(days=days)
        await room.says(LI, GROUP, "/board@huying_bot")
        shown.append(room.last(GROUP).text)

    assert "⏳ 时限过半，要延期请在今天 11:24 前申请" in shown[0]
    assert "⏳ 快到时限" in shown[1]
    assert "🟡 办结逾期" in shown[2]


async def test_an_agency_without_work_sees_a_kind_word(room: Room):
    await room.says(LI, GROUP, "/board@huying_bot")

    assert "没有待办的呼叫" in room.last(GROUP).text
    assert room.last(GROUP).buttons == []


async def test_the_morning_board_comes_by_itself_and_says_what_the_command_says(room: Room):
    await raised(room)
    await room.stage.tick(room.stage.now + timedelta(hours=23))
    await room.delivers()
    morning = next(m for m in room.shown[GROUP] if "看板" in m.text)

    await room.says(LI, GROUP, "/board@huying_bot")

    assert room.last(GROUP).text == morning.text


async def boards_of_the_afternoon(room: Room) -> list[str]:
    """What a group that read its cards at ten is shown at three."""
    await room.stage.tick(room.stage.now + timedelta(hours=5, minutes=1))
    await room.delivers()
    return [m.text for m in room.shown[GROUP] if "看板" in m.text]


async def test_in_the_afternoon_no_board_repeats_what_does_not_press(room: Room):
    await raised(room)
    await room.taps(LI, GROUP, "签收")

    assert await boards_of_the_afternoon(room) == []


async def test_in_the_afternoon_a_board_says_what_is_late(room: Room):
    await raised(room)

    (board,) = await boards_of_the_afternoon(room)
    assert "已逾期 1 件" in board


async def test_an_officer_sees_what_they_signed(room: Room):
    first, second = await raised(room, 2)
    await room.taps(LI, GROUP, "签收", on=room.shown[GROUP][0])
    await room.taps(ZHOU, GROUP, "签收", on=room.shown[GROUP][1])

    await room.says(LI, GROUP, "/mine@huying_bot")

    assert first.number in room.last(GROUP).text
    assert second.number not in room.last(GROUP).text


async def test_who_leads_is_answered_with_helpers_limits_and_the_clause(room: Room):
    await room.says(LI, GROUP, "/who@huying_bot 油烟")

    shown = room.last(GROUP).text
    assert "主办：" in shown
    assert "依据：《" in shown
    assert "办结标准：" in shown


async def test_who_leads_may_be_asked_in_private_too(room: Room):
    await room.says(LI, LI.account, "/who 路灯不亮")

    assert "主办：" in room.last(LI.account).text


async def test_who_leads_nothing_is_said_kindly(room: Room):
    await room.says(LI, GROUP, "/who@huying_bot 🦄")

    assert "换几个字" in room.last(GROUP).text


@pytest.mark.parametrize("words", ["外星人", "怎么办", "天气预报"])
async def test_what_merely_shares_a_character_is_no_answer(room: Room, words: str):
    await room.says(LI, GROUP, f"/who@huying_bot {words}")

    shown = room.last(GROUP).text
    assert "没有找到" in shown
    assert "主办：" not in shown


@pytest.mark.parametrize(("words", "item"), [("狗", "养犬"), ("hawker", "占道经营")])
async def test_one_character_or_a_foreign_word_is_enough_where_it_is_all(room, words, item):
    await room.says(LI, GROUP, f"/who@huying_bot {words}")

    assert item in room.last(GROUP).text.splitlines()[0]


async def test_what_is_only_alike_is_said_to_be_alike(room: Room):
    await room.says(LI, GROUP, "/who@huying_bot 外星人偷了井盖")
    alike = room.last(GROUP).text
    await room.says(LI, GROUP, "/who@huying_bot 光复社区 噪音扰民")

    assert "没有直接写“外星人偷了井盖”，最像的是：\n9 · 路面、井盖破损" in alike
    assert "最像" not in room.last(GROUP).text


async def test_who_without_words_tells_how_to_ask(room: Room):
    await room.says(LI, GROUP, "/who@huying_bot")

    assert "/who@huying_bot 油烟" in room.last(GROUP).text
