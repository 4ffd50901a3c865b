"""How a screen reaches the person: an edit of the tapped message, or a new one.

Methods are called and their results never used: they leave after the commit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiogram.methods import EditMessageReplyMarkup, EditMessageText, SendMessage
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, ReplyKeyboardRemove
from aiogram.utils.formatting import Text

from bot.intake.recording import Hint
from bot.words import _
from core.posting import Purpose

if TYPE_CHECKING:
    from bot.flows.scene import Event, Scene
    from bot.screens.screen import Screen

TOAST_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Teller:
    """Answers one event; ``anew`` leaves the tapped message as it is.

    ``silent`` answers no tap: it was answered already.
    ``leg`` makes what is shown a message about that leg: a reply to it reaches the leg.
    """

    event: Event
    scene: Scene
    anew: bool = False
    silent: bool = False
    leg: int | None = None

    async def show(self, screen: Screen, *, drops_keys: bool = False, echo: str = "") -> None:
        """Show a screen; ``drops_keys`` while an earlier screen's reply keyboard is still up.

        ``echo`` is what is said as that keyboard goes.
        """
        if isinstance(self.event, CallbackQuery):
            await self.toast()
            if not drops_keys and await self._edited(screen):
                return
            await self._closed()
        for number, text in enumerate(_ahead(screen, drops_keys=drops_keys, echo=echo)):
            removes = ReplyKeyboardRemove() if drops_keys and number == 0 else None
            await self._send(**_said(text), reply_markup=removes)
        said = screen.said()
        if drops_keys and said["reply_markup"] is None:
            said["reply_markup"] = ReplyKeyboardRemove()
        await self._send(**said)

    async def say(self, text: str) -> None:
        """One sentence: a message in answer to a message, an alert in answer to a tap."""
        if isinstance(self.event, CallbackQuery):
            await self.event.answer(text[:TOAST_LENGTH], show_alert=True)
        else:
            await self._send(text=text)

    async def toast(self, text: str = "") -> None:
        """Answer a tap, once, with a passing line or with nothing."""
        if isinstance(self.event, CallbackQuery) and not self.silent:
            await self.event.answer(text[:TOAST_LENGTH] or None)

    async def _send(self, **said: Any) -> None:
        await self._spoken(SendMessage(chat_id=self.scene.chat, **said))

    async def _edited(self, screen: Screen) -> bool:
        """Edit the tapped message where that can show the screen."""
        markup = screen.markup()
        if self.anew or screen.before or not isinstance(markup, InlineKeyboardMarkup | None):
            return False
        said = _said(screen.text)
        await self._spoken(EditMessageText(**self._tapped, **said, reply_markup=markup))
        return True

    async def _closed(self) -> None:
        """Take the buttons off the tapped message: the answer is in a new one."""
        if not self.anew:
            await EditMessageReplyMarkup(**self._tapped).as_(self.event.bot)

    @property
    def _tapped(self) -> dict[str, Any]:
        return {"chat_id": self.scene.chat, "message_id": self.scene.message}

    async def _spoken(self, method: SendMessage | EditMessageText) -> None:
        spoken = method.as_(self.event.bot)
        if self.leg is not None and self.scene.record is not None:
            spoken = self.scene.record.about(spoken, Hint(self.leg, Purpose.WORDS))
        await spoken


def _said(text: Text) -> dict[str, Any]:
    said, entities = text.render()
    return {"text": said, "entities": entities or None}


def _ahead(screen: Screen, *, drops_keys: bool, echo: str) -> tuple[Text, ...]:
    """What is said before the screen; a keyboard needs a message to be taken away by."""
    if drops_keys and screen.markup() and not screen.before:
        return (Text(echo or _("好的。")),)
    return screen.before
