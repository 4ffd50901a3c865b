"""Somebody may be in danger: the district's office hears it with those who go there (row 3)."""

from __future__ import annotations

from aiogram.utils.formatting import Bold, Text

from bot.screens import names
from bot.screens.notices import Telling, Tells, Told
from bot.words import _
from core.lifecycle import Action


def in_danger(t: Telling) -> Told:
    """What and where, and who was called; its words are read in the call itself."""
    told = _(" {item}，{place}。已交{agency}，社区和街道同时收到。请值班人员跟进：/call {number}")
    head = told.format(
        item=names.item(t.view),
        place=t.view.community.short_name,
        agency=t.agency,
        number=t.view.call.number,
    )
    return Told(Text("🚨 ", t.number, " ", Bold(_("有人身危险。")), head), relays=False)


TO_SUPERVISOR: dict[Action, Tells] = {Action.DISPATCH: in_danger}
