"""In which language somebody is spoken to: the question, each language in its own words."""

from __future__ import annotations

from aiogram.utils.formatting import Bold, Text

from bot.screens import gestures
from bot.screens.easel import Easel
from bot.screens.screen import Button, Screen
from bot.words import LANGUAGES, _

# Not for the catalogues: whoever cannot read the others must find their own.
QUESTION = "语言 · 語言 · Language"
NAMES = {"zh_Hans": "简体中文", "zh_Hant_HK": "繁體中文（香港）", "en": "English"}


def question(*, chat: int, easel: Easel) -> Screen:
    """One button a language."""
    rows = tuple(
        (
            Button(
                NAMES[language],
                data=easel.data(gestures.LANGUAGE, 0, 0, chat=chat, extra=language),
            ),
        )
        for language in LANGUAGES
    )
    return Screen(Text(Bold(QUESTION)), rows)


def chosen() -> str:
    """In place of the question, in the language that was chosen."""
    return _("好的，以后用简体中文和您说话。单位发来的内容照原样转给您。")
