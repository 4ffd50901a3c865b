"""The month and the year that are over are told once each, against the one before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from bot.briefs import Briefer, Briefs
from bot.screens import told_long_briefs
from bot.screens.easel import Easel
from core.errands import Errand, ErrandKind, ErrandState
from core.lifecycle import Status
from core.periods import Stretch, period_of
from core.scoring import Sort
from core.stats import Report, Tallied, report
from core.worktime import CHINA
from tests.bot.group.errands import Post
from tests.bot.group.room import TAPS, Room
from tests.core.playing import CHATS, COMMUNITY, DISTRICT, LAMP, MONDAY, STREET, Stage, liwan

JULY, AUGUST = (datetime(2026, *day, 9, 30, tzinfo=CHINA) for day in ((7, 1), (8, 3)))
DAY = timedelta(days=1)


@pytest.fixture
async def stage(units) -> Stage:
    """A call was raised in June; on every store."""
    stage = (await Stage(units).set_up()).without("calls_per_day")
    await stage.raised()
    await stage.owed()
    return stage


@pytest.fixture
async def room() -> Room:
    return await Room.opened()


def easel(stage: Stage) -> Easel:
    return Easel(TAPS, "huying_bot", stage.district)


async def begun(stage: Stage, now: datetime) -> Sequence[Errand]:
    """What is to be counted after the minute of that morning."""
    await Briefs(stage.units).tick(now, easel(stage))
    async with stage.units.read() as work:
        return await work.errands.waiting(10)


async def told(stage: Stage, now: datetime) -> dict[int, str]:
    """What the groups read of the month, beside the brief of the day."""
    for errand in await begun(stage, now):
        await Briefer(stage.units, easel(stage)).tell(errand, now)
    stage.now = now
    texts = {row.lane: row.payload["params"]["text"] for row in await stage.owed()}
    return {chat: text for chat, text in texts.items() if "日报" not in text}


async def test_a_month_is_told_on_its_first_working_morning_to_whoever_had_calls(stage):
    read = await told(stage, JULY)

    assert set(read) == {CHATS[DISTRICT], CHATS[STREET]}
    assert read[CHATS[STREET]].startswith(
        "📋 月报 · 逢源街道 · 上月（6月1日—6月30日）\n呼叫 1 件（前一个月 0 件）\n响应率"
    )
    assert read[CHATS[STREET]].endswith("/stats 上月")


async def test_however_many_tick_and_however_often_it_is_counted_a_chat_is_told_once(stage):
    first = await begun(stage, JULY)
    again = await begun(stage, JULY + DAY)

    assert {one.facts["stretch"] for one in first} == {"last_month", "last_year"}
    assert again == first
    for errand in (*first, *first):
        await Briefer(stage.units, easel(stage)).tell(errand, JULY)
    stage.now = JULY
    texts = [row.payload["params"]["text"] for row in await stage.owed()]
    assert sum("月报" in text for text in texts) == 2
    async with stage.units.read() as work:
        assert [(await work.errands.get(one.id)).state for one in first] == [ErrandState.DONE] * 2


async def test_after_an_outage_only_the_month_that_is_over_now_is_told(stage):
    await told(stage, JULY)

    after = await begun(stage, AUGUST + 45 * DAY)

    assert [(one.facts["stretch"], one.facts["first"]) for one in after] == [
        ("last_month", "2026-08-01")
    ]


async def test_a_month_is_compared_with_the_one_before(stage):
    await told(stage, JULY)
    stage.now = MONDAY + 30 * DAY
    for draft in ("b", "c"):
        await stage.raised(draft=draft)
    await stage.owed()

    read = await told(stage, AUGUST)

    assert "呼叫 2 件（前一个月 1 件）" in read[CHATS[DISTRICT]]


async def test_a_year_is_told_on_the_first_working_morning_of_the_next(stage):
    read = await told(stage, datetime(2027, 1, 4, 9, 30, tzinfo=CHINA))

    assert read[CHATS[DISTRICT]].startswith("📋 年报 · 荔湾区 · 去年（2026-01-01—2026-12-31）")


async def test_the_minute_begins_it_and_the_errand_says_it(room: Room):
    room.stage.without("calls_per_day")
    await room.stage.raised()
    await room.delivers()
    room.stage.now = JULY
    await Briefs(room.stage.units).tick(JULY, easel(room.stage))

    await Post.of(room).runs()

    assert any("📋 月报" in one.text for one in room.shown[CHATS[STREET]])


async def test_what_could_not_be_counted_is_told_the_district_alone(room: Room):
    facts = period_of(Stretch.LAST_MONTH, JULY.date()).facts() | {"first": "?"}
    async with room.stage.units.begin() as work:
        await work.errands.add(
            Errand(ErrandKind.BRIEF, 0, CHATS[DISTRICT], 0, room.stage.now, facts, tries=3)
        )
    room.stage.now += DAY / 2

    await Post.of(room).runs()

    assert "没能把月报或年报做出来" in room.last(CHATS[DISTRICT]).text


def month(fared: dict[str, tuple[int, int]]) -> Report:
    """The street's month: by item, how many legs were finished in time and how many late."""
    found = Tallied(period_of(Stretch.LAST_MONTH, JULY.date()), JULY)
    for item, (kept, late) in fared.items():
        for finished, legs in ((True, kept), (False, late)):
            sort = Sort(COMMUNITY, Status.DISPATCHED, contacted=True, finished=finished)
            found.add_by_item({(item, sort): legs})
    found.raised.update({(LAMP, COMMUNITY): 3, ("11", COMMUNITY): 2})
    return report(found, liwan(), STREET)


def drawn(now: Report, before: Report) -> str:
    return told_long_briefs.told(now, before, Easel(TAPS, "b", liwan())).render()[0]


def test_best_and_worst_items_and_what_comes_back_are_named():
    seen = month({"10": (9, 1), "11": (2, 8), "12": (5, 0), "14": (5, 5), "13": (0, 4)})

    said = drawn(seen, seen)

    names = {code: liwan().catalogue.get(code).name for code in ("10", "11", "12", "14")}
    assert f"按时办结最好的事项：{names['12']} 100.0%（5/5）；{names['10']} 90.0%（9/10）" in said
    assert (
        f"按时办结最差的事项：{names['11']} 20.0%（2/10）；{names['14']} 50.0%（5/10）\n" in said
    )
    assert "反复出现：路灯不亮（逢源北社区）3 件\n" in said


def test_one_item_alone_is_neither_best_nor_worst():
    said = drawn(month({"11": (2, 8)}), month({}))

    assert "最好" not in said
    assert "最差" not in said


def test_a_share_is_higher_or_lower_than_before_or_as_it_was():
    good, bad = month({"10": (9, 1)}), month({"10": (5, 5)})

    assert "按时办结 90.0%（比前一个月高 40.0 个百分点）" in drawn(good, bad)
    assert "按时办结 50.0%（比前一个月低 40.0 个百分点）" in drawn(bad, good)
    assert "响应率 100.0%（和前一个月持平）" in drawn(good, bad)
    assert "解决率 —\n" in drawn(good, bad)
