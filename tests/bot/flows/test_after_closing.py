"""A closed call in private: reopened, raised anew, asked about; rated while somebody looks."""

from __future__ import annotations

import pytest

from bot.screens.after_closing import looking_back
from bot.screens.easel import Easel
from core.call import Link
from core.lifecycle import Action, Outcome, Status
from tests.bot.flows.visiting import TAPS, Visitor
from tests.core.playing import LI, LIANG, LIN, Stage, liwan


@pytest.fixture
async def rated(lin: Visitor) -> Visitor:
    """Lin's lamp was mended, and she said so."""
    await lin.raised()
    await lin.answered()
    await lin.taps("已解决", "满意")
    return lin


@pytest.fixture
async def looked_at(lin: Visitor) -> Visitor:
    """Lin's drain was cleared, says the community; the street will have a look."""
    await Stage(lin.units, lin.now).raised(item="11")
    await lin.answered()
    return lin


async def leg_of(visitor: Visitor):
    return (await visitor.view()).main.leg


async def test_a_rating_while_somebody_looks_is_kept_and_takes_effect_later(looked_at):
    shown = await looked_at.taps("已解决", "非常满意")
    before = await leg_of(looked_at)
    async with looked_at.desk() as desk:
        await desk.pass_verification(before.id, by=LIANG, now=looked_at.now)

    assert "谢谢您的评价" in shown.text
    assert "还在核查" in shown.text
    assert before.status is Status.VERIFYING
    assert (await leg_of(looked_at)).outcome is Outcome.SOLVED


async def test_a_rework_while_somebody_looks_waits_too(looked_at):
    shown = await looked_at.taps("未解决", "请重办", "直接重办")

    assert "还在核查" in shown.text
    assert (await leg_of(looked_at)).status is Status.VERIFYING


async def test_a_button_drawn_before_somebody_looked_still_rates(looked_at):
    notice = looked_at.sees
    async with looked_at.desk() as desk:
        await desk.pass_verification((await leg_of(looked_at)).id, by=LIANG, now=looked_at.now)

    await looked_at.presses(notice, "已解决")
    await looked_at.taps("满意")

    assert (await leg_of(looked_at)).outcome is Outcome.SOLVED


async def test_after_three_reworks_there_is_only_closing(lin: Visitor):
    await lin.raised()
    await lin.answered()
    for _ in range(3):
        await lin.taps("未解决", "请重办", "直接重办")
        await lin.answered_again()

    shown = await lin.taps("未解决")

    assert shown.labels[0] == "就此结案"
    assert "请重办" not in shown.labels
    await lin.taps("就此结案", "非常不满意")
    assert (await leg_of(lin)).outcome is Outcome.UNSOLVED


async def test_below_the_thanks_a_button_reopens_with_two_taps(rated):
    await rated.taps("重开")
    asked = rated.sees
    shown = await rated.taps("直接重开")

    leg = await leg_of(rated)
    assert "会重开" in asked.text
    assert (leg.status, leg.reopened) == (Status.DISPATCHED, 1)
    assert "已重开" in shown.text
    assert "逢源北社区会在" in shown.text


async def test_what_is_left_goes_along(rated):
    await rated.taps("重开")
    await rated.says("晚上还是不亮")

    entries = (await rated.view()).entries
    reopened = next(entry for entry in entries if entry.action is Action.REOPEN)
    assert reopened.pieces[0].text == "晚上还是不亮"


async def test_late_photos_of_the_album_follow(rated):
    await rated.taps("重开")

    for _photo in range(3):
        await rated.shows(album="one")

    added = [e for e in (await rated.view()).entries if e.action is Action.ADD]
    assert len(added) == 2


async def test_it_may_be_left_closed(rated):
    shown = await rated.taps("重开", "取消")

    assert "没有变化" in shown.text
    assert (await leg_of(rated)).status is Status.CLOSED


async def test_a_closed_call_is_reopened_from_the_list(rated):
    await rated.says("/mycalls")
    await rated.taps("路灯不亮", "重开", "直接重开")

    assert (await leg_of(rated)).status is Status.DISPATCHED


async def test_the_timeline_tells_of_it(rated):
    await rated.taps("重开")
    await rated.says("晚上还是不亮")
    await rated.says("/mycalls")

    shown = await rated.taps("路灯不亮")

    assert "您重开了这件事：晚上还是不亮" in shown.text
    assert "现在：待签收" in shown.text


async def test_pressing_reopen_twice_reopens_once(rated):
    thanks = rated.sees
    await rated.taps("重开", "直接重开")

    await rated.presses(thanks, "重开")

    assert (await leg_of(rated)).reopened == 1
    assert "没有找到" in rated.toast


async def test_after_fifteen_days_it_becomes_a_new_call_that_names_the_old_one(rated):
    old = rated.calls[0]
    rated.later(days=16)
    await rated.says("/mycalls")
    await rated.taps("路灯不亮", "又出现了")
    asked = rated.sees
    shown = await rated.says("又不亮了")

    new = rated.calls[-1]
    assert "作为新的一件" in asked.text
    assert (new.linked, new.link, new.words) == (old.id, Link.REBOUND, "又不亮了")
    assert new.number in shown.text
    assert old.number != new.number
    await rated.says("/mycalls")
    listed = await rated.taps(new.number)
    assert f"{old.number} 又出现了" in listed.text


async def test_an_old_reopen_button_leads_to_a_new_call_after_its_time(rated):
    thanks = rated.sees
    rated.later(days=16)

    await rated.presses(thanks, "重开")
    await rated.taps("直接反映")

    assert len(rated.calls) == 2


async def test_the_question_of_weeks_later_is_answered_with_one_tap(rated):
    await asked_about(rated)

    await rated.taps("没有再出现")

    assert "那就好" in rated.toast
    assert rated.sees.labels == []
    assert (await rated.view()).entries[-1].action is Action.STILL_GOOD


async def test_back_again_is_a_new_call_even_while_reopening_is_possible(rated):
    await asked_about(rated)

    await rated.taps("又出现了", "直接反映")

    assert [call.link for call in rated.calls] == [None, Link.REBOUND]


async def test_a_lapsed_answer_may_be_reopened_too(lin: Visitor):
    await lin.raised()
    await lin.answered()
    async with lin.desk() as desk:
        await desk.lapse((await leg_of(lin)).id, now=lin.now)
    await lin.says("/mycalls")

    await lin.taps("路灯不亮", "重开", "直接重开")

    assert (await leg_of(lin)).status is Status.DISPATCHED


async def test_nobody_reopens_the_call_of_somebody_else(rated):
    stranger = await Visitor(LI, units=rated.units, now=rated.now).moves_in()
    easel = Easel(TAPS, "huying_bot", liwan())
    rows = looking_back(await leg_of(rated), LI.account or 0, easel)
    await stranger.gets("现在还好吗？", (await leg_of(rated)).id, *rows)

    await stranger.taps("又出现了")

    assert "没有找到" in stranger.toast
    assert len(rated.calls) == 1


async def asked_about(visitor: Visitor) -> None:
    """Weeks later the question arrives."""
    leg = await leg_of(visitor)
    async with visitor.desk() as desk:
        await desk.look_back(leg.id, now=visitor.now)
    easel = Easel(TAPS, "huying_bot", liwan())
    await visitor.gets("现在还好吗？", leg.id, *looking_back(leg, LIN.account or 0, easel))
