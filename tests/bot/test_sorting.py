"""What a raw update is, and whose turn it belongs to."""

from __future__ import annotations

import json

import pytest

from bot.intake.sorting import chatter, sorted_in, without_our_buttons
from tests.bot.raw import GROUP, LIN, PRIVATE, message, tap

COMMAND = [{"type": "bot_command", "offset": 0, "length": 6}]
MENTION = [{"type": "mention", "offset": 0, "length": 11}]


@pytest.mark.parametrize(
    ("raw", "kind", "lane"),
    [
        (message(1), "message", 42),
        (message(1, chat=GROUP), "message", -1001),
        (tap(1), "callback_query", 42),
        (tap(1, chat=GROUP), "callback_query", -1001),
        (
            {"update_id": 1, "my_chat_member": {"chat": GROUP, "from": LIN}},
            "my_chat_member",
            -1001,
        ),
        ({"update_id": 1, "callback_query": {"from": LIN}}, "callback_query", 42),
        ({"update_id": 1, "brand_new": {"thing": 1}}, "brand_new", 0),
        ({"update_id": 1, "brand_new": 5}, "brand_new", 0),
        ({"update_id": 1}, "", 0),
    ],
)
def test_the_lane_is_the_chat_and_in_private_the_person(raw, kind, lane):
    row = sorted_in(raw, bot_id=7)

    assert (row.bot_id, row.update_id, row.kind, row.lane) == (7, 1, kind, lane)


def test_half_a_surrogate_pair_can_be_kept():
    row = sorted_in(message(1, "\ud83d"), bot_id=7)

    assert row.body.encode("ascii")
    assert json.loads(row.body) == message(1, "\ud83d")


@pytest.mark.parametrize(
    "raw",
    [
        message(1),
        message(1, "/calls", chat=GROUP, entities=COMMAND),
        message(1, "@huying_bot 在吗", chat=GROUP, entities=MENTION),
        message(1, chat=GROUP, reply_to_message={"message_id": 3}),
        {"update_id": 1, "message": {"chat": GROUP, "migrate_to_chat_id": -1002}},
        {"update_id": 1, "message": {"chat": GROUP, "new_chat_members": [LIN]}},
        tap(1, chat=GROUP),
    ],
)
def test_what_is_said_to_the_bot_is_no_chatter(raw):
    assert not chatter(raw)


@pytest.mark.parametrize(
    "raw",
    [
        message(1, "今晚吃什么", chat=GROUP),
        {"update_id": 1, "message": {"chat": GROUP, "photo": [], "caption": "看"}},
        {"update_id": 1, "edited_message": {"chat": GROUP, "text": "吃面"}},
    ],
)
def test_people_talking_among_themselves_is_chatter(raw):
    assert chatter(raw)


def test_a_lane_in_private_is_the_same_for_words_and_taps():
    assert sorted_in(message(1, chat=PRIVATE), bot_id=7).lane == sorted_in(tap(2), bot_id=7).lane


def test_of_a_tapped_message_its_place_is_kept_and_its_buttons_are_not():
    chat = {"id": 42, "type": "private"}
    tapped = {"message_id": 7, "chat": chat, "reply_markup": {"inline_keyboard": []}}
    raw = {"update_id": 1, "callback_query": {"id": "1", "message": tapped}}

    kept = {"message_id": 7, "chat": chat}
    assert without_our_buttons(raw)["callback_query"] == {"id": "1", "message": kept}


@pytest.mark.parametrize("raw", [{}, [], None, {"callback_query": 7}, {"message": {"text": "好"}}])
def test_what_answers_nothing_of_ours_is_decoded_as_it_came(raw):
    assert without_our_buttons(raw) == raw


@pytest.mark.parametrize("odd", [{"chat": None}, {"entities": [None]}, {"text": 5}, {"chat": 1}])
def test_a_message_of_an_odd_shape_is_kept_for_decoding(odd):
    assert chatter(message(1, **({"chat": GROUP} | odd))) is False


def test_words_in_a_topic_that_answer_nothing_are_chatter():
    made = {"message_id": 3, "forum_topic_created": {"name": "路灯不亮", "icon_color": 1}}

    assert chatter(message(1, chat=GROUP, reply_to_message=made))
    assert not chatter(message(1, "// 已到场", chat=GROUP, reply_to_message=made))


def test_a_command_that_was_answered_with_buttons_stays_with_the_tap():
    asked = {"message_id": 4, "text": "/limit P2 办结 3 工作日"}
    shown = {"message_id": 5, "text": "将改动", "reply_to_message": {**asked, "entities": []}}
    raw = {"update_id": 1, "callback_query": {"id": "1", "message": shown}}

    assert without_our_buttons(raw)["callback_query"]["message"]["reply_to_message"] == asked


def test_what_a_group_reads_on_keeps_its_marks_and_in_private_nobody_reads_them():
    marks = [{"type": "bold", "offset": 0, "length": 2}]
    shown = {"message_id": 5, "text": "办结", "entities": marks, "from": LIN}

    def read(chat: dict[str, object]) -> dict[str, object]:
        raw = {"update_id": 1, "callback_query": {"id": "1", "message": {**shown, "chat": chat}}}
        return without_our_buttons(raw)["callback_query"]["message"]

    assert read(GROUP)["entities"] == marks
    assert "entities" not in read(PRIVATE)
    assert "from" not in read(GROUP)
