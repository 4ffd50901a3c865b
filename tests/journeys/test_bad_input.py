"""Whatever people send: a clear sentence each time, and nothing already said is lost."""

from __future__ import annotations

import asyncio

import pytest

from tests.journeys import duty, telling
from tests.journeys.town import Town
from tests.people import Message

pytestmark = pytest.mark.asyncio(loop_scope="module")
PHONE = "13800138000"


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        ({"text": "😀😀👍"}, "只有表情或标点"),
        ({"sticker": "sample"}, "表情贴图"),
        ({"video": {"size": 60_000_000}}, "超过 20 MB"),
        ({"document": {"size": 60_000_000}}, "超过 20 MB"),
        ({"contact": {"phone_number": PHONE, "first_name": "林"}}, "这是别人的名片"),
    ],
    ids=["only emoji", "sticker", "a video of 60 MB", "a file of 60 MB", "a contact"],
)
async def test_what_cannot_be_taken_is_answered_kindly_before_and_in_the_middle(
    town: Town, sent: dict[str, object], answer: str
) -> None:
    lin, li = await town.resident(), await town.officer("李敏")

    await lin.sends(**sent)
    await lin.sees(answer)
    await lin.says("井边的路灯不亮")
    await lin.answers_until(telling.NO_DANGER)
    await lin.sends(**sent)
    await lin.sees(answer)
    await lin.taps(telling.NO_DANGER)
    number = await lin.answers_until_sent()

    assert duty.TAKE in (await li.card(number, "井边的路灯不亮")).buttons


async def test_words_longer_than_a_message_arrive_whole(town: Town) -> None:
    lin, li = await town.resident(), await town.officer("李敏")
    words = "路灯不亮。" + "".join(f"第{n}盏，" for n in range(900))
    assert len(words) > 4097

    number = await lin.raises(words)
    card = await li.card(number, "原话较长")
    await li.hears("第899盏")

    below = [one for one in await li.group.messages() if _hangs_below(one, card)]
    parts = [one.text.partition("\n")[2] if "原话" in one.text else one.text for one in below]
    assert words in "".join(parts).replace("\n", "")
    assert "".join(piece.text for piece in (await town.record(number)).call.pieces) == words


async def test_twenty_photos_are_ten_and_a_word_about_the_rest(town: Town) -> None:
    lin, li = await town.resident(), await town.officer("李敏")
    await lin.says("院子里的路灯不亮")
    await lin.answers_until(telling.NO_DANGER)

    await lin.sends_album(20)
    await lin.sees("最多 10 个", "其余的请在发送后再补充")
    await lin.taps(telling.NO_DANGER)
    number = await lin.answers_until_sent()
    await li.card(number, "图片 10 张")

    kept = [piece for piece in (await town.record(number)).call.pieces if piece.file]
    assert len(kept) == 10


async def test_a_photo_without_words_asks_what_is_the_matter(town: Town) -> None:
    lin = await town.resident()

    await lin.sends_photo()
    await lin.is_asked()
    await lin.taps(telling.AGREE)

    asked = await lin.sees("请再用一两句话", "照片 1 张")
    assert telling.SAID_ALL not in asked.buttons


async def test_a_forwarded_message_counts_and_says_that_it_was_forwarded(town: Town) -> None:
    lin, li = await town.resident(), await town.officer("李敏")
    neighbour = await town.resident("陈伯")

    await lin.sends(text="三号楼的路灯不亮", forward_from=neighbour.id)
    number = await lin.answers_until_sent()

    card = await li.card(number, "以下是转发的消息", "三号楼的路灯不亮")
    assert "陈伯" not in card.text


async def test_words_edited_before_sending_follow_and_afterwards_are_explained(
    town: Town,
) -> None:
    lin, li = await town.resident(), await town.officer("李敏")
    said = await lin.says("二号楼的路灯不亮")
    await lin.answers_until(telling.NO_DANGER)

    await lin.edits(said, "五号楼的路灯不亮")
    await lin.sees("已按您改过的内容更新")
    number = await lin.answers_until_sent()
    await li.card(number, "五号楼")
    await lin.edits(said, "六号楼的路灯不亮")
    await lin.sees("请重新发一条", "/mycalls")

    assert "六号楼" not in (await li.card(number)).text


async def test_a_tap_on_an_old_keyboard_is_answered_and_changes_nothing(town: Town) -> None:
    lin, li = await town.resident(), await town.officer("李敏")
    await lin.says("桥下的路灯不亮")
    look = await lin.answers_until(telling.SEND)
    await lin.taps("改称呼（现在：不显示）", on=look)
    await lin.sees(telling.LOOK, "称呼：林阿姨")

    old = await lin.taps_data(look, str(look.button(telling.SEND)["callback_data"]))
    made_up = await lin.taps_data(look, "what is this")

    assert "之前的按钮" in old.text
    assert "用不了" in made_up.text
    assert await town.calls_of(lin) == ()
    await lin.taps(telling.SEND)
    await li.card(telling.number_in(await lin.sees(telling.SENT)), "林阿姨")


