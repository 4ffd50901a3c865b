"""What is heard when several agencies or many people share a matter, or it changes its class."""

from __future__ import annotations

from datetime import datetime

from aiogram.utils.formatting import Text

from bot.screens import gestures, names
from bot.screens.notices import Telling, Tells, Told
from bot.screens.screen import Button
from bot.screens.times import spanned, when
from bot.words import _
from core.lifecycle import Action, Outcome
from core.people import Party
from core.returning import Ground


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


def given_help(t: Telling) -> Told:
    """To the lead: somebody above asked another agency in; the lead stays the lead."""
    helping, above = t.named(t.entry.facts.get("agency")), t.named(t.entry.agency)
    head = _(" {above}已请{helping}协办，仍由你们主办、统一答复：").format(
        above=above, helping=helping
    )
    return Told(Text("🤝 ", t.number, head))


def supported(t: Telling) -> Told:
    """One more of the same matter, with what they saw."""
    many = int(t.entry.facts.get("supporters") or 0)
    if t.entry.facts.get("again"):
        head = _(" 同感居民补充：")
    else:
        head = _(" 又有 1 位居民反映同一件事（同感共 {n} 位）：").format(n=many)
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
    span = spanned(t.easel.district.limits.step("appeal"))
    asks = _("如果不是同一件，请点下面的按钮，{span}内都可以。").format(span=span)
    return Told(
        Text("🔗 ", t.number, told, asks),
        buttons=((Button(_("不是同一件"), data=data),),),
    )


def joined(t: Telling) -> Told:
    """What was said in the call that went into this one."""
    facts = t.entry.facts
    head = _(" 新并入一件：{number}（同感共 {n} 位）。对方的原话和材料：").format(
        number=facts.get("number"), n=facts.get("supporters")
    )
    return Told(Text("🔗 ", t.number, head), hides=True)


def parted(t: Telling) -> Told:
    """Not the same, says the caller: once more in hand."""
    head = _(" 呼叫人说不是同一件，已恢复办理{finish}。").format(finish=t.finish)
    return Told(Text("🔗 ", t.number, head))


def convened(t: Telling) -> Told:
    """Several agencies deny it: the caller hears who will say, and when."""
    due = t.view.leg.review_due
    until = _("，{at} 前给出结果").format(at=when(due, t.easel.zone)) if due else ""
    head = _(" 几个单位对由谁办理有不同意见，正由区里明确责任单位{until}。").format(until=until)
    return Told(Text("⚖️ ", t.number, head), relays=False)


def summoned(t: Telling) -> Told:
    """The district is to name who answers."""
    facts, due = t.entry.facts, t.view.leg.review_due
    head = _(" 第 {n} 次退单：{agency}认为{ground}，建议改派{to}。").format(
        n=facts.get("returns"),
        agency=t.agency,
        ground=_(names.GROUNDS[Ground(facts["ground"])]),
        to=t.named(facts.get("proposed")),
    )
    asks = _("请区里召集有关单位，在 {at} 前指定主办；指定后不能再退。").format(
        at=when(due, t.easel.zone) if due else ""
    )
    return Told(Text("⚖️ ", t.number, head, asks))


def disputed(t: Telling) -> Told:
    """To all who returned it: the district settles it, and until then it is the last one's."""
    due = t.view.leg.review_due
    head = _(" 已是第 {n} 次退单，交区里召集有关单位，{at} 前指定主办。").format(
        n=t.entry.facts.get("returns"), at=when(due, t.easel.zone) if due else ""
    )
    meanwhile = _("决定前由{agency}照常联系呼叫人。").format(agency=t.agency)
    return Told(Text("⚖️ ", t.number, head, meanwhile), relays=False)


def named(t: Telling) -> Told:
    """Somebody else was named."""
    to = t.named(t.entry.facts.get("agency"))
    return Told(Text("⚖️ ", t.number, _(" 区里指定{to}主办，你们不用再办。").format(to=to)))


def kept(t: Telling) -> Told:
    """It is this agency's, for good."""
    head = _(" 区里指定{agency}主办，不能再退{finish}。").format(agency=t.agency, finish=t.finish)
    return Told(Text("⚖️ ", t.number, head))


def settled(t: Telling) -> Told:
    """The same, for the caller: who answers."""
    head = _(" 区里已明确由{agency}办理{finish}。").format(agency=t.agency, finish=t.finish)
    return Told(Text("⚖️ ", t.number, head))


def left(t: Telling) -> Told:
    """The district did not decide in time: whoever had it, has it."""
    head = _(" 区里没有按时指定主办，仍由{agency}办理{finish}。").format(
        agency=t.agency, finish=t.finish
    )
    return Told(Text("⚖️ ", t.number, head))


def stays(t: Telling) -> Told:
    """The same, for the caller: who answers."""
    head = _(" 确定仍由{agency}办理{finish}。").format(agency=t.agency, finish=t.finish)
    return Told(Text("⚖️ ", t.number, head))


def divided(t: Telling) -> Told:
    """Two numbers for two matters: the caller hears both, and what the new one is."""
    facts = t.entry.facts
    item = t.easel.district.catalogue.by_code.get(str(facts.get("item")))
    head = _(" 里您还说到另一件事，已单独立项：「{item}」，编号 {new}，由{other}办理{until}。")
    told = head.format(
        item=item.name if item else "",
        new=facts.get("number"),
        other=t.named(facts.get("agency")),
        until=_until(t),
    )
    return Told(Text("✂️ ", t.number, told, _("内容如下：")))


def _until(t: Telling) -> str:
    due = t.entry.facts.get("until")
    if not due:
        return ""
    return _("，{at} 前办结").format(at=when(datetime.fromisoformat(str(due)), t.easel.zone))


TO_CALLER: dict[Action, Tells] = {
    Action.RECLASS: reclassed,
    Action.RECLASS_ABOVE: reclassed_above,
    Action.LOG_PHONE: phoned,
    Action.ADD_CO: helped,
    Action.ADD_CO_ABOVE: helped,
    Action.ADD_CO_BY_HAND: helped,
    Action.MERGE: merged,
    Action.CONVENE: convened,
    Action.SPLIT: divided,
    Action.KEEP_LEAD: settled,
    Action.LEAVE_LEAD: stays,
}
TO_AGENCY: dict[Action, Tells] = {
    Action.SUPPORT: supported,
    Action.JOINED: joined,
    Action.PART: parted,
    Action.CONVENE: disputed,
    Action.NAME_LEAD: named,
    Action.KEEP_LEAD: kept,
    Action.LEAVE_LEAD: left,
    Action.ADD_CO_ABOVE: given_help,
    Action.ADD_CO_BY_HAND: given_help,
    Action.RECLASS_ABOVE: reclassed_above,
}
TO_ADJUDICATOR: dict[Action, Tells] = {
    Action.CONVENE: summoned,
    Action.LEAVE_LEAD: left,
}
TO_DENIER: dict[Action, Tells] = {
    action: TO_AGENCY[action]
    for action in (Action.CONVENE, Action.NAME_LEAD, Action.KEEP_LEAD, Action.LEAVE_LEAD)
}
