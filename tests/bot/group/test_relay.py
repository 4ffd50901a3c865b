"""Signer and caller speak by answering messages: nothing in the words leads elsewhere."""

from __future__ import annotations

import pytest

from core.lifecycle import Action
from tests.bot.group.room import Room
from tests.core.playing import CHATS, COMMUNITY, LI


@pytest.mark.conformance  # 9: a number inside the words redirects nothing
async def test_a_number_in_the_words_of_a_reply_redirects_nothing(room: Room):
    one = await room.stage.raised(draft="draft-1")
    await room.delivers()
    card = room.card(CHATS[COMMUNITY])
    other = await room.stage.raised(draft="draft-2")
    await room.delivers()

    await room.says(LI, CHATS[COMMUNITY], f"{other.number} 说的是明天来修", above=card)

    said = [entry.action for entry in (await room.stage.call(one)).entries]
    beside = [entry.action for entry in (await room.stage.call(other)).entries]
    assert Action.REPLY in said
    assert Action.REPLY not in beside
