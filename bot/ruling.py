"""Keeps a process in step with the rules in force while it handles nothing."""

from __future__ import annotations

import asyncio

import structlog

from bot.line import Running
from bot.parts import Ground
from core.in_force import keep_in_step

MINUTE = 60.0
log = structlog.get_logger(__name__)


def ruled(ground: Ground) -> Running:
    """A look a minute; one that fails is tried at the next."""

    async def look_every_minute() -> None:
        while True:
            await asyncio.sleep(MINUTE)
            try:
                await keep_in_step(ground.rules, ground.units, ground.clock())
            except Exception as error:
                log.warning("rules_not_looked_at", error=type(error).__name__)

    return look_every_minute
