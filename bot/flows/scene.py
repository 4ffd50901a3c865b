"""What a step of a conversation may look at and act through: one update's surroundings."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiogram.types import CallbackQuery, InaccessibleMessage, Message, TelegramObject

if TYPE_CHECKING:
    from datetime import datetime

    from bot.intake.recording import Record
    from bot.screens.taps import Taps
    from core.board import Board
    from core.conversation import Conversations
    from core.desk import Desk
    from core.guide import Guide
    from core.people import Actor

Event = Message | CallbackQuery
Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Scene:
    """``chat`` is where the person speaks, ``message`` the message heard or tapped (0: none)."""

    desk: Desk
    board: Board
    guide: Guide
    actor: Actor
    now: datetime
    taps: Taps
    conversations: Conversations
    bot_name: str
    record: Record
    chat: int = 0
    message: int = 0

    @property
    def account(self) -> int:
        """Who is speaking; a private chat always has a person."""
        return self.actor.account or 0


def scene_of(event: TelegramObject, data: Mapping[str, Any]) -> Scene:
    """The scene of an update, out of what the introductions injected."""
    message = event.message if isinstance(event, CallbackQuery) else event
    known = {name: data[name] for name in Scene.__dataclass_fields__ if name in data}
    if isinstance(message, Message | InaccessibleMessage):
        known |= {"chat": message.chat.id, "message": message.message_id}
    return Scene(**known)


async def set_the_scene(handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
    """Middleware: every handler may ask for ``scene``."""
    data["scene"] = scene_of(event, data)
    return await handler(event, data)
