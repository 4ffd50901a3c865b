"""Below the figures of ``/stats``: each opens its calls, for whoever may see them just then."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.board import Board
from core.people import Actor, Officer, Post
from core.posting import Posting, Purpose
from core.rating import Conclusion, Verdict
from tests.bot.group.errands import Post as Desk
from tests.bot.group.room import Room, Shown
from tests.core.playing import (
    CHATS,
    COMMUNITY,
    DENG,
    DISTRICT,
    LI,
    LIANG,
    LIN,
    STREET,
    SU,
    photo,
    words,
)

HERE, STREET_CHAT, OFFICE = CHATS[COMMUNITY], CHATS[STREET], CHATS[DISTRICT]
SU_AT = SU.account or 0
LATE, OVERDUE, UNSOLVED = "逾期未办 {n} 件 ›", "没按时办结 {n} 件 ›", "没解决好 {n} 件 ›"


@pytest.fixture
async def post(room: Room) -> Desk:
    """Ten calls that nobody took up, and one that was answered badly; three weeks later."""
    stage = room.stage.without("calls_per_day")
    for number in range(10):
        await stage.raised(draft=f"draft-{number}")
    leg = await stage.leg(await stage.raised(draft="answered"))
    async with stage.desk() as desk:
        await desk.acknowledge(leg.id, by=LI, now=stage.now)
        await desk.reply(leg.id, words("明天来修"), by=LI, now=stage.now)
        await desk.resolve(
            leg.id, conclusion=Conclusion.SOLVED, pieces=photo("好了"), by=LI, now=stage.now
        )
        await desk.rate(leg.id, verdict=Verdict.PARTLY, stars=3, by=LIN, now=stage.now)
    await room.delivers()
    stage.now += timedelta(days=21)
    return Desk.of(room)


async def figures(post: Desk, who: Actor, chat: int, command: str = "/stats 6-15 6-15") -> Shown:
    """The picture with its keys, as it is read in the chat."""
    post.files.called.clear()
    await post.room.says(who, chat, command)
    await post.runs()
    (params,) = (params for method, params in post.files.called if method == "sendPhoto")
    shown = Shown(9000, {**params, "text": ""}, "sendPhoto")
    post.room.shown[chat].append(shown)
    return shown


async def opens(post: Desk, who: Actor, chat: int, label: str, on: Shown | None = None) -> Shown:
    await post.room.taps(who, chat, label, on=on)
    return post.room.last(chat)


async def test_keys_say_how_many_and_only_where_there_are_any(post: Desk):
    shown = await figures(post, LIANG, STREET_CHAT)

    assert shown.labels == [
        LATE.format(n=10),
        "在办 10 件 ›",
        OVERDUE.format(n=10),
        "没按时联系 10 件 ›",
        UNSOLVED.format(n=1),
    ]


async def test_a_key_opens_the_calls_with_place_agency_age_and_whom_they_wait_for(post: Desk):
    shown = await figures(post, LIANG, STREET_CHAT)

    opened = await opens(post, LIANG, STREET_CHAT, LATE.format(n=10), shown)

    assert opened is not shown
    head, first, second = opened.text.splitlines()[:3]
    assert head == "📊 逢源街道：逾期未办"
    assert first.startswith("1. LW-260615-0001 · 路灯不亮 · 逢源北社区")
    assert second == "　 【逢源北社区】待签收 · 提出 21 天"


async def test_the_next_page_stands_in_the_place_of_the_first_and_back_leads_to_all(post: Desk):
    shown = await figures(post, LIANG, STREET_CHAT)
    opened = await opens(post, LIANG, STREET_CHAT, OVERDUE.format(n=10), shown)
    assert opened.text.count("LW-") == 8

    await post.room.taps(LIANG, STREET_CHAT, "下一页 ›")
    assert opened.text.count("LW-") == 2
    assert "下一页 ›" not in opened.labels
    await post.room.taps(LIANG, STREET_CHAT, "‹ 返回")
    assert "想看哪些呼叫？" in opened.text
    await post.room.taps(LIANG, STREET_CHAT, "没解决好 ›")

    assert opened.text.count("LW-") == 1
    assert "部分解决" in opened.text
    assert shown.labels[0] == LATE.format(n=10)


async def test_a_number_opens_the_card_where_one_works_on_it(post: Desk):
    shown = await figures(post, LI, HERE)
    await opens(post, LI, HERE, LATE.format(n=10), shown)

    card = await opens(post, LI, HERE, "2")

    assert "LW-260615-0002" in card.text
    assert "签收" in "".join(card.labels)
    async with post.room.stage.units.read() as work:
        about = await Board(work, post.room.stage.district).about(HERE, card.id)
        assert about
        assert (await work.calls.get((await work.legs.get(about.leg_id)).call_id)).number in (
            card.text
        )


async def test_who_audits_reads_the_whole_story_and_that_is_written_down(post: Desk):
    shown = await figures(post, SU, SU_AT)
    await opens(post, SU, SU_AT, LATE.format(n=10), shown)

    story = await opens(post, SU, SU_AT, "3")

    assert story.text.startswith("LW-260615-0003 全程")
    async with post.room.stage.units.read() as work:
        assert (await work.acts.latest(1))[0].subject == "LW-260615-0003"


async def test_others_are_told_where_the_call_is_handled(post: Desk):
    at = LIANG.account or 0
    shown = await figures(post, LIANG, at, "/stats 逢源北社区 6-15 6-15")
    await opens(post, LIANG, at, LATE.format(n=10), shown)

    said = await post.room.taps(LIANG, at, "1")

    assert said == (
        "这件由【逢源北社区】办。要看详情，请问他们，或者在他们的群里发 /call LW-260615-0001。"
    )


async def test_an_officer_is_led_from_private_to_the_card_in_their_group(post: Desk):
    at = LI.account or 0
    async with post.room.stage.units.begin() as work:
        binding = await work.groups.of_agency(COMMUNITY)
        assert binding is not None
        await work.groups.save(replace(binding, chat=-1001234567890))
        (leg,) = await work.legs.open_of(COMMUNITY, 1)
        await work.postings.add(Posting(-1001234567890, 42, leg.id, Purpose.CARD))
    shown = await figures(post, LI, at)
    await opens(post, LI, at, LATE.format(n=10), shown)

    led = await opens(post, LI, at, "1")

    assert led.buttons[0]["url"] == "https://t.me/c/1234567890/42"


@pytest.mark.security("S3")
@pytest.mark.parametrize("label", [LATE.format(n=10), "‹ 返回", "1"])
async def test_who_lost_the_post_meanwhile_opens_nothing(post: Desk, label: str):
    shown = await figures(post, LIANG, STREET_CHAT)
    listed = await opens(post, LIANG, STREET_CHAT, LATE.format(n=10), shown)
    async with post.room.stage.units.begin() as work:
        await work.people.remove_officer(LIANG.account or 0, STREET)
    before = listed.text, len(post.room.shown[STREET_CHAT])

    on = shown if label in shown.labels else listed
    said = await post.room.taps(LIANG, STREET_CHAT, label, on=on)

    assert "不能在这里看" in said
    assert (listed.text, len(post.room.shown[STREET_CHAT])) == before


@pytest.mark.security("S3")
@pytest.mark.parametrize("who", [LIN, LI])
async def test_others_in_the_group_open_nothing(post: Desk, who: Actor):
    shown = await figures(post, LIANG, STREET_CHAT)

    said = await post.room.taps(who, STREET_CHAT, LATE.format(n=10), on=shown)

    assert "不能在这里看" in said


@pytest.mark.security("S2")
async def test_a_key_of_another_chat_is_dead(post: Desk):
    shown = await figures(post, SU, SU_AT)
    data: dict[str, Any] = shown.buttons[0]

    await post.room.presses(LI, HERE, post.room.shown[HERE][-1], data["callback_data"])

    assert "逾期未办" not in post.room.texts(HERE)


async def test_nothing_restricted_is_behind_any_figure(post: Desk):
    await post.room.stage.with_team()
    await post.room.stage.raised(draft="quiet", restricted=True)
    post.room.stage.now += timedelta(days=21)
    days = "/stats 6-15 7-20"

    assert (await figures(post, DENG, OFFICE, days)).labels[:3] == [
        LATE.format(n=10),
        "在办 10 件 ›",
        OVERDUE.format(n=10),
    ]


@pytest.mark.security("S3")
async def test_what_named_people_took_over_meanwhile_is_opened_no_more(room: Room):
    stage = await room.stage.with_team()
    leg = await stage.leg(await stage.raised())
    async with stage.desk() as desk:
        await desk.acknowledge(leg.id, by=LI, now=stage.now)
        await desk.call_up(leg.id, target=STREET, pieces=words("请街道"), by=LI, now=stage.now)
    await room.delivers()
    stage.now += timedelta(days=21)
    post = Desk.of(room)
    shown = await figures(post, LIANG, STREET_CHAT)
    listed = await opens(post, LIANG, STREET_CHAT, "在办 2 件 ›", shown)
    assert "2. LW-260615-0001 · 路灯不亮" in listed.text
    async with stage.desk() as desk:
        await desk.restrict(leg.id, by=LI, now=stage.now)

    said = await room.taps(LIANG, STREET_CHAT, "2", on=listed)

    assert "不能在这里看" in said
    assert room.last(STREET_CHAT) is listed


async def test_a_grid_worker_opens_nothing(post: Desk):
    shown = await figures(post, LI, HERE)
    async with post.room.stage.units.begin() as work:
        await work.people.save_officer(Officer(LI.account or 0, COMMUNITY, LI.name, Post.GRID))

    assert "不能在这里看" in await post.room.taps(LI, HERE, LATE.format(n=10), on=shown)
