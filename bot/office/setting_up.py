"""``huying init`` behind its questions: who the bot is, who administers, what is written down.

Nothing of what is found is confirmed to Telegram: whatever people said already waits for the
service. The token goes into a file of its owner alone, and nowhere else (S9).
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.config import OFFICIAL
from bot.delivery.verdicts import Finding, verdict
from bot.delivery.voice import Voice
from bot.handlers.start import SETUP
from bot.screens.first_steps import checklist
from bot.surroundings import Calling
from core import health
from core.desk import Desk
from core.district import District
from core.people import Actor, CodePurpose
from core.ports import Work

LOOK = 1.0
SHOWN_AT_ONCE = 100
OWN = 0o600


class Unreached(Exception):
    """Telegram gave no answer: the network, or its address."""


class TooManyWait(Exception):
    """As many updates wait as Telegram shows at once: a new one would not be among them."""


@dataclass(frozen=True, slots=True)
class Administrator:
    """Who administers: the numeric account, and what they are called where that is known."""

    account: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the settings will say."""

    token: str
    api_root: str
    folder: Path
    administrators: tuple[int, ...]

    def written(self) -> str:
        """As TOML; every other setting keeps its default."""
        telegram = {"token": self.token}
        if self.api_root != OFFICIAL:
            telegram["api_root"] = self.api_root
        lines = [
            "# 由 huying init 写出，含令牌，不要给别人看。其他可改的项见 config.example.toml。",
            *_section("telegram", telegram),
            *_section("district", {"folder": str(self.folder)}),
            *_section("people", {"administrators": list(self.administrators)}),
        ]
        return "\n".join(lines) + "\n"


def _section(name: str, values: Mapping[str, Any]) -> list[str]:
    said = (f"{key} = {json.dumps(one, ensure_ascii=False)}" for key, one in values.items())
    return ["", f"[{name}]", *said]


def write(file: Path, chosen: Chosen) -> None:
    """Write the settings for their owner's eyes; ``FileExistsError`` rather than over others."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWN)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(chosen.written())


async def known(voice: Voice) -> Mapping[str, Any] | None:
    """The bot as Telegram knows it, None for a token it does not know; ``Unreached``."""
    try:
        return await voice.me()
    except Exception as error:
        if verdict(error).finding in (Finding.TOKEN_REFUSED, Finding.MALFORMED):
            return None
        raise Unreached from None


async def whoever_starts(voice: Calling, code: str) -> Administrator:
    """Whoever opens the link with this code first; waits for it, and confirms nothing.

    ``TooManyWait`` where others already said so much that it could not be seen.
    """
    await voice.call("deleteWebhook", {})
    while True:
        waiting = await voice.call("getUpdates", {"timeout": 0, "limit": SHOWN_AT_ONCE})
        for update in waiting:
            message = update.get("message") or {}
            if message.get("text") == f"/start {SETUP}{code}":
                who = message["from"]
                return Administrator(int(who["id"]), str(who.get("first_name") or ""))
        if len(waiting) >= SHOWN_AT_ONCE:
            raise TooManyWait
        await asyncio.sleep(LOOK)


async def code_line(
    work: Work, district: District, who: Administrator, me: Mapping[str, Any], now: datetime
) -> str:
    """What this administrator sends in the district's group to bind it: a code for one use."""
    by = Actor(who.account, who.name, administrator=True)
    code = await Desk(work, district).issue_code(
        purpose=CodePurpose.BIND, agency=district.tree.district.code, by=by, now=now
    )
    return f"/bind@{me.get('username', '')} {code.code}"


async def welcomed(
    voice: Voice,
    who: Administrator,
    district: District,
    left: tuple[health.Finding, ...],
    line: str,
) -> bool:
    """Send the checklist; False where this person never pressed Start; ``Unreached``."""
    try:
        params = checklist(who.name, district, left, line).plain()
        await voice.call("sendMessage", {"chat_id": who.account, **params})
    except Exception as error:
        if verdict(error).finding is not Finding.UNREACHABLE:
            raise Unreached from None
        return False
    return True
