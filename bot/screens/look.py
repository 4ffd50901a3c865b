"""The last look before sending: exactly what the answering agency will see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from aiogram.utils.formatting import BlockQuote, Bold, Text, as_list

from bot.screens import discreet, intents, names, own_number
from bot.screens.cards import (
    LONGEST_DETAILS,
    MEDIA,
    clipped,
    in_groups,
    place,
    shown_words,
)
from bot.screens.masking import masked
from bot.screens.screen import Button, Screen
from bot.words import N_, SOURCE, _, speaking
from core.call import Call, NameShown
from core.portions import portions

if TYPE_CHECKING:
    from core.views import LegView

LONGEST_CAPTIONS = 300
UNKNOWN, LATER = "unknown", "later"
Rows = tuple[tuple[Button, ...], ...]
NAMES = {
    NameShown.WITHHELD: N_("改称呼（现在：不显示）"),
    NameShown.SHOWN: N_("改称呼（现在：全名）"),
    NameShown.ANONYMOUS: N_("改称呼（现在：匿名）"),
}


def details(facts: Sequence[str], *, urgent: bool = False) -> Screen:
    """What the agency needs to know of such an item: answered, or said that they cannot say.

    What is ``urgent`` goes out without it.
    """
    asked = (f"· {fact}" for fact in facts)
    if urgent:
        return Screen(
            as_list(
                Bold(_("最好再说明几点；来不及就先发出：")),
                *asked,
                _("知道多少说多少，一次打完发给我就行。"),
            ),
            buttons=((Button(_("先发出，以后再说"), data=LATER),),),
        )
    return Screen(
        as_list(
            Bold(_("这类事，要请您再说明几点：")),
            *asked,
            _("知道多少说多少，一次打完发给我就行。都不知道，就点「说不清」。"),
        ),
        buttons=((Button(_("说不清"), data=UNKNOWN),),),
    )


def unanswered(facts: Sequence[str]) -> str:
    """What the agency reads where the caller cannot say; groups read Chinese."""
    with speaking(SOURCE):
        return _("（说不清）{questions}").format(questions="".join(facts))


def look(view: LegView, *, unsure: bool = False, phone: str | None = None) -> Screen:
    """The preview of a call that is not raised yet; long words come before it, whole.

    Whoever is ``unsure`` of the item leaves it to the community. ``phone`` is the caller's own
    number that goes with the call, empty where they may leave one, None where it is not theirs.
    """
    call = view.call
    lines: list[Text | str] = [Bold(_("请看一遍，办理人员会看到这些："))]
    if call.danger:
        lines.append(Bold(_("🚨 紧急：有人身危险")))
    lines += [
        Text(_("事项："), _("说不准，请社区帮忙选") if unsure else view.item.name),
        intents.line(call.intent),
        Text(_("地点："), place(view)),
        Text(_("称呼："), _called(call)),
        *_phone(call, phone),
        *discreet.chosen(view),
        *_said(view),
    ]
    lines.append(_("没问题，请点「发送」。要补充，直接打字或发照片。"))
    buttons = _buttons(call, _offered(call, phone))
    return Screen(as_list(*lines), buttons=buttons, before=_long_words(view))


def _buttons(call: Call, more: Rows) -> Rows:
    return (
        (Button(_("✅ 发送"), data="send", style="success"),),
        (
            Button(_("改内容"), data="matter"),
            Button(_("改事项"), data="item"),
            Button(_("改地点"), data="place"),
        ),
        *more,
        (Button(_(NAMES[call.name_shown]), data="name"),),
        (intents.button(call.intent),),
        *intents.offered(call),
        (Button(_("🔒 不便让办理单位知道"), data="discreet"),),
    )


def _phone(call: Call, phone: str | None) -> list[Text | str]:
    """The number, and for whom; a number says whose it is, so it goes with no nameless call."""
    if not phone:
        return []
    if call.name_shown is NameShown.ANONYMOUS:
        return [_("电话：匿名就不带电话")]
    return [_("电话：{phone}（只给签收的办理人看）").format(phone=own_number.shown(phone))]


def _offered(call: Call, phone: str | None) -> Rows:
    """A way to leave a number: one among the words is starred out on the card (S10)."""
    if phone is None or call.name_shown is NameShown.ANONYMOUS:
        return ()
    return ((own_number.button(phone),),)


def _called(call: Call) -> str:
    """The name as the group sees it, and why it is short."""
    if call.name_shown is NameShown.ANONYMOUS:
        return _("匿名")
    shown = names.caller(call)
    if call.name_shown is NameShown.SHOWN or not names.clean(call.caller_name):
        return shown
    return _("{name}（姓名不显示）").format(name=shown)


def _said(view: LegView) -> list[Text | str]:
    call = view.call
    words = shown_words(call)
    lines: list[Text | str] = [BlockQuote(words)] if words else []
    if call.details:
        lines.append(Text(_("补充："), clipped(masked(call.details), LONGEST_DETAILS)))
    counts = {medium: sum(p.medium is medium for p in call.pieces) for medium in MEDIA}
    attached = [_(MEDIA[medium]).format(n=n) for medium, n in counts.items() if n]
    if attached:
        lines.append(Text(_("附上："), _("、").join(attached)))
    captions = [piece.text for piece in call.pieces if piece.file and piece.text]
    if captions:
        said = clipped(masked("\n".join(captions)), LONGEST_CAPTIONS)
        lines.append(Text(_("附言："), said))
    return lines


def _long_words(view: LegView) -> tuple[Text, ...]:
    if shown_words(view.call):
        return ()
    return tuple(Text(one.words) for one in portions(in_groups(view.call.pieces)) if one.words)
