"""What is heard when several agencies or many people share a matter, or it changes its class."""

from __future__ import annotations

from aiogram.utils.formatting import Text

from bot.screens.notices import Telling, Tells, Told
from bot.words import _
from core.lifecycle import Action


def reclassed(t: Telling) -> Told:
    """Another item, and the date that goes with it."""
    known = t.easel.district.catalogue.by_code.get(str(t.entry.facts.get("item")))
    head = _(" {agency}把事项改为「{item}」{finish}。").format(
        agency=t.agency, item=known.name if known else t.view.item.name, finish=t.finish
    )
    return Told(Text("🏷 ", t.number, head))


def reclassed_above(t: Telling) -> Told:
    """The same, as those hear it whom it was decided for."""
    head = _(" 事项由上级改为「{item}」{finish}。").format(item=t.view.item.name, finish=t.finish)
    return Told(Text("🏷 ", t.number, head))


def phoned(t: Telling) -> Told:
    """What the agency wrote down of a phone call: the caller knows whether it is true."""
    if t.entry.facts.get("reached"):
        head = _(" {agency}记录：已与您通电话。内容如下，如有出入请直接回复：").format(
            agency=t.agency
        )
    else:
        head = _(" {agency}给您打过电话，没有打通。请留意来电，或者直接回复这条消息。").format(
            agency=t.agency
        )
    return Told(Text("☎️ ", t.number, head))


def helped(t: Telling) -> Told:
    """Who helps; what the agencies tell each other stays between them."""
    helping = t.named(t.entry.facts.get("agency"))
    head = _(" {agency}已请{helping}协办，仍由{agency}答复您。").format(
        agency=t.agency, helping=helping
    )
    return Told(Text("🤝 ", t.number, head), relays=False)


def supported(t: Telling) -> Told:
    """One more of the same matter, with what they saw."""
    many = int(t.entry.facts.get("supporters") or 0)
    if t.entry.facts.get("again"):
        head = _(" 同感居民补充：")
    else:
        head = _(" 又有一位居民反映同一件事（同感共 {n} 人）：").format(n=many)
    return Told(Text("👥 ", t.number, head), hides=True)


TO_CALLER: dict[Action, Tells] = {
    Action.RECLASS: reclassed,
    Action.RECLASS_ABOVE: reclassed_above,
    Action.LOG_PHONE: phoned,
    Action.ADD_CO: helped,
}
TO_AGENCY: dict[Action, Tells] = {
    Action.SUPPORT: supported,
    Action.RECLASS_ABOVE: reclassed_above,
}
