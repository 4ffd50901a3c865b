"""A closed call in private chat: reopen it, say that it came back, or that it is still good."""

from __future__ import annotations

from aiogram.utils.formatting import Bold, Text, as_list

from bot.screens import gestures
from bot.screens.buttons import Rows
from bot.screens.easel import Easel
from bot.screens.screen import Button, Screen
from bot.words import _
from core.leg import Leg
from core.reopening import reopenable


def reopening(leg: Leg, chat: int, easel: Easel) -> Rows:
    """The one button below a closing notice, while reopening is possible at all."""
    if not reopenable(leg):
        return ()
    data = easel.data(gestures.REOPEN, leg.id, leg.version, chat=chat)
    return ((Button(_("🔓 没解决，重开"), data=data),),)


def appealing(leg: Leg, chat: int, easel: Easel) -> Rows:
    """The same step below word of a matter that was turned away."""
    if not reopenable(leg):
        return ()
    data = easel.data(gestures.REOPEN, leg.id, leg.version, chat=chat)
    return ((Button(_("不同意"), data=data),),)


def looking_back(leg: Leg, chat: int, easel: Easel) -> Rows:
    """Two answers to the one question."""
    good = easel.data(gestures.STILL_GOOD, leg.id, leg.version, chat=chat)
    back = easel.data(gestures.CAME_BACK, leg.id, leg.version, chat=chat)
    return (
        (Button(_("没有再出现"), data=good, style="success"),),
        (Button(_("又出现了"), data=back),),
    )


def what_is_left(number: str, *, anew: bool) -> Screen:
    """What is still, or again, not right: words, a photo, or just the button."""
    head = (
        _(" 已经结案。会作为新的一件反映，并注明与这一件相关。")
        if anew
        else _(" 会重开，接着办理。")
    )
    asked = _("哪里还没好？打字、发照片或语音都行。不想多说，请直接点下面的按钮。")
    on = Button(_("直接反映") if anew else _("直接重开"), data="none", style="primary")
    return Screen(as_list(Text(Bold(number), head), asked), buttons=((on,),))


def reopened(number: str, agency: str, until: str) -> Screen:
    """It goes on."""
    promise = _("{agency}会在 {until} 前办结。").format(agency=agency, until=until)
    head = Text(Bold(number), _(" 已重开。"))
    return Screen(as_list(head, *([promise] if until else [])))


def let_be() -> Screen:
    """It stays closed."""
    return Screen(Text(_("好的，这一件没有变化。")))


def still_good() -> str:
    """The kind word for good news."""
    return _("谢谢您告诉我们，那就好。")
