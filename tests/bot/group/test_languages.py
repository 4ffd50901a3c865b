"""A group is the office: it reads Simplified Chinese, whoever speaks there and whoever called."""

from __future__ import annotations

from typing import Any

import pytest

from core.people import Resident
from tests.bot.group.room import Room
from tests.core.playing import CHATS, COMMUNITY, LI, LIN

HERE = CHATS[COMMUNITY]


def with_app(app: str) -> dict[str, Any]:
    """Li, whose app speaks this language."""
    who = {"id": LI.account, "is_bot": False, "first_name": LI.name}
    return {**who, "language_code": app}


async def spoken_to(room: Room, language: str) -> None:
    """Lin is spoken to in this language."""
    resident = Resident(LIN.account or 0, LIN.name, room.stage.now, language=language)
    async with room.stage.units.begin() as work:
        await work.people.save_resident(resident)


@pytest.mark.parametrize("app", ["en", "zh-hant", "zh-hk"])
async def test_a_group_is_answered_in_simplified_chinese(room, app):
    await room.says(with_app(app), HERE, "/help@huying_bot")

    assert "办理群" in room.last(HERE).text


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "has acknowledged it"), ("zh_Hant_HK", "已簽收，正在處理"), ("zh_Hans", "已签收")],
)
async def test_a_notice_is_in_the_language_of_the_resident(room, language, told):
    await spoken_to(room, language)
    await room.stage.raised()
    await room.delivers()

    await room.taps(LI, HERE, "签收")

    assert told in room.last(LIN.account).text


async def test_the_card_of_an_english_speaker_is_in_simplified_chinese(room):
    await spoken_to(room, "en")
    await room.stage.raised()

    await room.delivers()

    assert "待签收" in room.card(HERE).text
    assert "✅ 签收" in room.card(HERE).labels
