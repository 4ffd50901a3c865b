"""What every guided conversation can do: back, cancel, resume, old buttons, forged ones."""

from __future__ import annotations

import pytest

from bot.screens.taps import StepTap

LAMP = "我家楼下的路灯坏了三天，晚上很黑"


async def test_a_restart_in_the_middle_resumes_the_step(lin):
    await lin.says(LAMP)
    await lin.taps("路灯不亮")

    lin.restart()
    shown = await lin.taps("没有")

    assert "事情发生在哪里" in shown.text


async def test_start_goes_on_where_somebody_stopped(lin):
    await lin.says(LAMP)
    await lin.taps("路灯不亮")

    await lin.says("/start")

    texts = [shown.text for shown in lin.chat.values()]
    assert "您上次的事还没说完" in texts[-2]
    assert "触电危险" in texts[-1]


async def test_start_without_anything_going_on_welcomes(lin):
    shown = await lin.says("/start")

    assert "林阿姨，您好" in shown.text
    assert "/mycalls" in shown.text


async def test_back_goes_one_screen_back(lin):
    first = await lin.says(LAMP)
    await lin.taps("路灯不亮")

    shown = await lin.taps("上一步")

    assert shown.text == first.text


async def test_the_first_screen_has_no_way_back(lin):
    shown = await lin.says(LAMP)

    assert "‹ 上一步" not in shown.labels
    assert "取消" in shown.labels


async def test_back_and_cancel_may_be_typed(lin):
    await lin.says(LAMP)
    await lin.taps("路灯不亮")

    await lin.says("上一步")
    assert "路灯不亮" in lin.sees.labels
    shown = await lin.says("取消")

    assert "已取消" in shown.text


async def test_a_typed_cancel_at_the_place_takes_the_keyboard_away(lin):
    await lin.says(LAMP)
    await lin.taps("路灯不亮", "没有")
    assert "取消" in lin.keys

    shown = await lin.says("取消")

    assert "已取消" in shown.text
    assert lin.keys == []


@pytest.mark.parametrize("steps", [(), ("路灯不亮",), ("路灯不亮", "没有"), ("路灯不亮", "有")])
async def test_cancel_works_from_anywhere(lin, steps):
    await lin.says(LAMP)
    await lin.taps(*steps)

    shown = await lin.says("/cancel")

    assert "已取消" in shown.text
    assert LAMP not in str(lin.talk)


async def test_cancel_with_nothing_going_on_is_answered(lin):
    shown = await lin.says("/cancel")

    assert "不用取消" in shown.text


async def test_a_button_of_an_earlier_screen_changes_nothing(lin):
    first = await lin.says(LAMP)
    await lin.taps("路灯不亮")
    before = lin.talk

    await lin.presses(first, "垃圾")

    assert lin.toast == "这是之前的按钮，请看最下面的新消息。"
    assert lin.talk == before


async def test_buttons_of_a_step_answered_by_typing_go_once_they_are_tapped(lin):
    first = await lin.says(LAMP)
    await lin.says("路灯不亮")

    await lin.presses(first, "垃圾")

    assert lin.toast == "这是之前的按钮，请看最下面的新消息。"
    assert not lin.chat[first.id].labels
    assert lin.sees.labels


async def test_a_second_tap_at_once_leaves_the_next_screen_its_buttons(lin):
    first = await lin.says(LAMP)
    await lin.taps("路灯不亮")
    asked = lin.chat[first.id]

    await lin.presses(first, "路灯不亮")

    assert lin.chat[first.id] == asked
    assert "没有" in asked.labels


async def test_a_second_tap_on_the_last_button_leaves_what_it_led_to(lin):
    await lin.says(LAMP)
    await lin.taps("路灯不亮", "没有")
    await lin.says("逢源北社区")
    look = await lin.taps("说不清")
    sent = await lin.taps("发送")

    await lin.presses(look, "发送")

    assert "复制编号" in sent.labels
    assert lin.chat[sent.id] == sent


