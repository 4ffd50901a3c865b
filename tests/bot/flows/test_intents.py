"""What the caller wants is guessed, shown at the last look, and changed there."""

from __future__ import annotations

from core.call import NameShown
from core.catalogue import Urgency
from core.intent import Intent
from tests.bot.flows.visiting import Visitor
from tests.core.playing import Stage

LAMP = "我家楼下的路灯坏了三天，晚上很黑"


async def looks(lin: Visitor, words: str = LAMP) -> None:
    await lin.says(words)
    await lin.taps("路灯不亮", "没有")
    await lin.says("逢源北社区")
    await lin.taps("说不清")


async def test_nobody_is_asked_and_the_last_look_says_what_was_guessed(lin):
    await looks(lin)
    assert "类型：求助" in lin.sees.text

    await lin.taps("发送")

    (call,) = lin.calls
    assert (call.intent, call.urgency) == (Intent.HELP, Urgency.P2)


async def test_a_question_is_answered_within_a_working_day(lin):
    await looks(lin, "请问路灯坏了打哪个电话报修，怎么报")

    shown = await lin.taps("发送")

    (call,) = lin.calls
    assert (call.intent, call.urgency) == (Intent.CONSULT, Urgency.CONSULT)
    assert "明天" in shown.text


async def test_one_key_and_another_change_it(lin):
    await looks(lin)

    await lin.taps("改类型（现在：求助）")
    assert lin.sees.labels[:6] == ["咨询", "求助", "投诉", "举报", "建议", "表扬"]
    await lin.taps("建议")

    assert "类型：建议" in lin.sees.text
    await lin.taps("发送")
    assert lin.calls[0].urgency is Urgency.SUGGESTION


async def test_whoever_reports_somebody_is_offered_to_give_no_name(lin):
    await looks(lin)

    shown = await lin.taps("改类型", "举报")
    assert "举报可以不留称呼" in shown.text
    await lin.taps("不留称呼")

    assert "称呼：匿名" in lin.sees.text
    await lin.taps("发送")
    (call,) = lin.calls
    assert (call.intent, call.name_shown) == (Intent.REPORT, NameShown.ANONYMOUS)


async def test_a_report_may_go_to_named_people_alone(lin):
    await Stage(lin.units).with_team()
    await looks(lin)

    await lin.taps("改类型", "举报", "不留称呼，只交专人", "发送")

    (call,) = lin.calls
    assert call.restricted
    assert call.urgency is Urgency.REPORT


async def test_praise_is_passed_on_and_nobody_hurries(lin):
    await looks(lin)
    await lin.taps("改类型", "表扬", "发送")

    leg = (await lin.view()).main.leg

    assert leg.sign_due is not None
    assert (leg.contact_due, leg.finish_due) == (None, None)


async def test_words_that_report_somebody_are_offered_the_same(lin):
    await looks(lin, "我要举报有人剪断了路灯的电线，路灯不亮")
    assert "类型：举报" in lin.sees.text

    await lin.taps("举报可以不留称呼", "不留称呼")

    assert "称呼：匿名" in lin.sees.text
    assert not any("举报可以不留称呼" in label for label in lin.sees.labels)


async def test_back_from_the_six_leads_to_the_look(lin):
    await looks(lin)

    shown = await lin.taps("改类型", "上一步")

    assert "请看一遍" in shown.text
