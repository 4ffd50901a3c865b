"""A screen: what is said and which buttons stand below it, before anybody knows how it is sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from aiogram.utils.formatting import Text

Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove
Plain = dict[str, Any]
MARKUPS: dict[str, type[Markup]] = {
    "inline_keyboard": InlineKeyboardMarkup,
    "keyboard": ReplyKeyboardMarkup,
    "remove_keyboard": ReplyKeyboardRemove,
}
NO_KEYS: Plain = {"remove_keyboard": True}


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: ``data`` goes back to us, ``url`` opens, ``copy`` copies."""

    text: str
    data: str = ""
    url: str = ""
    copy: str = ""
    style: Literal["danger", "success", "primary"] | None = None

    def plain(self) -> Plain:
        """The button as Telegram takes it."""
        if self.copy:
            return {"text": self.text, "copy_text": {"text": self.copy}}
        does = {"url": self.url} if self.url else {"callback_data": self.data}
        return {"text": self.text, **does, **({"style": self.style} if self.style else {})}

    def drawn(self) -> InlineKeyboardButton:
        """The same as aiogram has it."""
        return InlineKeyboardButton.model_validate(self.plain())


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the reply keyboard; ``asks`` makes the phone hand over a location or a number."""

    text: str
    asks: Literal["", "location", "contact"] = ""

    def plain(self) -> Plain:
        """The key as Telegram takes it."""
        return {"text": self.text, **({f"request_{self.asks}": True} if self.asks else {})}


@dataclass(frozen=True, slots=True)
class Screen:
    """Text with entities, and either inline buttons or a reply keyboard (Telegram allows one).

    ``keys`` is shown as a one-time reply keyboard; ``drops_keys`` takes an earlier one away.
    ``before`` are messages without buttons said first.
    """

    text: Text
    buttons: tuple[tuple[Button, ...], ...] = ()
    keys: tuple[tuple[Key, ...], ...] = ()
    placeholder: str = ""
    drops_keys: bool = False
    before: tuple[Text, ...] = field(default=())

    @property
    def editable(self) -> bool:
        """Whether a message can be edited to show it: a reply keyboard needs a new one."""
        return bool(self.buttons) or not (self.keys or self.drops_keys)

    def keyboard(self) -> Plain | None:
        """The keyboard of this screen as Telegram takes it, if it has one."""
        if self.buttons:
            return {"inline_keyboard": [[one.plain() for one in row] for row in self.buttons]}
        if self.keys:
            hint = {"input_field_placeholder": self.placeholder} if self.placeholder else {}
            return {
                "keyboard": [[key.plain() for key in row] for row in self.keys],
                "resize_keyboard": True,
                "one_time_keyboard": True,
                **hint,
            }
        return dict(NO_KEYS) if self.drops_keys else None

    def plain(self) -> Plain:
        """Text, entities and keyboard as Telegram takes them, for what is recorded as it is."""
        keyboard = self.keyboard()
        return {**worded(self.text), **({"reply_markup": keyboard} if keyboard else {})}

    def said(self) -> dict[str, Any]:
        """Text, entities and keyboard as arguments of a message method of aiogram."""
        text, entities = self.text.render()
        return {"text": text, "entities": entities or None, "reply_markup": self._markup()}

    def _markup(self) -> Markup | None:
        keyboard = self.keyboard()
        if keyboard is None:
            return None
        kind = next(kind for name, kind in MARKUPS.items() if name in keyboard)
        return kind.model_validate(keyboard)


def worded(text: Text, words: str = "text", entities: str = "entities") -> Plain:
    """Text and entities as plain parameters; nothing at all for no text."""
    said, marks = text.render()
    plain = [mark.model_dump(mode="json", exclude_none=True) for mark in marks]
    return ({words: said} if said else {}) | ({entities: plain} if plain else {})
