"""A ranking for the public: bands, places, how they come; published when two persons agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.screens import ranking
from bot.screens.easel import Easel
from core.acts import Deed
from core.channel import Channel, Every
from core.lifecycle import Outcome, Status
from core.people import Actor
from core.periods import Stretch, period_of
from core.scoring import Ground, Sort
from core.stats import Report, Tallied, report
from core.worktime import CHINA
from tests.bot.group.errands import Post
from tests.bot.group.room import TAPS, Room
from tests.builders import a_rating
from tests.core.playing import DISTRICT, LI, LIN, MONDAY, STREET, SU, liwan

CHAT, SU_AT = -1009000000001, SU.account or 0
HE = Actor(3002, "何静", administrator=True)
HE_AT = HE.account or 0
JULY = datetime(2026, 7, 1, 9, 30, tzinfo=CHINA)
DAY = timedelta(days=1)
STREETS = [one.code for one in liwan().tree.children(DISTRICT) if one.kind == "street"][:6]
NAMES = [liwan().tree.get(code).short_name for code in STREETS]


def counted(of: dict[str, tuple[int, int]]) -> Report:
    """The district's month: by street, how many calls, and how many of them solved."""
    found = Tallied(period_of(Stretch.LAST_MONTH, JULY.date()), JULY)
    for code, (calls, solved) in of.items():
        for outcome, stars, legs in (
            (Outcome.SOLVED, 5, solved),
            (Outcome.UNSOLVED, 1, calls - solved),
        ):
            sort = Sort(code, Status.CLOSED, outcome, contacted=True, finished=True, stars=stars)
            found.add({sort: legs})
    return report(found, liwan(), DISTRICT)


def drawn(now: dict[str, tuple[int, int]], before: dict[str, tuple[int, int]]) -> str:
    return ranking.ranking(counted(now), counted(before), Easel(TAPS, "huying_bot", liwan()))


MANY = {code: (400, 400 - 10 * n) for n, code in enumerate(STREETS[:4])}
FEW = {STREETS[4]: (19, 19)}


def test_places_are_among_those_of_like_volume_with_an_explanation():
    said = drawn(MANY | {STREETS[5]: (100, 50)} | FEW, MANY)

    lines = said.splitlines()
    assert lines[0] == "📊 荔湾区各街道呼应排名 · 上月（6月1日—6月30日）"
    many, some = lines.index("300 件以上："), lines.index("80—299 件：")
    assert [one.split()[1] for one in lines[many + 1 : many + 5]] == NAMES[:4]
    assert lines[some + 1].startswith(f"1. {NAMES[5]} ")
    assert "怎么算的：" in lines
    assert "按 30:35:35 合成" in said
    assert "不计入" not in said


def test_whoever_had_too_few_stands_without_a_place_however_well_it_did():
    said = drawn(MANY | FEW, MANY)

    assert f"不排名次：{NAMES[4]}（" in said
    assert f". {NAMES[4]} " not in said


def test_whoever_is_last_for_the_first_time_is_not_called_the_last():
    first, twice = drawn(MANY | FEW, {}), drawn(MANY | FEW, MANY)

    assert f"4. {NAMES[3]} " in twice
    assert f". {NAMES[3]} " not in first
    assert NAMES[3] in next(line for line in first.splitlines() if line.startswith("不排名次"))


def test_how_many_are_not_assessed_is_said_and_of_few_only_that_they_are_few():
    few, many = (replace(counted(MANY), excluded={Ground.DUPLICATE: n}) for n in (4, 5))
    easel = Easel(TAPS, "huying_bot", liwan())

    assert "等不计入，不足 5 件。" in ranking.ranking(few, few, easel)
    assert "等不计入，共 5 件。" in ranking.ranking(many, many, easel)


def test_where_nobody_has_enough_there_is_no_ranking():
    assert drawn(FEW, {}) == ""


@pytest.fixture
async def room() -> Room:
    room = await Room.opened(administrators={SU_AT, HE_AT})
    async with room.stage.units.begin() as work:
        await work.channels.save(Channel(CHAT, "荔湾呼应", True, Every.WEEKLY, MONDAY))
    return room


