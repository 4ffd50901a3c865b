"""Asks Telegram and the machine how they are; ``core.surroundings`` decides what follows."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import httpx

from bot.config import Telegram
from bot.delivery.verdicts import Finding, verdict
from core.surroundings import Outside

PATIENCE = 5.0
REFUSED = frozenset({Finding.TOKEN_REFUSED, Finding.MALFORMED})


class Calling(Protocol):
    """What can call a method of the Bot API."""

    async def call(self, method: str, params: Mapping[str, Any]) -> Any:
        """Call it once."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is around the database; ``file`` is None where it is no file of this machine.

    ``wall`` is the machine's own clock, whatever the service's is set to.
    """

    chosen: Telegram
    file: Path | None
    wall: Callable[[], datetime]

    async def look(self, voice: Calling) -> Outside:
        """Ask once; whatever does not answer is a finding, never an error."""
        told = await self._asked(voice)
        free = shutil.disk_usage(_there(self.file)).free if self.file else None
        wanted = self.chosen.webhook_url if self.chosen.mode == "webhook" else ""
        return replace(told, free=free, skew=await self._skew(), wanted=_host(wanted))

    async def _asked(self, voice: Calling) -> Outside:
        try:
            async with asyncio.timeout(PATIENCE):
                me = await voice.call("getMe", {})
                said = await voice.call("getWebhookInfo", {})
        except Exception as error:
            known = verdict(error).finding not in REFUSED
            return Outside(reached=False, known=known)
        at = said.get("last_error_date")
        return Outside(
            joins=bool(me.get("can_join_groups", True)),
            hook=_host(str(said.get("url") or "")),
            pending=int(said.get("pending_update_count") or 0),
            error=str(said.get("last_error_message") or ""),
            failed_at=datetime.fromtimestamp(at, UTC) if at else None,
        )

    async def _skew(self) -> Any:
        """By the date every web server puts on its answers; no token goes along."""
        try:
            async with httpx.AsyncClient(timeout=PATIENCE) as client:
                answer = await client.get(self.chosen.api_root)
            return self.wall() - parsedate_to_datetime(answer.headers["date"])
        except (httpx.HTTPError, KeyError, ValueError, TypeError):
            return None


def _host(url: str) -> str:
    """Where, without the path, which is a secret."""
    return urlsplit(url).netloc


def _there(file: Path) -> Path:
    """The nearest folder above that exists."""
    return next(folder for folder in file.absolute().parents if folder.exists())
