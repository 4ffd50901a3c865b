"""What is heard when several agencies or many people share a matter, or it changes its class."""

from __future__ import annotations

from aiogram.utils.formatting import Text

from bot.screens import gestures
from bot.screens.notices import Telling, Tells, Told
from bot.screens.screen import Button
from bot.words import _
from core.lifecycle import Action, Outcome
from core.people import Party


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


def merged(t: Telling) -> Told:
    """Which call goes on for both, and how to say that it is another matter."""
    leg = t.view.leg
    head = _(
        " 和 {number} 说的是同一件事，{agency}已并案办理。以后的进展都记在 {number} 上告诉您。"
    )
    told = head.format(number=t.entry.facts.get("number"), agency=t.agency)
    if t.to is not Party.CALLER or leg.outcome is not Outcome.DUPLICATE:
        return Told(Text("🔗 ", t.number, told))
    data = t.easel.data(gestures.PART, leg.id, leg.version, chat=t.chat)
    return Told(
        Text("🔗 ", t.number, told, _("如果不是同一件，请点下面的按钮，五个工作日内都可以。")),
        buttons=((Button(_("不是同一件"), data=data),),),
    )


def joined(t: Telling) -> Told:
    """What was said in the call that went into this one."""
    facts = t.entry.facts
    head = _(" 已并入 {number}（同感共 {n} 人）。对方的原话和材料：").format(
        number=facts.get("number"), n=facts.get("supporters")
    )
    return Told(Text("🔗 ", t.number, head), hides=True)


def parted(t: Telling) -> Told:
    """Not the same, says the caller: once more in hand."""
    head = _(" 呼叫人说不是同一件，已恢复办理{finish}。").format(finish=t.finish)
    return Told(Text("🔗 ", t.number, head))


TO_CALLER: dict[Action, Tells] = {
    Action.RECLASS: reclassed,
    Action.RECLASS_ABOVE: reclassed_above,
    Action.LOG_PHONE: phoned,
    Action.ADD_CO: helped,
    Action.MERGE: merged,
}
TO_AGENCY: dict[Action, Tells] = {
    Action.SUPPORT: supported,
    Action.JOINED: joined,
    Action.PART: parted,
    Action.RECLASS_ABOVE: reclassed_above,
}
