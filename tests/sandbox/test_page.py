"""A conversation on the page, in a real browser; the bot's side is played over the Bot API."""

from __future__ import annotations

import pytest
from selenium import webdriver

from tests.sandbox.visiting import CHEN, GROUP, LIANG, WANG, Bot, Visitor

pytest_plugins = ["tests.sandbox.browsing"]
pytestmark = pytest.mark.browser
ALL_PICTURES_CAME = (
    "return [...arguments[0].querySelectorAll('img')].every((one) => one.naturalWidth > 0)"
)


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


def test_a_quotation_brings_one_line_break_and_not_two(visitor: Visitor, bot: Bot) -> None:
    message = bot.says(
        CHEN, "上\n原话\n下", entities=[{"type": "blockquote", "offset": 2, "length": 2}]
    )

    visitor.comes(CHEN, CHEN)

    words = visitor.sees(f"message-{message}").find_element("css selector", "[data-testid=words]")
    assert words.get_property("textContent") == "上\n原话下"


def test_a_command_in_the_bots_words_is_tapped_and_in_a_group_is_meant_for_it(
    visitor: Visitor, bot: Bot
) -> None:
    private, group = (bot.says(chat, "看进展，请点 /mycalls。") for chat in (CHEN, GROUP))
    visitor.comes(CHEN, CHEN)
    visitor.sees(f"message-{private}").find_element("css selector", ".link").click()
    alone = bot.hears("message")["text"]

    visitor.comes(WANG, GROUP)
    visitor.sees(f"message-{group}", "看进展").find_element("css selector", ".link").click()

    assert alone == "/mycalls"
    heard = bot.hears("message")
    name = bot.call("getMe")["username"]
    assert (heard["chat"]["id"], heard["text"]) == (GROUP, f"/mycalls@{name}")


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
    assert visitor.sees("words", "/start").text == "/start"


def test_a_newcomer_presses_start_before_writing(visitor: Visitor, bot: Bot) -> None:
    visitor.comes(WANG, WANG)
    visitor.misses("composer")
    visitor.presses("start")

    assert bot.hears("message")["text"] == "/start"
    assert visitor.sees("composer")


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
