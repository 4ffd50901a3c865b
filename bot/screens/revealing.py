"""A caller's number, for the signer alone, in private."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiogram.utils.formatting import Bold, Text, as_list

from bot.screens.filling import title
from bot.screens.names import clean
from bot.screens.notices import Telling, Tells, Told
from bot.screens.screen import Button, Screen
from bot.words import _
from core.lifecycle import Action

if TYPE_CHECKING:
    from core.call import Call
    from core.views import LegView


def question(view: LegView) -> Screen:
    """What a look means."""
    lines = [
        title(view, _("查看电话")),
        _("每看一次都有记录，并告诉呼叫人：贵单位为联系他看了电话。请只用来办理这件事。"),
    ]
    return Screen(as_list(*lines), ((Button(_("查看"), data="show", style="primary"),),))


def number(call: Call) -> Screen:
    """The number, and whom to ask for."""
    who = clean(call.caller_name)
    text = Text("☎️ ", Bold(call.number), " ", who, " " if who else "", call.phone)
    told = _("打完请在群里点卡片的「更多」，再点「记电话」。")
    return Screen(as_list(text, told), ((Button(_("复制号码"), copy=call.phone),),))


def revealed(t: Telling) -> Told:
    """Which agency looked; never who of its staff."""
    looked = t.named(t.entry.facts["agency"]) if "agency" in t.entry.facts else t.agency
    head = _(" {agency}为联系您，查看了您留的电话。").format(agency=looked)
    return Told(Text("☎️ ", t.number, head))


def let_see(t: Telling) -> Told:
    """To the agency that asked: who may look now, and how."""
    head = _(
        " 已同意{name}查看呼叫人电话。请{name}再点卡片「更多」里的「查看电话」；"
        "每看一次都会告诉呼叫人。"
    ).format(name=clean(str(t.entry.facts.get("proposer") or "")))
    return Told(Text("📞 ", t.number, head), relays=False)


TO_CALLER: dict[Action, Tells] = {Action.REVEAL: revealed, Action.SEEN_BELOW: revealed}
TO_AGENCY: dict[Action, Tells] = {Action.LET_SEE: let_see}
