"""What is heard when an officer puts right what a call is: a question, a suggestion, praise …"""

from __future__ import annotations

from aiogram.utils.formatting import Text

from bot.screens import names
from bot.screens.notices import Telling, Tells, Told
from bot.words import _
from core.intent import Intent
from core.lifecycle import Action


def retyped(t: Telling) -> Told:
    """To the caller, who knows best what they want, and may say so."""
    head = _(" {agency}把类型从「{old}」改为「{new}」{finish}。不对的话，请直接回复这条消息。")
    return Told(Text("🗂 ", t.number, head.format(agency=t.agency, finish=t.finish, **_kinds(t))))


def retyped_above(t: Telling) -> Told:
    """To the caller, where somebody above decided."""
    head = _(" 上级把类型从「{old}」改为「{new}」{finish}。不对的话，请直接回复这条消息。")
    return Told(Text("🗂 ", t.number, head.format(finish=t.finish, **_kinds(t))))


def given_another_type(t: Telling) -> Told:
    """To the agency it was decided for."""
    head = _(" 类型由上级从「{old}」改为「{new}」{finish}。")
    return Told(Text("🗂 ", t.number, head.format(finish=t.finish, **_kinds(t))))


def _kinds(t: Telling) -> dict[str, str]:
    """Both, as the journal kept them."""
    facts = t.entry.facts
    old, new = Intent(facts["was"]), Intent(facts["intent"])
    return {"old": _(names.INTENTS[old]), "new": _(names.INTENTS[new])}


TO_CALLER: dict[Action, Tells] = {
    Action.RETYPE: retyped,
    Action.RETYPE_ABOVE: retyped_above,
}
TO_AGENCY: dict[Action, Tells] = {Action.RETYPE_ABOVE: given_another_type}
