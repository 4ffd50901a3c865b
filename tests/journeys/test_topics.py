"""A group with a topic for every call: made once, closed with it, and missed by nobody."""

from __future__ import annotations

import pytest

from tests.journeys import duty, telling
from tests.journeys.duty import Officer
from tests.journeys.town import Town
from tests.people import Json, Message

pytestmark = pytest.mark.asyncio(loop_scope="module")
LAMP = "路灯不亮，晚上看不见路"
ON, OFF = "/topics@huying_sandbox_bot on", "/topics@huying_sandbox_bot off"


async def a_group_with_topics(town: Town) -> Officer:
    """冯晓 of 光复社区, whose group has a topic for every call."""
    feng = await town.officer("冯晓")
    await town.sandbox.post(f"/chats/{feng.group.id}/forum", {"is_forum": True})
    await feng.group.member("bot", "administrator")
    await feng.desk.says(ON)
    await feng.desk.sees("单独开一个话题")
    return feng


async def topic_of(town: Town, officer: Officer, number: str) -> Json:
    """The topic of a call in the officer's group; it is the only one."""
    state = await town.sandbox.get("/state")
    chat = next(each for each in state["chats"] if each["id"] == officer.group.id)
    (found,) = (topic for topic in chat["topics"] if number in topic["name"])
    return dict(found)


async def turned(town: Town, officer: Officer, what: str, mark: int) -> Json:
    """Wait until a topic of the group is closed or reopened."""
    event = await town.sandbox.wait_for(
        lambda one: what in (one.get("message") or {}), chat=officer.group.id, after=mark
    )
    return dict(event["message"])


def thread(message: Message) -> int | None:
    found: int | None = message.raw.get("message_thread_id")
    return found


async def test_a_call_is_worked_in_its_own_topic_which_closes_with_it(town: Town) -> None:
    feng, lin = await a_group_with_topics(town), await town.resident()

    number = await lin.raises(LAMP, at="光复社区")
    card = await feng.card(number, button=duty.TAKE)
    topic = await topic_of(town, feng, number)
    mark = await town.sandbox.last()
    await feng.takes(number)
    await feng.replies_to_card(number, "今晚派人去看，明天中午前修好。")
    await feng.resolves(number, "灯泡已换，亮了。")
    await lin.rates(number)
    closing = await feng.hears(number, "呼叫人评价")
    closed = await turned(town, feng, "forum_topic_closed", mark)

    assert "路灯" in topic["name"]
    assert thread(card) == topic["thread"] == thread(closing) == closed["message_thread_id"]


async def test_a_reopened_call_opens_its_topic_again(town: Town) -> None:
    feng, lin = await a_group_with_topics(town), await town.resident()
    number = await lin.raises(LAMP, at="光复社区")
    await feng.takes(number)
    await feng.replies_to_card(number, "今晚派人去看，明天中午前修好。")
    mark = await town.sandbox.last()
    await feng.resolves(number, "灯泡已换，亮了。")
    await lin.rates(number)
    await turned(town, feng, "forum_topic_closed", mark)

    await lin.opens_my_call(number)
    await lin.taps("🔓 没解决，重开")
    await lin.taps("直接重开")

    reopened = await turned(town, feng, "forum_topic_reopened", mark)
    assert reopened["message_thread_id"] == (await topic_of(town, feng, number))["thread"]
    assert thread(await feng.card(number, button=duty.TAKE)) == reopened["message_thread_id"]


@pytest.mark.conformance
async def test_10_after_its_topic_is_deleted_a_call_goes_on_in_the_general_one(
    town: Town,
) -> None:
    su = await town.known("苏晴")
    await su.starts()
    feng, lin = await a_group_with_topics(town), await town.resident()
    number = await lin.raises(LAMP, at="光复社区")
    await feng.takes(number)
    topic = await topic_of(town, feng, number)

    deleted = {"thread": topic["thread"], "deleted": True}
    await town.sandbox.post(f"/chats/{feng.group.id}/topics", deleted)
    await lin.opens_my_call(number)
    await lin.taps(telling.URGE)

    told = await feng.hears(number, "话题被删除")
    urged = await feng.hears(number, "呼叫人催办")
    anew = await feng.card(number, duty.AT_WORK)
    assert {thread(each) for each in (told, urged, anew)} == {None}
    await su.sees("光复社区", "话题被删除", earlier=True)
    second = await lin.raises(LAMP, at="光复社区")
    assert thread(await feng.card(second)) == (await topic_of(town, feng, second))["thread"]


@pytest.mark.conformance
async def test_10_a_bot_that_may_make_no_topics_any_more_says_so_and_posts_on(
    town: Town,
) -> None:
    feng, lin = await a_group_with_topics(town), await town.resident()

    await feng.group.member("bot", "member")
    await feng.hears("不能再管理话题")
    number = await lin.raises(LAMP, at="光复社区")

    assert thread(await feng.card(number, button=duty.TAKE)) is None


async def test_topics_are_refused_in_words_that_say_what_to_do(town: Town) -> None:
    liang, feng = await town.officer("梁静"), await town.officer("冯晓")

    await liang.desk.says(ON)
    await liang.desk.sees("群设置", "打开“话题”")
    await town.sandbox.post(f"/chats/{feng.group.id}/forum", {"is_forum": True})
    await feng.group.member("bot", "member")
    await feng.group.member("bot", "administrator", without=["can_manage_topics"])
    await feng.desk.says(ON)

    refused = await feng.desk.sees("管理员", "管理话题")

    assert "/topics on" in refused.text  # what to do once the right is given


async def test_the_card_is_on_top_of_its_topic_where_the_bot_may_pin(town: Town) -> None:
    feng, lin = await a_group_with_topics(town), await town.resident()
    mark = await town.sandbox.last()

    number = await lin.raises(LAMP, at="光复社区")

    card = await feng.card(number, button=duty.TAKE)
    pinned = await turned(town, feng, "pinned_message", mark)
    assert pinned["pinned_message"]["message_id"] == card.id
    assert pinned["message_thread_id"] == thread(card)


async def test_back_in_one_stream_new_calls_stand_among_the_others(town: Town) -> None:
    feng, lin = await a_group_with_topics(town), await town.resident()

    await feng.desk.says(OFF)
    await feng.desk.sees("同一个消息流")
    number = await lin.raises(LAMP, at="光复社区")

    assert thread(await feng.card(number, button=duty.TAKE)) is None
