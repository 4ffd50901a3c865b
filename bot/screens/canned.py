"""常用语 below a card: a list to choose from, and what became of the choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiogram.utils.formatting import Bold, Text, as_list

from bot.screens import gestures
from bot.screens.easel import Easel
from bot.screens.screen import Button, Screen
from bot.words import _
from core.canned import CannedAnswer, fitting

if TYPE_CHECKING:
    from core.views import LegView


def offered(view: LegView, easel: Easel) -> tuple[CannedAnswer, ...]:
    """What may be said about this leg as it stands."""
    canned = easel.district.canned
    return fitting(canned, item=view.call.item, status=view.leg.status)


def choice(view: LegView, *, chat: int, easel: Easel) -> Screen:
    """The answers in full, a button each."""
    leg, answers = view.leg, offered(view, easel)
    head = _("选一句发给呼叫人（{number}），点一下就发出：").format(number=view.call.number)
    lines = [f"{n}. {answer.words}" for n, answer in enumerate(answers, 1)]
    row = tuple(
        Button(
            str(n),
            data=easel.data(
                gestures.SAY_CANNED, leg.id, leg.version, chat=chat, extra=str(answer.number)
            ),
        )
        for n, answer in enumerate(answers, 1)
    )
    return Screen(as_list(Bold(head), *lines), buttons=(row,))


def nothing_fits() -> str:
    """The sheet has nothing for this item and moment."""
    return _("这一件现在没有合适的常用语。请直接回复卡片，写您的话。")


def sent(number: str, words: str) -> Screen:
    """The list gives way to what was said."""
    return Screen(Text(Bold(number), _(" 已发给呼叫人："), "\n", words))
