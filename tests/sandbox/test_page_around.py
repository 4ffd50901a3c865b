"""Around a conversation on the page: people, groups, topics, the console, a phone's width."""

from __future__ import annotations

import httpx
import pytest

from tests.sandbox.visiting import CHEN, GROUP, LIANG, WANG, Bot, Visitor

pytest_plugins = ["tests.sandbox.browsing"]
pytestmark = pytest.mark.browser


def test_switching_person_shows_the_same_group_with_other_eyes(visitor: Visitor, bot: Bot) -> None:
    visitor.comes(LIANG, GROUP)
    visitor.writes("我去看看")
    mine = visitor.sees("message-*", "我去看看").get_attribute("class")

    visitor.presses(f"person-{WANG}")
    visitor.sees("me", "小王")

    assert "mine" in mine.split()
    assert visitor.until(
        lambda _: "theirs" in visitor.sees("message-*", "我去看看").get_attribute("class").split()
    )


def test_a_word_elsewhere_is_counted_until_it_is_read(visitor: Visitor, bot: Bot) -> None:
    visitor.comes(WANG, WANG)
    visitor.sees(f"chat-{GROUP}", "沙面社区")
    bot.says(GROUP, "新的呼叫")
    assert visitor.sees(f"chat-{GROUP}", "新的呼叫\n1")

    visitor.presses(f"chat-{GROUP}")

    visitor.until(lambda _: not visitor.sees(f"chat-{GROUP}").text.endswith("\n1"))
    assert visitor.sees("message-*", "新的呼叫")


def test_a_fault_is_added_shown_and_taken_back(
    visitor: Visitor, bot: Bot, control: httpx.Client
) -> None:
    visitor.comes(CHEN, CHEN)
    visitor.presses("panel-faults")
    visitor.presses("fault-add")
    visitor.sees("faults", "429")
    refused = control.get("/sandbox/state").json()["faults"]

    visitor.presses("fault-remove")

    visitor.until(lambda _: not control.get("/sandbox/state").json()["faults"])
    assert refused[0]["kind"] == "429"


def test_the_clock_is_moved_by_a_day(visitor: Visitor, control: httpx.Client, bot: Bot) -> None:
    visitor.comes(CHEN, CHEN)
    visitor.presses("panel-clock")
    visitor.presses("clock-1")

    moved = visitor.until(lambda _: control.get("/sandbox/clock").json()["offset"])

    assert 86_000 < moved < 87_000
    control.post("/sandbox/clock", json={"reset": True})


def test_what_the_bot_sends_is_listed(visitor: Visitor, bot: Bot) -> None:
    visitor.comes(CHEN, CHEN)

    bot.says(CHEN, "您好")

    assert "200" in visitor.sees("ledger-row", "sendMessage").text


def test_on_a_phone_the_list_leads_to_the_conversation_and_back(
    visitor: Visitor, bot: Bot
) -> None:
    size = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
    visitor.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        visitor.comes(LIANG)
        visitor.misses("composer")
        visitor.presses(f"chat-{GROUP}")
        visitor.sees("title", "沙面社区")
        visitor.misses(f"person-{LIANG}")
        width = visitor.driver.execute_script("return document.documentElement.scrollWidth")
        visitor.presses("back")

        assert visitor.sees(f"person-{LIANG}")
        assert width == 390
    finally:
        visitor.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_starting_over_empties_every_conversation(visitor: Visitor, bot: Bot) -> None:
    bot.says(GROUP, "旧的话")
    visitor.comes(LIANG, GROUP)
    visitor.sees("message-*", "旧的话")
    visitor.presses("panel-world")
    visitor.presses("reset")
    visitor.presses("dialog-ok")

    visitor.until(lambda driver: "旧的话" not in driver.find_element("id", "log").text)
    bot.says(GROUP, "新的话")

    assert visitor.sees("message-*", "新的话")


def test_a_group_that_became_a_supergroup_is_followed(
    visitor: Visitor, bot: Bot, control: httpx.Client
) -> None:
    visitor.comes(LIANG, GROUP)
    visitor.sees("title", "沙面社区")

    upgraded = control.post(f"/sandbox/chats/{GROUP}/upgrade", json={}).json()["chat"]

    assert visitor.sees(f"chat-{upgraded}", "沙面社区")
    assert visitor.misses(f"chat-{GROUP}")
    visitor.writes("还在吗")
    assert visitor.sees("message-*", "还在吗")


def test_topics_of_a_forum_are_tabs(visitor: Visitor, bot: Bot, control: httpx.Client) -> None:
    forum = {"title": "街道", "type": "supergroup", "is_forum": True, "creator": LIANG}
    chat = control.post("/sandbox/chats", json=forum | {"bot": "administrator"}).json()["id"]
    thread = bot.call("createForumTopic", chat_id=chat, name="卫生")["message_thread_id"]
    visitor.comes(LIANG, chat)
    visitor.presses(f"topic-{thread}", "卫生")
    visitor.writes("垃圾清了")
    visitor.sees("message-*", "垃圾清了")

    visitor.presses("topic-1")

    heard = bot.hears("message")
    while heard.get("text") != "垃圾清了":
        heard = bot.hears("message")
    assert heard["message_thread_id"] == thread
    assert visitor.until(lambda driver: "垃圾清了" not in driver.find_element("id", "log").text)
