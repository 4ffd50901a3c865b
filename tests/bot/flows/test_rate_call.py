"""Rating an answer: two taps, rework, and buttons of an earlier answer."""

from __future__ import annotations

import pytest

from core.lifecycle import Outcome, Status
from core.rating import Verdict
from tests.bot.flows.visiting import Visitor
from tests.core.playing import LIN


@pytest.fixture
async def asked(lin: Visitor) -> Visitor:
    await lin.raised()
    await lin.answered()
    return lin


def rating(visitor: Visitor):
    (only,) = visitor.units.tables.ratings.values()
    return only


async def test_two_taps_rate_and_close(asked):
    await asked.taps("已解决", "非常满意")

    assert (rating(asked).verdict, rating(asked).stars) == (Verdict.SOLVED, 5)
    assert (await asked.view()).main.leg.outcome is Outcome.SOLVED
    assert "谢谢您的评价" in asked.sees.text


@pytest.mark.parametrize(
    ("label", "stars"), [("非常不满意", 1), ("不满意", 2), ("基本满意", 3), ("满意", 4)]
)
async def test_the_five_buttons_carry_words_for_stars(asked, label, stars):
    await asked.taps("部分解决", label)

    assert (rating(asked).verdict, rating(asked).stars) == (Verdict.PARTLY, stars)


async def test_words_before_the_stars_go_with_the_rating(asked):
    await asked.taps("已解决")
    await asked.says("师傅很热心")
    await asked.says("来得也快")

    await asked.taps("满意")

    assert rating(asked).words == "师傅很热心\n来得也快"


async def test_the_answer_stays_in_the_chat(asked):
    notice = asked.sees

    await asked.taps("已解决", "满意")

    assert asked.chat[notice.id] == notice


async def test_unsolved_offers_rework_or_closing(asked):
    shown = await asked.taps("未解决")

    assert shown.labels[:2] == ["请重办", "就此结案"]


async def test_rework_goes_back_to_the_same_agency_with_the_words(asked):
    await asked.taps("未解决", "请重办")

    shown = await asked.says("灯还是不亮")

    leg = (await asked.view()).main.leg
    assert (leg.status, leg.rework) == (Status.IN_PROGRESS, 1)
    assert (await asked.view()).entries[-1].facts["words"] == "灯还是不亮"
    assert "重新办结" in shown.text


async def test_rework_needs_no_words(asked):
    await asked.taps("未解决", "请重办", "直接重办")

    assert (await asked.view()).main.leg.rework == 1


async def test_closing_all_the_same_is_unsolved(asked):
    await asked.taps("未解决", "就此结案", "非常不满意")

    assert (await asked.view()).main.leg.outcome is Outcome.UNSOLVED


async def test_a_button_of_a_rated_answer_says_how_it_stands(asked):
    notice = asked.sees
    await asked.taps("已解决", "满意")

    await asked.presses(notice, "未解决")

    assert "已结案（已解决）" in asked.toast
    assert len(asked.units.tables.ratings) == 1


async def test_a_button_of_an_answer_before_the_rework_rates_nothing(asked):
    first = asked.sees
    await asked.taps("未解决", "请重办", "直接重办")
    await asked.answered_again()

    await asked.presses(first, "已解决")

    assert "之前的" in asked.toast
    assert (await asked.view()).main.leg.status is Status.RESOLVED


async def test_whoever_rated_elsewhere_meanwhile_is_told(asked):
    await asked.taps("已解决")
    leg = (await asked.view()).main.leg
    async with asked.desk() as desk:
        await desk.rate(leg.id, verdict=Verdict.PARTLY, stars=3, by=LIN, now=asked.now)

    shown = await asked.taps("满意")

    assert "已结案（部分解决）" in shown.text
    assert rating(asked).stars == 3


async def test_a_lapsed_answer_may_still_be_rated_once(asked):
    notice = asked.sees
    leg = (await asked.view()).main.leg
    async with asked.desk() as desk:
        await desk.lapse(leg.id, now=asked.now)

    await asked.presses(notice, "已解决")
    await asked.taps("满意")

    assert (await asked.view()).main.leg.outcome is Outcome.SOLVED


async def test_a_call_being_raised_goes_on_after_rating(asked):
    notice = asked.sees
    await asked.says("楼道垃圾堆成山没人收")
    await asked.taps("一件新事")

    await asked.presses(notice, "已解决")
    await asked.taps("满意")

    assert "垃圾堆积、清运中断" in asked.sees.labels
    assert (await asked.view()).main.leg.outcome is Outcome.SOLVED


async def test_putting_it_off_leaves_the_answer_unrated(asked):
    await asked.taps("已解决", "取消")

    assert (await asked.view()).main.leg.status is Status.RESOLVED
