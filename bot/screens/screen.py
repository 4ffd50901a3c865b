"""A screen: what is said and which buttons stand below it, before anybody knows how it is sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from aiogram.types import (
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from aiogram.utils.formatting import Text

Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: ``data`` goes back to us, ``url`` opens, ``copy`` copies."""

    text: str
    data: str = ""
    url: str = ""
    copy: str = ""
    style: Literal["danger", "success", "primary"] | None = None

    def drawn(self) -> InlineKeyboardButton:
        """The button as Telegram takes it."""
        if self.url:
            return InlineKeyboardButton(text=self.text, url=self.url, style=self.style)
        if self.copy:
            return InlineKeyboardButton(text=self.text, copy_text=CopyTextButton(text=self.copy))
        return InlineKeyboardButton(text=self.text, callback_data=self.data, style=self.style)


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the reply keyboard; ``asks`` makes the phone hand over a location or a number."""

    text: str
    asks: Literal["", "location", "contact"] = ""

    def drawn(self) -> KeyboardButton:
        """The key as Telegram takes it."""
        return KeyboardButton(
            text=self.text,
            request_location=True if self.asks == "location" else None,
            request_contact=True if self.asks == "contact" else None,
        )


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

    def markup(self) -> Markup | None:
        """The keyboard of this screen, if it has one."""
        if self.buttons:
            rows = [[button.drawn() for button in row] for row in self.buttons]
            return InlineKeyboardMarkup(inline_keyboard=rows)
        if self.keys:
            return ReplyKeyboardMarkup(
                keyboard=[[key.drawn() for key in row] for row in self.keys],
                resize_keyboard=True,
                one_time_keyboard=True,
                input_field_placeholder=self.placeholder or None,
            )
        return ReplyKeyboardRemove() if self.drops_keys else None

    def said(self) -> dict[str, Any]:
        """Text, entities and keyboard as arguments of a message method."""
        text, entities = self.text.render()
        return {"text": text, "entities": entities or None, "reply_markup": self.markup()}