async def test_an_old_button_after_a_while_brings_the_question_down_again(lin):
    first = await lin.says(LAMP)
    await lin.taps("路灯不亮")
    lin.later(minutes=20)

    shown = await lin.presses(first, "垃圾")

    assert shown.id > first.id
    assert "触电危险" in shown.text


async def test_a_button_of_a_finished_conversation_is_answered_kindly(lin):
    first = await lin.says(LAMP)
    await lin.says("/cancel")

    await lin.presses(first, "路灯不亮")

    assert "这一步已经结束了" in lin.toast
    assert not lin.chat[first.id].labels


async def test_a_button_of_an_earlier_conversation_never_fits_the_next_one(lin):
    first = await lin.says(LAMP)
    await lin.says("/cancel")
    await lin.says(LAMP)

    await lin.presses(first, "路灯不亮")

    assert lin.talk.step == "item"


async def test_a_double_tap_counts_once(lin):
    first = await lin.says(LAMP)

    await lin.presses(first, "路灯不亮")
    await lin.presses(first, "路灯不亮")

    assert lin.talk.step == "danger"


async def test_data_that_no_button_of_the_screen_carries_changes_nothing(lin):
    shown = await lin.says(LAMP)
    forged = StepTap(lin.talk.token, "i:999").data()

    await lin.forges(forged, shown.id)

    assert lin.talk.step == "item"
    assert "item" not in lin.talk.draft


@pytest.mark.parametrize("data", ["s::", "s:!:x", "v1:v:1:1:solved:forged00", "x", "s:zzz:d:9"])
async def test_forged_data_gets_a_kind_word(lin, data):
    shown = await lin.says("/start")

    await lin.forges(data, shown.id)

    assert "用不了" in lin.toast or "已经结束" in lin.toast


async def test_a_conversation_of_yesterday_is_forgotten(lin):
    await lin.says(LAMP)
    lin.later(hours=25)

    shown = await lin.says("楼道垃圾堆成山没人收")

    assert "垃圾堆积、清运中断" in shown.labels
    assert [piece["text"] for piece in lin.talk.draft["pieces"]] == ["楼道垃圾堆成山没人收"]


async def test_every_answer_gives_another_day(lin):
    await lin.says(LAMP)
    lin.later(hours=20)
    await lin.taps("路灯不亮")
    lin.later(hours=20)

    shown = await lin.taps("没有")

    assert "事情发生在哪里" in shown.text


async def test_a_conversation_of_this_morning_goes_on(lin):
    await lin.says(LAMP)
    lin.later(hours=23)

    shown = await lin.taps("路灯不亮")

    assert "触电危险" in shown.text


async def test_looking_at_calls_pauses_what_is_being_said(lin):
    await lin.says(LAMP)
    await lin.says("/mycalls")

    await lin.taps("关闭")

    assert "接着说刚才没说完的事" in [*lin.chat.values()][-2].text
    assert "路灯不亮" in lin.sees.labels


async def test_words_while_looking_go_to_the_call_being_raised(lin):
    await lin.says(LAMP)
    await lin.says("/mycalls")

    shown = await lin.says("垃圾没人收")

    assert "按“垃圾没人收”找到这些" in shown.text
    assert lin.talk.draft["pieces"][0]["text"] == LAMP


async def test_call_goes_on_with_the_call_begun(lin):
    await lin.says(LAMP)
    await lin.says("/mycalls")

    shown = await lin.says("/call")

    assert "路灯不亮" in shown.labels


async def test_every_button_carries_the_token_of_its_screen(lin):
    await lin.says(LAMP)
    tokens = set()
    for label in ("路灯不亮", "有", "其实没有危险"):
        tokens |= {StepTap.read(lin.sees.data(name)).token for name in lin.sees.labels}
        await lin.taps(label)

    assert len(tokens) == 3


async def test_an_item_that_is_not_among_the_first_may_be_chosen_all_the_same(lin):
    """Whoever spells the data of another button has come to nothing but another item."""
    shown = await lin.says(LAMP)

    await lin.forges(StepTap(lin.talk.token, "i:14").data(), shown.id)

    assert (lin.talk.step, lin.talk.draft["item"]) == ("danger", "14")
