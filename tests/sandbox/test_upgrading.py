"""A group that becomes a supergroup gets an id of its own."""

from __future__ import annotations

from sandbox.world.chats import Chat, Chats


def test_a_new_chat_never_takes_the_id_of_one_that_is_there():
    chats = Chats()
    first = chats.free_id("supergroup")
    chats.add(_supergroup(first - 1))

    assert chats.free_id("supergroup") == first - 2


def _supergroup(number: int) -> Chat:
    return Chat({"id": number, "type": "supergroup", "title": "早就在的群"}, {}, "member")
