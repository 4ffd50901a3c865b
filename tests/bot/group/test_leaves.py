"""Leave and hand-over in the group, and who is called meanwhile."""

from __future__ import annotations

from datetime import timedelta

from core.people import Officer, Post, on_duty
from tests.bot.group.room import Room
from tests.builders import NOON
from tests.core.playing import CHATS, COMMUNITY, LI, LIANG, ZHOU

GROUP = CHATS[COMMUNITY]


async def taken(room: Room):
    """Li has taken a call."""
    call = await room.stage.raised()
    await room.delivers()
    await room.taps(LI, GROUP, "签收")
    return call


async def test_whoever_goes_on_leave_hands_over_what_they_signed(room: Room):
    call = await taken(room)

    await room.says(LI, GROUP, "/leave@huying_bot 3 周强")

    assert "由周强替班" in room.last(GROUP).text
    assert "1 件已交给周强" in room.last(GROUP).text
    assert (await room.stage.leg(call)).signer == ZHOU.account
    assert "周强" in room.card(GROUP).text


async def test_nudges_call_who_stands_in(room: Room):
    await taken(room)
    await room.says(LI, GROUP, "/leave@huying_bot 9 周强")

    for hours in (8, 24, 30):
        await room.stage.tick(room.stage.now + timedelta(hours=hours))
    await room.delivers()

    nudge = next(m for m in reversed(room.shown[GROUP]) if "联系呼叫人" in m.text)
    assert "周强" in nudge.text
    assert "李敏" not in nudge.text


async def test_whoever_comes_back_is_called_again(room: Room):
    await taken(room)
    await room.says(LI, GROUP, "/leave@huying_bot 3 周强")

    await room.says(LI, GROUP, "/back@huying_bot")

    async with room.stage.units.read() as work:
        officers = await work.people.officers_of(COMMUNITY)
    assert [one.name for one in on_duty(officers, now=room.stage.now)] == ["李敏", "周强"]


async def test_a_colleague_nobody_registered_cannot_stand_in(room: Room):
    await room.says(LI, GROUP, "/leave@huying_bot 3 王五")

    assert "“王五”" in room.last(GROUP).text


async def test_leave_without_days_or_colleague_tells_how_to_ask(room: Room):
    for words in ("", " 3", " 三 周强", " 0 周强"):
        await room.says(LI, GROUP, f"/leave@huying_bot{words}")
        assert "/leave@huying_bot 3 周强" in room.last(GROUP).text


async def test_somebody_of_another_agency_goes_on_leave_elsewhere(room: Room):
    await room.says(LIANG, GROUP, "/leave@huying_bot 3 周强")

    assert "登记的经办人" in room.last(GROUP).text


def test_a_substitute_is_called_in_the_post_of_the_one_away():
    head = Officer(1, COMMUNITY, "何主任", Post.HEAD, away_until=NOON, substitute=2)
    liaison = Officer(2, COMMUNITY, "周强")

    there = on_duty((head, liaison), now=NOON - timedelta(hours=1))

    assert [(one.name, one.post) for one in there] == [
        ("周强", Post.LIAISON),
        ("周强", Post.HEAD),
    ]


def test_where_everybody_is_away_everybody_is_called():
    both = tuple(Officer(n, COMMUNITY, str(n), away_until=NOON) for n in (1, 2))

    assert on_duty(both, now=NOON - timedelta(hours=1)) == both


async def test_the_roster_is_shown_and_put_in_order_by_the_staff(room: Room):
    await room.says(LI, GROUP, "/roster@huying_bot")
    before = room.last(GROUP).text
    await room.says(LI, GROUP, "/roster@huying_bot 周强 李敏")

    assert before.index("李敏") < before.index("周强")
    assert "1. 周强" in room.last(GROUP).text


async def test_nobody_of_another_agency_puts_the_roster_in_order(room: Room):
    await room.says(LIANG, GROUP, "/roster@huying_bot 周强 李敏")

    assert "1. 周强" not in room.texts(GROUP)


async def test_a_roster_names_only_officers_of_the_agency(room: Room):
    await room.says(LI, GROUP, "/roster@huying_bot 王五")

    assert "王五" in room.last(GROUP).text
