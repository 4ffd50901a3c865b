"""How a screen reaches the person: an edit of the tapped message, or a new one.

Recorded as the JSON it is: nearly all that is said passes here, and leaves after the commit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiogram.types import CallbackQuery
from aiogram.utils.formatting import Text

from bot.intake.recording import UNHINTED, Hint
from bot.screens.screen import NO_KEYS, worded
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
            if not drops_keys and self._edited(screen):
                return
            self._closed()
        for number, text in enumerate(_ahead(screen, drops_keys=drops_keys, echo=echo)):
            removes = {"reply_markup": NO_KEYS} if drops_keys and number == 0 else {}
            self._send(**worded(text), **removes)
        removes = {"reply_markup": NO_KEYS} if drops_keys else {}
        self._send(**{**removes, **screen.plain()})

    async def say(self, text: str) -> None:
        """One sentence: a message in answer to a message, an alert in answer to a tap."""
        if isinstance(self.event, CallbackQuery):
            self._answer(self.event, text=text[:TOAST_LENGTH], show_alert=True)
        else:
            self._send(text=text)

    @property
    def tapped(self) -> int:
        """The message that was tapped and may be edited, 0 where a new one comes."""
        return self.scene.message if isinstance(self.event, CallbackQuery) and not self.anew else 0

    def strips(self) -> None:
        """Take the buttons off the tapped message, whatever it shows: they are of another day."""
        self.scene.record.say("editMessageReplyMarkup", self._place)

    async def toast(self, text: str = "") -> None:
        """Answer a tap, once, with a passing line or with nothing."""
        if isinstance(self.event, CallbackQuery) and not self.silent:
            self._answer(self.event, **({"text": text[:TOAST_LENGTH]} if text else {}))

    def _answer(self, tapped: CallbackQuery, **said: Any) -> None:
        self.scene.record.say("answerCallbackQuery", {"callback_query_id": tapped.id, **said})

    def _send(self, **said: Any) -> None:
        self._spoken("sendMessage", chat_id=self.scene.chat, **said)

    def _edited(self, screen: Screen) -> bool:
        """Edit the tapped message where that can show the screen."""
        if self.anew or screen.before or not screen.editable:
            return False
        self._spoken("editMessageText", **self._place, **screen.plain())
        return True

    def _closed(self) -> None:
        """Take the buttons off the tapped message: the answer is in a new one."""
        if not self.anew:
            self.strips()

    @property
    def _place(self) -> dict[str, Any]:
        return {"chat_id": self.scene.chat, "message_id": self.scene.message}

    def _spoken(self, method: str, **params: Any) -> None:
        hint = UNHINTED if self.leg is None else Hint(self.leg, Purpose.WORDS)
        self.scene.record.say(method, params, hint)


def _ahead(screen: Screen, *, drops_keys: bool, echo: str) -> tuple[Text, ...]:
    """What is said before the screen; a keyboard needs a message to be taken away by."""
    if drops_keys and screen.keyboard() and not screen.before:
        return (Text(echo or _("好的。")),)
    return screen.before