async def june(room: Room) -> None:
    """Twenty calls that were answered and rated, as the store counts them."""
    room.stage.without("calls_per_day")
    for number in range(21):
        call = await room.stage.raised(draft=f"draft-{number}")
        async with room.stage.units.begin() as work:
            (leg,) = await work.legs.of_call(call.id)
            closed = {"status": Status.CLOSED, "outcome": Outcome.SOLVED}
            at = dict.fromkeys(("contacted_at", "resolved_at", "closed_at"), room.stage.now)
            await work.legs.save(replace(leg, **closed, **at))
            await work.ratings.add(a_rating(leg_id=leg.id, stars=4))
    await room.delivers()
    room.stage.now = JULY


async def asked(room: Room, command: str = "/ranking 逢源街道 上月") -> str:
    await room.says(SU, SU_AT, command)
    await Post.of(room).runs()
    return room.last(SU_AT).text


async def published(room: Room) -> list[str]:
    await room.delivers()
    return [one.text for one in room.shown[CHAT]]


async def test_it_is_published_letter_by_letter_when_a_second_person_agrees(room: Room):
    await june(room)
    shown = await asked(room)
    assert "各社区呼应排名（全区同量级名次）" in shown
    await room.taps(SU, SU_AT, "申请公布")
    assert "已提交，还没有改动：在公开频道公布【逢源街道】的排名" in room.last(SU_AT).text
    assert not await published(room)
    assert "1. 逢源北社区" in room.last(HE_AT).text

    await room.taps(HE, HE_AT, "同意")

    (said,) = await published(room)
    assert shown.startswith(said)
    async with room.stage.units.read() as work:
        acts = await work.acts.latest(2)
    (act,) = (one for one in acts if one.deed == Deed.PUBLISHED)
    assert (act.subject, act.actor, act.facts["second"]) == (STREET, SU_AT, "何静")


async def test_nobody_publishes_alone_and_what_is_declined_is_not_said(room: Room):
    await june(room)
    await asked(room)
    await room.taps(SU, SU_AT, "申请公布")
    await room.says(SU, SU_AT, "/pending")
    assert not any("同意" in label for label in room.last(SU_AT).labels)

    await room.taps(HE, HE_AT, "不同意")

    assert not await published(room)


@pytest.mark.parametrize("unbound", [True, False])
async def test_where_the_channel_is_gone_or_shut_meanwhile_it_lapses(room: Room, unbound: bool):
    await june(room)
    await asked(room)
    await room.taps(SU, SU_AT, "申请公布")
    async with room.stage.desk() as desk:
        if unbound:
            await desk.unbind_channel(by=SU, now=room.stage.now)
        else:
            await desk.channel_lost(CHAT, now=room.stage.now)

    await room.taps(HE, HE_AT, "同意")

    assert "没有办：" in room.last(HE_AT).text
    assert not await published(room)


async def test_too_late_or_pressed_twice_it_asks_nobody(room: Room):
    await june(room)
    await asked(room)
    proposal = room.last(SU_AT)
    room.stage.now += timedelta(seconds=61)

    await room.taps(SU, SU_AT, "申请公布", on=proposal)

    assert "已过期" in room.last(SU_AT).text
    assert not room.shown[HE_AT]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("/ranking 本周", "排名按整月、整季、整年公布"),
        ("/ranking 6-1 6-20", "排名按整月、整季、整年公布"),
        ("/ranking 6-40", "排名按整月、整季、整年公布"),
        ("/ranking 火星街道", "没有叫“火星街道”的单位或时间。排名按整月"),
        ("/ranking 逢源北社区 上月", "可以排各街道"),
        ("/ranking", "这段时间没有够得上排名次的单位"),
    ],
)
async def test_what_cannot_be_ranked_says_why(room: Room, command: str, said: str):
    room.stage.now = JULY

    assert said in await asked(room, command)


async def test_without_a_channel_there_is_nowhere_to_publish(room: Room):
    async with room.stage.desk() as desk:
        await desk.unbind_channel(by=SU, now=room.stage.now)

    assert "先绑定：/channel" in await asked(room)


@pytest.mark.security("S4")
@pytest.mark.parametrize("who", [LI, LIN])
async def test_only_administrators_rank(room: Room, who: Actor):
    await room.says(who, who.account or 0, "/ranking 上月")

    assert "只给管理员" in room.last(who.account or 0).text
