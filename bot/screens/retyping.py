"""An officer's form that puts the type of a call right: the six, one look, a receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiogram.utils.formatting import Text, as_list

from bot.screens import names
from bot.screens.filling import title
from bot.screens.intents import ABOUT
from bot.screens.screen import Button, Screen
from bot.words import N_, _
from core.intent import Intent

if TYPE_CHECKING:
    from core.views import LegView

WHAT = N_("改类型")


def asks(view: LegView) -> Screen:
    """What the caller wants, if it is not what was guessed."""
    others = [one for one in Intent if one is not view.call.intent]
    lines = [f"· {_(names.INTENTS[one])}：{_(ABOUT[one])}" for one in others]
    keys = [Button(_(names.INTENTS[one]), data=one.value) for one in others]
    now = _("现在：{intent}。呼叫人其实是想：").format(intent=_(names.INTENTS[view.call.intent]))
    return Screen(
        as_list(title(view, _(WHAT)), now, *lines), buttons=(tuple(keys[:3]), tuple(keys[3:]))
    )


def between(view: LegView, intent: Intent) -> list[str]:
    """What it is changed from and to, and what follows."""
    lines = [
        _("现在：{intent}").format(intent=_(names.INTENTS[view.call.intent])),
        _("改为：{intent}").format(intent=_(names.INTENTS[intent])),
        _("时限按新的类型重算，已经用掉的时间照算。呼叫人会收到。"),
    ]
    if intent is Intent.REPORT and not view.call.restricted:
        lines.append(_("要只给专人看的，请另外点卡片上的“转专人”。"))
    return lines


def retyped(view: LegView) -> Screen:
    """The new type, and that the caller knows."""
    told = _("已把 {number} 的类型改为「{intent}」，已告诉呼叫人。")
    intent = _(names.INTENTS[view.call.intent])
    return Screen(Text("🗂 ", told.format(number=view.call.number, intent=intent)))
