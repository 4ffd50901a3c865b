"""What Telegram accepts as a keyboard under a message or under a person's thumbs."""

from __future__ import annotations

from functools import cache
from urllib.parse import urlsplit

from aiogram.types import InlineKeyboardButton, KeyboardButton

from sandbox.api.refusals import bad
from sandbox.world.chats import Chat
from sandbox.world.ring import Json

MOST_BUTTONS = 100
LONGEST_DATA = 64
SCHEMES = frozenset({"http", "https", "tg", "ton"})
LOOKS = frozenset({"text", "style", "icon_custom_emoji_id", "disabled", "is_disabled"})


@cache
def known_fields(model: type[InlineKeyboardButton] | type[KeyboardButton]) -> frozenset[str]:
    """The fields a button may have."""
    return frozenset(model.model_fields)


def markup_of(chat: Chat, wanted: Json | None) -> Json | None:
    """The keyboard as it will be shown; raises ``Refused`` for one Telegram refuses."""
    if not wanted:
        return None
    if "inline_keyboard" in wanted:
        return inline(wanted["inline_keyboard"])
    if "keyboard" in wanted:
        return {**wanted, "keyboard": reply_rows(chat, wanted["keyboard"])}
    return wanted


def inline(rows: list[list[Json]]) -> Json | None:
    """Buttons under a message; empty rows fall away, an empty keyboard is none."""
    kept = [row for row in rows if row]
    if sum(map(len, kept)) > MOST_BUTTONS:
        raise bad("reply markup is too long")
    for row in kept:
        for button in row:
            inline_button(button)
    return {"inline_keyboard": kept} if kept else None


def inline_button(button: Json) -> None:
    """Raise ``Refused`` unless a button has words and exactly one thing to do."""
    if unknown := button.keys() - known_fields(InlineKeyboardButton):
        raise bad(f'unknown field "{min(unknown)}" of InlineKeyboardButton')
    if not button["text"].strip():
        raise bad("inline keyboard button text must be non-empty")
    deeds = [key for key in button if key not in LOOKS and button[key] is not None]
    if not deeds:
        raise bad("Text buttons are unallowed in the inline keyboard")
    if len(deeds) > 1:
        raise bad("inline keyboard button must have exactly one action")
    if "callback_data" in button:
        data(button["callback_data"])
    if "url" in button:
        address(button["url"])


def data(payload: str) -> None:
    """Raise ``Refused`` unless button data has 1 to 64 bytes."""
    if not 1 <= len(payload.encode()) <= LONGEST_DATA:
        raise bad("BUTTON_DATA_INVALID")


def address(url: str) -> None:
    """Raise ``Refused`` unless an address is one a button may open."""
    parts = urlsplit(url if "://" in url or url.startswith("tg:") else f"https://{url}")
    named = parts.scheme == "tg" or "." in parts.netloc or parts.hostname == "localhost"
    if parts.scheme not in SCHEMES or not named or any(c.isspace() for c in url):
        raise bad("BUTTON_URL_INVALID")


def reply_rows(chat: Chat, rows: list[list[Json | str]]) -> list[list[Json]]:
    """Buttons of a reply keyboard, each as an object."""
    if sum(map(len, rows)) > MOST_BUTTONS * 3:
        raise bad("reply markup is too long")
    return [[reply_button(chat, button) for button in row] for row in rows if row]


def reply_button(chat: Chat, button: Json | str) -> Json:
    """One button; a phone or a place can be asked for in private only."""
    whole: Json = {"text": button} if isinstance(button, str) else button
    if unknown := whole.keys() - known_fields(KeyboardButton):
        raise bad(f'unknown field "{min(unknown)}" of KeyboardButton')
    if whole.get("request_contact") and not chat.private:
        raise bad("phone number can be requested in private chats only")
    if whole.get("request_location") and not chat.private:
        raise bad("location can be requested in private chats only")
    return whole
