"""A resident who was asked something answers without a form; the unsure may say so."""

from __future__ import annotations

import pytest

from core.lifecycle import Action, Status
from tests.bot.flows.visiting import Visitor
from tests.core.playing import LI, Stage, words


async def asked(lin: Visitor, *drafts: str) -> None:
    """Li asks about each of these calls."""
    for draft in drafts or ("draft-1",):
        call = await Stage(lin.units, lin.now).raised(draft=draft, sure=False)
        async with lin.desk() as desk:
            leg = (await desk.work.legs.of_call(call.id))[0]
            await desk.ask(leg.id, words("坏了几盏？"), by=LI, now=lin.now)


def statuses(lin: Visitor) -> list[Status]:
    """Where the legs stand, oldest first."""
    return [leg.status for leg in lin.units.tables.legs.values()]


def said(lin: Visitor, action: Action) -> list[str]:
    """What was said in steps of this kind."""
    entries = [e for e in lin.units.tables.entries.values() if e.action is action]
    return [piece.text for entry in entries for piece in entry.pieces]


async def test_the_next_message_is_the_answer_when_one_thing_was_asked(lin):
    await asked(lin)

    shown = await lin.says("三盏，都在东侧")

    assert statuses(lin) == [Status.TRIAGE]
    assert said(lin, Action.ANSWER) == ["三盏，都在东侧"]
    assert "已转给逢源北社区" in shown.text
    assert "另一件事" in shown.text
    assert lin.talk is None or not lin.talk.flow


async def test_a_reply_to_the_question_is_the_answer(lin):
    await asked(lin, "one", "two")
    leg = next(iter(lin.units.tables.legs.values()))
    question = await lin.gets("想问您一件事：坏了几盏？", leg.id)

    await lin.replies(question, text="两盏")

    assert statuses(lin) == [Status.TRIAGE, Status.NEED_INFO]


@pytest.mark.conformance
async def test_20_with_two_questions_open_it_is_asked_which_one_is_meant(lin):
    await asked(lin, "one", "two")

    shown = await lin.says("三盏")
    assert statuses(lin) == [Status.NEED_INFO, Status.NEED_INFO]
    assert [label for label in shown.labels if "等您回答" in label] == shown.labels[:2]
    await lin.presses(shown, shown.labels[0])

    assert sorted(statuses(lin)) == [Status.NEED_INFO, Status.TRIAGE]
    assert said(lin, Action.ANSWER) == ["三盏"]


async def test_an_album_is_one_answer_and_one_receipt(lin):
    await asked(lin)
    before = len(lin.chat)

    for _photo in range(3):
        await lin.shows(album="one")

    assert len(lin.chat) - before == 1
    assert statuses(lin) == [Status.TRIAGE]
    assert len(said(lin, Action.ANSWER) + said(lin, Action.ADD)) == 3


async def test_a_thank_you_is_no_answer(lin):
    await asked(lin)

    shown = await lin.says("谢谢！")

    assert "不客气" in shown.text
    assert statuses(lin) == [Status.NEED_INFO]


async def test_a_plain_yes_may_be_the_answer(lin):
    await asked(lin)

    await lin.says("好的")

    assert said(lin, Action.ANSWER) == ["好的"]


async def test_while_a_new_matter_is_being_told_nothing_is_taken_for_an_answer(lin):
    await asked(lin)
    await lin.says("/call")

    await lin.says("门口有垃圾堆了三天")

    assert statuses(lin) == [Status.NEED_INFO]


async def test_my_calls_shows_the_question_and_takes_the_answer(lin):
    await asked(lin)
    await lin.says("/mycalls")
    shown = await lin.taps("事项待定")
    assert "请回答：坏了几盏？" in shown.text
    assert "现在：等您补充" in shown.text

    await lin.taps("回答")
    await lin.says("三盏")

    assert statuses(lin) == [Status.TRIAGE]


async def test_the_timeline_names_who_asked_after_somebody_else_took_over(lin):
    await asked(lin)
    await lin.says("三盏")
    async with lin.desk() as desk:
        leg = next(iter(lin.units.tables.legs.values()))
        await desk.admit(leg.id, item="20", by=LI, now=lin.now)
    await lin.says("/mycalls")

    shown = await lin.taps("燃气安全")

    assert "【逢源北社区】问您：坏了几盏？" in shown.text
    assert "已受理，交给【荔湾区" in shown.text


async def test_who_is_not_sure_of_the_item_leaves_it_to_the_community(lin):
    await lin.says("楼下那个东西又坏了，黑漆漆的")
    shown = await lin.taps("说不准，请社区帮忙选")
    await lin.taps("没有")
    await lin.says("逢源北社区")
    assert "事项：说不准，请社区帮忙选" in lin.sees.text

    shown = await lin.taps("发送")

    assert "前定下由谁办理" in shown.text
    assert "由受理单位帮您定" in shown.text
    assert statuses(lin) == [Status.TRIAGE]


async def test_withdrawing_a_matter_of_safety_tells_that_somebody_looks_first(lin):
    await Stage(lin.units, lin.now).raised(item="11")
    await lin.says("/mycalls")
    shown = await lin.taps("积水", "撤回")
    assert "先确认没有危险" in shown.text

    shown = await lin.taps("问题已经解决")

    assert "先确认没有危险，再撤回" in shown.text
    assert statuses(lin) == [Status.DISPATCHED]
