"""Fetches updates by long polling: kept durably first, confirmed to Telegram second (I1)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any

import aiohttp
import structlog

from bot.bell import Ringing
from bot.intake.sorting import WANTED, chatter, sorted_in
from bot.patience import scattered
from bot.wire_json import loads
from core.failpoints import failpoint
from core.ports import Units

BATCH = 100
LONG_POLL = 25
PATIENCE = aiohttp.ClientTimeout(total=LONG_POLL + 10)
log = structlog.get_logger(__name__)


class TokenRefused(Exception):
    """Telegram does not know this token (401): nothing to do until somebody changes it."""


class AnotherPoller(Exception):
    """Telegram gives the updates to somebody else (409): a second process, or a webhook."""


class Unanswered(Exception):
    """Telegram answered, but not with updates."""


class Poller:
    """One reader of one bot's updates; may be killed at any point without losing one."""

    def __init__(
        self,
        *,
        client: aiohttp.ClientSession,
        url: str,
        bot_id: int,
        units: Units,
        clock: Callable[[], datetime],
        bell: Ringing,
        rest: Callable[[float], Awaitable[None]] = asyncio.sleep,
        beat: Callable[[], None] = lambda: None,
    ) -> None:
        self._client = client
        self._url = f"{url}/getUpdates"
        self._bot_id = bot_id
        self._units = units
        self._clock = clock
        self._bell = bell
        self._rest = rest
        self._beat = beat
        self._offset: int | None = None

    async def run(self) -> None:
        """Fetch for ever; cancel to stop. Raises only ``TokenRefused``."""
        failures = 0
        while True:
            self._beat()
            try:
                await self.fetch()
                failures = 0
            except TokenRefused:
                log.error("token_refused")
                raise
            except Exception as error:
                failures += 1
                log.warning("fetch_failed", error=type(error).__name__, in_a_row=failures)
                await self._rest(scattered(failures))

    async def fetch(self) -> int:
        """One round: ask, keep, and only then move the offset; how many came."""
        updates = await self._ask()
        if updates:
            failpoint("P1")
        await self._keep(updates)
        if updates:
            failpoint("P3")
            self._offset = max(int(update["update_id"]) for update in updates) + 1
            self._bell.ring()
        return len(updates)

    async def _ask(self) -> Sequence[dict[str, Any]]:
        question: dict[str, Any] = {
            "limit": BATCH, "timeout": LONG_POLL, "allowed_updates": WANTED
        }  # fmt: skip
        if self._offset is not None:
            question["offset"] = self._offset
        async with self._client.post(self._url, json=question, timeout=PATIENCE) as answer:
            return _updates(answer.status, await answer.read())

    async def _keep(self, updates: Sequence[dict[str, Any]]) -> None:
        rows = [sorted_in(raw, bot_id=self._bot_id) for raw in updates if not chatter(raw)]
        if rows:
            async with self._units.begin() as work:
                await work.inbox.insert(rows, now=self._clock())
                failpoint("P2")


def _updates(status: int, body: bytes) -> Sequence[dict[str, Any]]:
    if status in (401, 404):
        raise TokenRefused
    if status == 409:
        raise AnotherPoller
    if status != 200:
        raise Unanswered
    found = loads(body).get("result")
    return [raw for raw in found if isinstance(raw, dict) and "update_id" in raw]
