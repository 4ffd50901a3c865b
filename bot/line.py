"""Our line to Telegram: who we are there, and how updates come in."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import structlog

from bot.bell import Ringing
from bot.config import Telegram
from bot.delivery.transport import behind_a_proxy
from bot.delivery.verdicts import Finding, verdict
from bot.delivery.voice import Voice
from bot.intake.poller import Poller, TokenRefused
from bot.intake.sorting import WANTED
from bot.intake.webhook import Webhook
from bot.parts import Ground
from bot.patience import pause
from bot.tally import Tally

INTAKE = "intake"
log = structlog.get_logger(__name__)
Running = Callable[[], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Line:
    """One bot's line; ``url`` holds the token, so it is never logged."""

    chosen: Telegram
    url: str
    voice: Voice
    tally: Tally = field(default_factory=Tally)

    @property
    def pushed(self) -> bool:
        """Whether updates come to every process by themselves; else the leader fetches them."""
        return self.chosen.mode == "webhook"

    def intake(self, ground: Ground, arrived: Ringing) -> Running:
        """What takes updates in, as chosen; ``arrived`` is rung when some are kept."""
        bot_id = int(ground.me["id"])
        if self.pushed:
            return self._pushed(
                Webhook(
                    secret=self.chosen.webhook_secret.get_secret_value(),
                    bot_id=bot_id,
                    units=ground.units,
                    clock=ground.clock,
                    bell=arrived,
                )
            )
        return self._fetched(
            partial(
                Poller,
                url=self.url,
                bot_id=bot_id,
                units=ground.units,
                clock=ground.clock,
                bell=arrived,
                beat=partial(self.tally.beat, INTAKE),
            )
        )

    def _fetched(self, polling: Callable[..., Poller]) -> Running:
        async def fetch() -> None:
            await self._tell("deleteWebhook", {})
            try:
                nothing_kept = aiohttp.DummyCookieJar()
                async with aiohttp.ClientSession(
                    trust_env=behind_a_proxy(), cookie_jar=nothing_kept
                ) as client:
                    await polling(client=client).run()
            finally:
                self.tally.leave(INTAKE)

        return fetch

    def _pushed(self, webhook: Webhook) -> Running:
        chosen = self.chosen
        wish = {
            "url": chosen.webhook_url,
            "secret_token": chosen.webhook_secret.get_secret_value(),
            "allowed_updates": list(WANTED),
        }

        async def serve() -> None:
            self.tally.stands(INTAKE)
            try:
                await webhook.serve(
                    path=urlsplit(chosen.webhook_url).path,
                    host=chosen.webhook_host,
                    port=chosen.webhook_port,
                    ready=lambda: self._tell("setWebhook", wish),
                )
            finally:
                self.tally.leave(INTAKE)

        return serve

    async def _tell(self, method: str, params: Mapping[str, Any]) -> None:
        """Say how updates are to come; what is set already stays when this fails."""
        try:
            await self.voice.call(method, params)
        except Exception as error:
            log.warning("not_told", method=method, error=type(error).__name__)


async def introduced(voice: Voice, stop: asyncio.Event) -> Mapping[str, Any]:
    """Who we are, asked until Telegram answers; ``TokenRefused`` when it does not know us."""
    failures = 0
    while not stop.is_set():
        try:
            return await voice.me()
        except Exception as error:
            found = verdict(error).finding
            if found in (Finding.TOKEN_REFUSED, Finding.MALFORMED):
                raise TokenRefused from None
            failures += 1
            log.warning("telegram_out_of_reach", found=found, in_a_row=failures)
        await _unless_stopped(stop, pause(failures))
    return {"id": 0, "is_bot": True, "first_name": "", "username": ""}


async def _unless_stopped(stop: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return
