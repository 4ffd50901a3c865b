"""Defects of comparable systems that say something about Telegram, shown not to be ours."""

from __future__ import annotations

import pytest

from core.lifecycle import Action
from tests.journeys import duty
from tests.journeys.telling import NUMBER
from tests.journeys.town import Town
from tests.people import Message

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.conformance]
COMMANDS = ("/clear", "/close", "/resolve", "/calls", "/board", "/mine", "/bind 123456")


async def test_7_a_reply_reaches_the_caller_or_the_group_is_told(town: Town) -> None:
    lin, li = await town.resident(), await town.officer("李敏")
    number = await lin.raises("七巷口的路灯不亮")
    await li.takes(number)
    await li.replies_to_card(number, "下午三点来修。")
    await lin.sees(number, "下午三点来修", earlier=True)
    await lin.blocks()
    await li.hears(number, "暂时联系不上呼叫人")

    sent = await li.desk.replies(await li.card(number), "我们到楼下了。")
    told = await li.answered(sent)

    assert "联系不上" in told.text


async def test_8_a_member_without_a_part_closes_nothing(town: Town) -> None:
    lin, li = await town.resident(), await town.officer("李敏")
    member = await town.newcomer("热心群友", li.group)
    number = await lin.raises("八巷口的路灯不亮")
    waiting = await li.card(number, button=duty.TAKE)
    before = await town.record(number)

    for button in waiting.buttons:
        await member.desk.taps(button, on=waiting)
    for command in COMMANDS:
        await member.desk.says(f"{command}@{await _bot(town)}")
    last = await member.desk.replies(waiting, "都关了吧")
    await member.answered(last)

    assert await town.record(number) == before
    assert before.main.leg.open


async def test_9_a_number_inside_quoted_words_redirects_no_reply(town: Town) -> None:
    lin, he, li = await town.resident(), await town.resident("何小姐"), await town.officer("李敏")
    theirs = await he.raises("九巷口的路灯不亮")
    number = await lin.raises(f"九巷尾的路灯不亮，和 {theirs} #T7 是不是一件")
    await li.takes(number)
    await li.takes(theirs)

    await li.replies_to_card(number, f"您问的 {theirs} 是另一盏灯，您这盏明天修。")
    await lin.sees("您这盏明天修", earlier=True)
    await li.replies_to_card(theirs, "您那盏后天修。")
    await he.sees("您那盏后天修", earlier=True)

    assert "您这盏" not in await he.heard()
    assert "您那盏" not in await lin.heard()
    said = [e for e in (await town.record(theirs)).entries if e.action is Action.REPLY]
    assert len(said) == 1


async def test_11_an_album_of_five_is_one_answer_and_one_confirmation(town: Town) -> None:
    lin, li = await town.resident(), await town.officer("李敏")
    number = await lin.raises("十一巷的路灯不亮")
    card = await li.takes(number)

    shown = await li.desk.sends(album=["sample"] * 5, caption="换好了", reply_to=card.id)
    await li.marked(shown, duty.PASSED_ON)
    await town.sandbox.settled()
    await town.sandbox.forward(5)
    await lin.sees(number, "换好了", earlier=True)

    seen = [m for m in await lin.messages() if m.raw.get("media_group_id")]
    marked = [m for m in await li.group.messages() if _photo_of(m, shown) and _marks(m)]
    assert len(seen) == 5
    assert len({m.raw["media_group_id"] for m in seen}) == 1
    assert len(marked) == 1


async def test_20_free_words_with_two_calls_open_are_asked_which_is_meant(town: Town) -> None:
    lin = await town.resident()
    first = await lin.raises("二十巷的路灯不亮")
    second = await lin.raises("二十巷口垃圾没人收", at="光复社区")

    await lin.says("还是没人来")
    asked = await lin.sees("您说的是哪件事")

    assert set(NUMBER.findall(" ".join(asked.buttons))) == {first, second}
    assert all("还是没人来" not in str(e.pieces) for e in (await town.record(first)).entries)


def _photo_of(message: Message, album: Message) -> bool:
    return message.raw.get("media_group_id") == album.raw.get("media_group_id") is not None


def _marks(message: Message) -> list[str]:
    return list(message.raw.get("reactions", ()))


async def _bot(town: Town) -> str:
    return str((await town.sandbox.get("/state"))["bot"]["username"])
