"""Counts what Telegram answers, beside the one who speaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.delivery.speech import Speech
from bot.delivery.verdicts import Finding, verdict
from bot.tally import Tally


class Speaking(Protocol):
    """What can say a speech."""

    async def say(self, speech: Speech) -> tuple[int, ...]:
        """The ids of the messages that came of it."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The same voice; every answer is counted by its verdict."""

    voice: Speaking
    tally: Tally

    async def say(self, speech: Speech) -> tuple[int, ...]:
        """Say it; raises what the voice raises."""
        try:
            messages = await self.voice.say(speech)
        except Exception as error:
            self.tally.sends[verdict(error).finding.value] += 1
            raise
        self.tally.sends[Finding.SENT.value] += 1
        return messages
