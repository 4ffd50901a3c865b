"""Who administers is found among what waits at Telegram, of which nothing is confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from bot.complaints import complaint
from bot.handlers.start import SETUP
from bot.office.setting_up import TooManyWait, whoever_starts


class Telegram:
    """Shows what waits, a hundred at most, and remembers what it was asked."""

    def __init__(self, *texts: str) -> None:
        self.waiting = [
            {"message": {"text": text, "from": {"id": n, "first_name": "苏晴"}}}
            for n, text in enumerate(texts, 1)
        ]
        self.asked: list[Mapping[str, Any]] = []

    async def call(self, method: str, params: Mapping[str, Any]) -> Any:
        if method == "getUpdates":
            self.asked.append(params)
        return self.waiting[: params["limit"]] if method == "getUpdates" else True


async def test_whoever_opens_the_link_is_found_and_nothing_is_confirmed():
    telegram = Telegram("楼道灯坏了", "/start", f"/start {SETUP}abc")

    found = await whoever_starts(telegram, "abc")

    assert (found.account, found.name) == (3, "苏晴")
    assert all("offset" not in asked for asked in telegram.asked)


async def test_where_too_much_waits_to_be_seen_it_says_what_to_do():
    telegram = Telegram(*["楼道灯坏了"] * 100, f"/start {SETUP}abc")

    with pytest.raises(TooManyWait) as refused:
        await whoever_starts(telegram, "abc")

    assert "--administrator" in complaint(refused.value)[0]
