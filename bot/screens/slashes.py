"""What is said in answer to a command about a call."""

from __future__ import annotations

from aiogram.utils.formatting import Bold, Text

from bot.screens.buttons import OPENED
from bot.screens.easel import Easel
from bot.screens.screen import Button, Screen
from bot.words import _
from core.lifecycle import Action
from core.views import LegView


def which(command: str, bot_name: str) -> str:
    """Nobody can tell which call is meant."""
    head = _("请说明是哪一件：回复它的卡片发 /{command}@{bot}，")
    tail = _("或者在后面写编号，例如：/{command}@{bot} 0037")
    return (head + tail).format(command=command, bot=bot_name)


def send_anew() -> str:
    """An edited command: nothing was done by it."""
    return _("改过的指令不算，什么也没有办。请重新发一条。")


def no_number() -> str:
    """There is no number to look at."""
    return _("呼叫人没有留电话。请直接回复卡片，您的话会转达。")


def form(action: Action, view: LegView, easel: Easel) -> Screen:
    """The very button of the card, which opens the form in private."""
    word, label = OPENED[action]
    url = easel.links.duty(word, view.leg.id, view.leg.version)
    text = Text(Bold(view.call.number), _(" 请点下面的按钮，在私聊里几步填完。"))
    return Screen(text, ((Button(_(label), url=url),),))
