"""The page in a real browser: people act on it, the bot's side is played over the Bot API."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from selenium import webdriver

from tests.sandbox.visiting import (
    CHROMEDRIVER,
    CHROMIUM,
    PATIENCE,
    Bot,
    Visitor,
    chromium,
    sandbox_server,
)

CHEN, LIANG, WANG, GROUP = 1001, 1002, 1003, -4001
SEED = {
    "people": [
        {"id": CHEN, "first_name": "陈阿姨"},
        {"id": LIANG, "first_name": "梁工"},
        {"id": WANG, "first_name": "小王"},
    ],
    "chats": [{"id": GROUP, "title": "沙面社区", "creator": LIANG, "members": [WANG]}],
}
ALL_PICTURES_CAME = (
    "return [...arguments[0].querySelectorAll('img')].every((one) => one.naturalWidth > 0)"
)
NO_BROWSER = not (CHROMIUM.exists() and CHROMEDRIVER.exists())
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(NO_BROWSER, reason=f"no {CHROMIUM} with {CHROMEDRIVER} on this machine"),
]


@pytest.fixture(scope="module")
def root() -> Iterator[str]:
    with sandbox_server(SEED) as address:
        yield address


@pytest.fixture(scope="module")
def driver() -> Iterator[webdriver.Chrome]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def http(root: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=root, timeout=2 * PATIENCE, trust_env=False) as client:
        client.post("/sandbox/reset", json={}).raise_for_status()
        client.post("/sandbox/start", json={"from": CHEN}).raise_for_status()
        yield client


@pytest.fixture
def bot(http: httpx.Client) -> Bot:
    bot = Bot(http)
    bot.hears("message")
    return bot


@pytest.fixture
def visitor(driver: webdriver.Chrome, root: str, bot: Bot) -> Visitor:
    return Visitor(driver, root)


def keys(*rows: list[dict[str, object]]) -> dict[str, object]:
    return {"inline_keyboard": list(rows)}


def test_a_person_writes_and_sees_what_the_bot_answers(visitor: Visitor, bot: Bot) -> None:
    visitor.comes(CHEN, CHEN)
    visitor.writes("路灯坏了")

    heard = bot.hears("message")
    bot.says(CHEN, f"收到：{heard['text']}")

    assert visitor.sees("message-*", "收到：路灯坏了")


def test_words_are_dressed_by_their_entities_and_never_read_as_markup(
    visitor: Visitor, bot: Bot
) -> None:
    entities = [{"type": "bold", "offset": 2, "length": 3}]
    message = bot.says(CHEN, "😀<b>粗</b>", entities=entities)

    visitor.comes(CHEN, CHEN)

    shown = visitor.sees(f"message-{message}")
    assert "😀<b>粗</b>" in shown.text
    assert shown.find_element("css selector", "[data-testid=words] b").text == "<b>"


def test_tapping_an_inline_button_shows_the_toast(visitor: Visitor, bot: Bot) -> None:
    bot.says(CHEN, "要不要？", reply_markup=keys([{"text": "要", "callback_data": "yes"}]))
    visitor.comes(CHEN, CHEN)
    visitor.presses("inline-button", "要")

    query = bot.hears("callback_query")
    bot.call("answerCallbackQuery", callback_query_id=query["id"], text="记下了")

    assert query["data"] == "yes"
    assert visitor.sees("toast", "记下了")


def test_an_alert_waits_to_be_read(visitor: Visitor, bot: Bot) -> None:
    bot.says(CHEN, "要不要？", reply_markup=keys([{"text": "要", "callback_data": "yes"}]))
    visitor.comes(CHEN, CHEN)
    visitor.presses("inline-button", "要")
    query = bot.hears("callback_query")

    bot.call("answerCallbackQuery", callback_query_id=query["id"], text="太晚了", show_alert=True)

    assert visitor.sees("alert", "太晚了")
    visitor.presses("dialog-ok")
    assert visitor.misses("alert")


def test_an_edited_message_changes_where_it_stands(visitor: Visitor, bot: Bot) -> None:
    message = bot.says(CHEN, "待签收")
    visitor.comes(CHEN, CHEN)
    visitor.sees(f"message-{message}", "待签收")

    bot.call("editMessageText", chat_id=CHEN, message_id=message, text="已签收")

    assert visitor.sees(f"message-{message}", "已签收")


def test_a_reply_keyboard_sends_words_and_a_place(visitor: Visitor, bot: Bot) -> None:
    board = {"keyboard": [[{"text": "发送位置", "request_location": True}, {"text": "跳过"}]]}
    bot.says(CHEN, "在哪里？", reply_markup=board)
    visitor.comes(CHEN, CHEN)
    visitor.presses("keyboard-button", "跳过")
    words = bot.hears("message")

    visitor.presses("keyboard-button", "发送位置")
    visitor.presses("place-5")
    visitor.presses("dialog-ok")

    assert words["text"] == "跳过"
    assert bot.hears("message")["location"]["latitude"] == 20.5
    assert visitor.sees("location", "20.50000")


def test_three_photos_go_out_as_one_album(visitor: Visitor, bot: Bot) -> None:
    visitor.comes(CHEN, CHEN)
    visitor.presses("attach")
    visitor.presses("attach-photo")
    visitor.fills("count", "3")
    visitor.presses("dialog-ok")

    heard = [bot.hears("message") for _ in range(3)]

    assert len({message["media_group_id"] for message in heard}) == 1
    album = visitor.sees("album")
    assert len(album.find_elements("css selector", "img")) == 3
    assert visitor.until(lambda driver: driver.execute_script(ALL_PICTURES_CAME, album))


def test_a_start_link_opens_the_private_chat_and_presses_start(visitor: Visitor, bot: Bot) -> None:
    address = f"https://t.me/{bot.call('getMe')['username']}?start=join_7"
    bot.says(GROUP, "请登记", reply_markup=keys([{"text": "去登记", "url": address}]))
    visitor.comes(WANG, GROUP)
    visitor.presses("inline-button", "去登记")

    heard = bot.hears("message")

    assert (heard["chat"]["id"], heard["text"]) == (WANG, "/start join_7")
    assert visitor.sees("message-*", "/start join_7")


def test_a_newcomer_presses_start_before_writing(visitor: Visitor, bot: Bot) -> None:
    visitor.comes(WANG, WANG)
    visitor.misses("composer")
    visitor.presses("start")

    assert bot.hears("message")["text"] == "/start"
    assert visitor.sees("composer")


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


def test_own_words_can_be_edited_and_replied_to(visitor: Visitor, bot: Bot) -> None:
    visitor.comes(CHEN, CHEN)
    visitor.writes("路灯坏")
    first = bot.hears("message")["message_id"]
    visitor.sees(f"message-{first}").find_element("class name", "stamp").click()
    visitor.presses("menu-edit")
    visitor.fills("composer", "路灯坏了\n")
    edited = bot.hears("edited_message")

    visitor.sees("edited")
    visitor.sees(f"message-{first}").find_element("class name", "stamp").click()
    visitor.presses("menu-reply")
    visitor.writes("三天了")

    assert edited["text"] == "路灯坏了"
    assert bot.hears("message")["reply_to_message"]["message_id"] == first
    assert visitor.sees("quote", "路灯坏了")


def test_earlier_messages_come_when_scrolling_up(visitor: Visitor, bot: Bot) -> None:
    for number in range(90):
        bot.says(GROUP, f"第 {number} 句。")
    visitor.comes(LIANG, GROUP)
    visitor.sees("message-*", "第 89 句。")

    def first_line_after_scrolling(driver: webdriver.Chrome) -> bool:
        driver.execute_script("document.getElementById('scroll').scrollTop = 0")
        return "第 0 句。" in driver.find_element("id", "log").get_attribute("textContent")

    assert visitor.until(first_line_after_scrolling)


def test_a_fault_is_added_shown_and_taken_back(
    visitor: Visitor, bot: Bot, http: httpx.Client
) -> None:
    visitor.comes(CHEN, CHEN)
    visitor.presses("panel-faults")
    visitor.presses("fault-add")
    visitor.sees("faults", "429")
    refused = http.get("/sandbox/state").json()["faults"]

    visitor.presses("fault-remove")

    visitor.until(lambda _: not http.get("/sandbox/state").json()["faults"])
    assert refused[0]["kind"] == "429"


def test_the_clock_is_moved_by_a_day(visitor: Visitor, http: httpx.Client, bot: Bot) -> None:
    visitor.comes(CHEN, CHEN)
    visitor.presses("panel-clock")
    visitor.presses("clock-1")

    moved = visitor.until(lambda _: http.get("/sandbox/clock").json()["offset"])

    assert 86_000 < moved < 87_000
    http.post("/sandbox/clock", json={"reset": True})


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


def test_the_bots_commands_are_offered_after_a_slash(visitor: Visitor, bot: Bot) -> None:
    calls = {"command": "calls", "description": "看本单位的呼叫"}
    scope = {"type": "all_group_chats"}
    bot.call("setMyCommands", commands=[calls], scope=scope)
    visitor.comes(LIANG, GROUP)
    visitor.sees("composer").send_keys("/ca")
    visitor.presses("command-calls", "看本单位的呼叫")

    assert bot.hears("message")["text"].startswith("/calls@")


def test_a_forced_reply_puts_the_composer_into_reply(visitor: Visitor, bot: Bot) -> None:
    visitor.comes(CHEN, CHEN)
    force = {"force_reply": True, "input_field_placeholder": "写给群众的话"}
    asked = bot.says(CHEN, "请答复", reply_markup=force)

    visitor.sees("mode", "请答复")
    placeholder = visitor.sees("composer").get_attribute("placeholder")
    visitor.writes("明天修")

    assert placeholder == "写给群众的话"
    assert bot.hears("message")["reply_to_message"]["message_id"] == asked
    assert visitor.misses("mode")


def test_a_group_that_became_a_supergroup_is_followed(
    visitor: Visitor, bot: Bot, http: httpx.Client
) -> None:
    visitor.comes(LIANG, GROUP)
    visitor.sees("title", "沙面社区")

    upgraded = http.post(f"/sandbox/chats/{GROUP}/upgrade", json={}).json()["chat"]

    assert visitor.sees(f"chat-{upgraded}", "沙面社区")
    assert visitor.misses(f"chat-{GROUP}")
    visitor.writes("还在吗")
    assert visitor.sees("message-*", "还在吗")


def test_topics_of_a_forum_are_tabs(visitor: Visitor, bot: Bot, http: httpx.Client) -> None:
    forum = {"title": "街道", "type": "supergroup", "is_forum": True, "creator": LIANG}
    chat = http.post("/sandbox/chats", json=forum | {"bot": "administrator"}).json()["id"]
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


def test_a_forwarded_photo_says_whose_it_was(visitor: Visitor, bot: Bot) -> None:
    visitor.comes(WANG, GROUP)
    visitor.presses("attach")
    visitor.presses("attach-photo")
    visitor.fills("caption", "井盖松了")
    visitor.presses("dialog-ok")
    visitor.sees("message-*", "井盖松了").find_element("class name", "stamp").click()
    visitor.presses("menu-forward")
    visitor.presses("dialog-ok")

    assert visitor.sees("message-*", "转发自 小王")
