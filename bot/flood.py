"""How much one person, one group, may ask of the service: the rest is not handled (S13, I25).

Counted in the process and forgotten with it: a flood is a matter of minutes. Updates that waited
at Telegram while we were away come all at once; they are counted by when they were said.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any

from aiogram.types import CallbackQuery, Message, Update

MINUTE = timedelta(minutes=1)
BETWEEN_NOTICES = timedelta(minutes=10)
COOLING = timedelta(seconds=3)
REMEMBERED = 10_000


class Weighed(Enum):
    """Handle it; say once that it is too much; let it drop."""

    FINE = auto()
    TELL = auto()
    DROP = auto()


@dataclass(slots=True)
class Counted:
    """Since when how many, and when the last notice was given."""

    since: datetime
    count: int = 0
    told: datetime | None = None


@dataclass(slots=True)
class Flood:
    """``per_minute`` for a person in private and for a group as a whole; 0 is no limit."""

    per_minute: int = 60
    _counted: dict[int, Counted] = field(default_factory=dict)
    _cooling: dict[tuple[int, int, str], datetime] = field(default_factory=dict)

    def weigh(self, update: Update, now: datetime) -> Weighed:
        """What to do with this update; counts it."""
        event = update.message or update.edited_message or update.callback_query
        if event is None or self.per_minute == 0:
            return Weighed.FINE
        said, chat = _said(event, now), _chat(event)
        if isinstance(event, Message) and chat < 0 and self._cools(event, said):
            return Weighed.DROP
        return self._weigh(chat, said)

    def _weigh(self, chat: int, said: datetime) -> Weighed:
        known = self._counted.pop(chat, None) or Counted(said)
        self._counted[chat] = known
        _forget_the_oldest(self._counted)
        if not timedelta(0) <= said - known.since < MINUTE:
            known.since, known.count = said, 0
        known.count += 1
        if known.count <= self.per_minute:
            return Weighed.FINE
        if known.told is not None and said - known.told < BETWEEN_NOTICES:
            return Weighed.DROP
        known.told = said
        return Weighed.TELL

    def _cools(self, message: Message, said: datetime) -> bool:
        """The same command of the same person within seconds: once is enough."""
        words = (message.text or "").split(maxsplit=1)
        if not words or not words[0].startswith("/") or words[0].startswith("//"):
            return False
        who = message.from_user.id if message.from_user else 0
        key = (message.chat.id, who, message.text or "")
        last = self._cooling.get(key)
        if last is not None and timedelta(0) <= said - last < COOLING:
            return True
        self._cooling.pop(key, None)
        self._cooling[key] = said
        _forget_the_oldest(self._cooling)
        return False


def _forget_the_oldest(known: dict[Any, Any]) -> None:
    """A crowd of strangers must not fill the memory, nor make the next word dearer."""
    if len(known) > REMEMBERED:
        del known[next(iter(known))]


def _said(event: Message | CallbackQuery, now: datetime) -> datetime:
    """When it was said; a tap has no time of its own. To the second, as Telegram has it."""
    if isinstance(event, CallbackQuery):
        return now
    edited = getattr(event, "edit_date", None)
    return min(event.date if edited is None else datetime.fromtimestamp(edited, now.tzinfo), now)


def _chat(event: Message | CallbackQuery) -> int:
    message = event.message if isinstance(event, CallbackQuery) else event
    if message is None or message.chat.type == "private":
        return event.from_user.id if event.from_user else 0
    return message.chat.id
