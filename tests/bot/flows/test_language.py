"""Everybody is spoken to in their language: that of the app, until they choose another."""

from __future__ import annotations

import pytest

from bot.commands import menus
from bot.screens.settings import POSTS
from bot.words import LANGUAGES, _, speaking
from tests.bot.flows.visiting import Visitor
from tests.core.playing import LIN, SU

HELP = {"zh_Hans": "怎么用", "zh_Hant_HK": "怎樣使用", "en": "How it works"}
NAMES = {"zh_Hans": "简体中文", "zh_Hant_HK": "繁體中文（香港）", "en": "English"}


async def from_abroad(app: str) -> Visitor:
    """Somebody with an app in this language who never spoke to the bot."""
    return await Visitor(app=app).moves_in(consents=False)


@pytest.mark.parametrize(
    ("app", "language"),
    [
        ("en", "en"),
        ("en-GB", "en"),
        ("zh-hant", "zh_Hant_HK"),
        ("zh-hk", "zh_Hant_HK"),
        ("zh-hans", "zh_Hans"),
        ("de", "zh_Hans"),
        ("", "zh_Hans"),
    ],
)
async def test_a_newcomer_is_answered_in_the_language_of_the_app(app, language):
    visitor = await from_abroad(app)

    shown = await visitor.says("/help")

    assert shown.text.splitlines()[0] == HELP[language]


async def test_a_call_is_raised_in_english_from_the_first_word_to_the_number():
    visitor = await from_abroad("en")

    await visitor.says("我家楼下的路灯坏了三天，晚上很黑")
    await visitor.taps("Agree and go on", "路灯不亮", "No")
    await visitor.says("逢源北社区")
    await visitor.taps("I cannot say")
    shown = await visitor.taps("✅ Send")

    (call,) = visitor.calls
    assert f"Sent. Number: {call.number}" in shown.text
    assert "Taken on by" in shown.text


async def test_buttons_may_be_typed_in_english_in_any_case():
    visitor = await from_abroad("en")
    await visitor.says("我家楼下的路灯坏了三天，晚上很黑")

    shown = await visitor.says("cancel")

    assert shown.text.startswith("Cancelled.")
    assert visitor.talk.flow == ""


async def test_the_language_of_the_first_contact_stays_when_the_app_changes():
    visitor = await from_abroad("en")
    await visitor.says("我家楼下的路灯坏了三天，晚上很黑")
    await visitor.taps("Agree and go on", "Cancel")
    visitor.app = "zh-hans"

    shown = await visitor.says("/help")

    assert visitor.units.tables.residents[visitor.account].language == "en"
    assert HELP["en"] in shown.text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_chosen_language_wins_over_the_app(language):
    visitor = await from_abroad("en" if language != "en" else "zh-hans")
    await visitor.says("/language")

    chosen = await visitor.taps(NAMES[language])
    shown = await visitor.says("/help")

    assert not chosen.buttons
    assert shown.text.splitlines()[0] == HELP[language]


async def test_choosing_a_language_is_no_consent():
    visitor = await from_abroad("en")
    await visitor.says("/language")
    await visitor.taps(NAMES["zh_Hant_HK"])

    shown = await visitor.says("我家楼下的路灯坏了三天，晚上很黑")

    assert "同意並繼續" in shown.labels


async def test_consent_keeps_the_language_that_was_chosen():
    visitor = await from_abroad("en")
    await visitor.says("/language")
    await visitor.taps(NAMES["zh_Hant_HK"])
    await visitor.says("我家楼下的路灯坏了三天，晚上很黑")

    await visitor.taps("同意並繼續")

    assert visitor.units.tables.residents[visitor.account].language == "zh_Hant_HK"


async def test_the_open_question_is_asked_again_in_the_new_language(lin):
    asked = await lin.says("我家楼下的路灯坏了三天，晚上很黑")
    await lin.says("/language")

    shown = await lin.taps("English")

    assert "取消" in asked.labels
    assert "Cancel" in shown.labels


async def test_the_menu_changes_with_the_language(lin):
    await lin.says("/language")

    await lin.taps("English")

    set_now = [f.params for f in lin.session.record.fleeting if f.method == "setMyCommands"]
    assert {menu.get("language_code", "") for menu in set_now} == {"", "zh", "en"}
    assert {menu["scope"]["chat_id"] for menu in set_now} == {LIN.account}
    assert all(menu["commands"][1]["description"] == "Raise a matter" for menu in set_now)


async def test_an_administrators_menu_stays_an_administrators():
    su = await Visitor(SU).moves_in()
    await su.says("/language")

    await su.taps("English")

    menu = su.session.record.fleeting[0].params
    assert "bindcode" in [command["command"] for command in menu["commands"]]


async def test_somebody_elses_language_button_changes_nothing(lin):
    asked = await lin.says("/language")
    other = await Visitor(SU, units=lin.units).moves_in()
    other.chat = dict(lin.chat)

    await other.presses(asked, "English")

    assert other.units.tables.residents[other.account].language == "zh_Hans"


async def test_a_reason_to_withdraw_reaches_the_office_in_its_own_language():
    visitor = await from_abroad("en")
    await visitor.says("我家楼下的路灯坏了三天，晚上很黑")
    await visitor.taps("Agree and go on", "Cancel")
    call = await visitor.raised()
    await visitor.says("/mycalls")

    await visitor.taps(call.number, "Withdraw", "The problem is gone")

    said = [entry.facts.get("why") for entry in (await visitor.view()).entries]
    assert "问题已经解决" in said


async def test_a_post_may_be_named_in_the_administrators_language():
    su = await Visitor(SU, app="en").moves_in(consents=False)

    shown = await su.says("/invite 逢源街道 Deputy")

    assert "as Deputy" in shown.text


def test_menus_are_there_for_every_language_and_groups_read_chinese():
    audiences = [(menu["scope"]["type"], menu.get("language_code")) for menu in menus({3001})]

    assert len(set(audiences)) == len(audiences)
    assert {code for kind, code in audiences if kind == "all_private_chats"} == {None, "zh", "en"}
    assert {code for kind, code in audiences if "group" in kind} == {None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_posts_are_single_words_because_they_end_a_command(language):
    with speaking(language):
        assert all(len(_(post).split()) == 1 for post in POSTS.values())