async def test_a_flood_of_one_person_is_kept_hardly_answered_and_delays_nobody(
    town: Town,
) -> None:
    eager, lin = await town.resident("话多的人"), await town.resident()
    li = await town.officer("李敏")

    flood = asyncio.gather(*(eager.says(f"路灯不亮，第{n}遍") for n in range(200)))
    number = await lin.raises("隔壁的路灯不亮")
    await li.card(number)
    await flood
    await town.sandbox.settled()
    await eager.says("/cancel")
    await eager.sees("已取消")

    answers = [one for one in await eager.messages() if town.sandbox.by_bot(one.raw)]
    assert len(answers) <= 25


async def test_a_cancelled_conversation_leaves_nothing(town: Town) -> None:
    lin = await town.resident()
    await lin.says("说错了的路灯")
    await lin.answers_until(telling.NO_DANGER)

    await lin.says("/cancel")
    await lin.sees("已取消", "没有发出")
    await lin.says("/cancel")
    await lin.sees("不用取消")

    assert await town.calls_of(lin) == ()


async def test_a_group_nobody_bound_says_what_to_do(town: Town) -> None:
    su = await town.known("苏晴")
    group = await town.sandbox.group("还没绑定的群", creator=su)
    stranger = await town.newcomer("路过的人", group)

    await stranger.desk.says("/calls@huying_sandbox_bot")

    told = await stranger.desk.sees("还没有设为办理群", "/bind@")
    assert not told.buttons


async def test_the_groups_own_commands(town: Town) -> None:
    lin, li = await town.resident(), await town.officer("李敏")
    number = await lin.raises("球场边的路灯不亮")
    await li.card(number)

    await li.desk.says("/calls@huying_sandbox_bot")
    await li.desk.sees("待办", number, "路灯不亮", "待签收")
    await li.desk.says(f"/call@huying_sandbox_bot {number[-4:]}")
    again = await li.desk.sees(number, "球场边")
    assert duty.TAKE in again.buttons
    assert "已签收" in (await li.desk.taps(duty.TAKE, on=again)).text
    await li.desk.says("/call@huying_sandbox_bot 9999")
    await li.desk.sees("没有编号是“9999”的呼叫")
    await li.desk.says("/help@huying_sandbox_bot")
    await li.desk.sees("办理群", "签收", "//")


async def test_a_note_stays_inside_and_a_phone_number_is_masked_in_the_group(
    town: Town,
) -> None:
    lin, li = await town.resident(), await town.officer("李敏")
    number = await lin.raises(f"车棚的路灯不亮，请打 {PHONE}")
    await li.takes(number)

    await li.notes(number, "让小张带梯子去")
    await li.replies_to_card(number, "下午到。")
    await lin.sees(number, "下午到")
    answered = await lin.sees("下午到", earlier=True)
    await lin.replies(answered, f"换个号码：{PHONE}")
    await li.hears(number, "呼叫人补充", "换个号码")

    heard = await lin.heard()
    assert "梯子" not in heard
    shown = "".join(one.text for one in await li.group.messages())
    assert PHONE not in shown
    assert "138******00" in shown


async def test_a_reply_changed_afterwards_is_passed_on_as_a_correction(town: Town) -> None:
    lin, li = await town.resident(), await town.officer("李敏")
    number = await lin.raises("仓库的路灯不亮")
    await li.takes(number)
    sent = await li.replies_to_card(number, "三点到。")
    await lin.sees(number, "三点到", earlier=True)

    await li.desk.edits(sent, "四点到。")

    await lin.sees(number, "更正了前面的话", "四点到")
    assert "三点到" in await lin.heard()


async def test_an_addition_changed_afterwards_reaches_the_group_as_a_correction(
    town: Town,
) -> None:
    lin, li = await town.resident(), await town.officer("李敏")
    number = await lin.raises("球场的路灯不亮")
    await li.takes(number)
    signed = await lin.sees(number, "已签收", earlier=True)
    sent = await lin.replies(signed, "三单元门口")
    await li.hears(number, "三单元门口")

    await lin.edits(sent, "五单元门口")

    await lin.sees("更正转给", number)
    await li.hears(number, "更正了前面的话", "五单元门口")


def _hangs_below(message: Message, card: Message) -> bool:
    above = message.raw.get("reply_to_message") or {}
    return bool(above.get("message_id") == card.id)
