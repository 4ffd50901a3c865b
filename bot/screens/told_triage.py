"""What is told of a call that is being sorted, asked about, sent elsewhere or let go."""

from __future__ import annotations

from aiogram.utils.formatting import BlockQuote, Bold, Text

from bot.screens import names
from bot.screens.after_closing import appealing, reopening
from bot.screens.masking import masked
from bot.screens.notices import Telling, Tells, Told
from bot.screens.nudges import rung_for
from bot.screens.times import spanned, when
from bot.words import _
from core.lifecycle import Action, Status
from core.people import Post
from core.redirecting import Elsewhere
from core.rejecting import RejectGround


def admitted(t: Telling) -> Told:
    """What it is about, who answers, until when, and why they."""
    head = _(" 已受理：{item}。由{agency}办理{finish}。").format(
        item=names.item(t.view), agency=t.agency, finish=t.finish
    )
    clause = _("依据：{clause}").format(clause=t.view.leg.clause) if t.view.leg.clause else ""
    return Told(Text("📮 ", t.number, head, clause))


def asked(t: Telling) -> Told:
    """One question, and how to answer it: no button, no form."""
    due = t.view.leg.info_due
    until = _("在 {at} 前").format(at=when(due, t.easel.zone)) if due else ""
    head = (
        _(" {agency}想问您一件事，请{until}直接发消息回答，文字、照片、语音都可以：")
        if t.to_resident
        else _(" {agency}想问你们一件事，请{until}回复这条消息：")
    )
    return Told(Text("❓ ", t.number, head.format(agency=t.agency, until=until)))


def reminded(t: Telling) -> Told | None:
    """The same question again; pointless once it is answered."""
    if t.view.leg.status is not Status.NEED_INFO:
        return None
    head = (
        _(" {agency}还在等您回答，直接发消息就行：")
        if t.to_resident
        else _(" {agency}还在等你们回答，请回复这条消息：")
    )
    return Told(Text("❓ ", t.number, head.format(agency=t.agency)))


def unanswered(t: Telling) -> Told:
    """Closed, since nobody could tell what to do."""
    head = _(" 一直没有等到您的回答，这件事先结案了。还想办，请点下面的按钮重开。")
    return Told(Text("📁 ", t.number, head), buttons=reopening(t.view.leg, t.chat, t.easel))


def goes_on(t: Telling) -> Told:
    """No answer, no harm."""
    head = (
        _(" 没有等到您的回答，{agency}先按已知的情况办理{finish}。您随时可以再补充。")
        if t.to_resident
        else _(" 没有等到你们的回答，{agency}先按已知的情况办理{finish}。")
    )
    return Told(Text("▶️ ", t.number, head.format(agency=t.agency, finish=t.finish)))


def redirected(t: Telling) -> Told:
    """Where to go instead, its number, and why."""
    facts = t.entry.facts
    head = _(" {agency}看过了：{why}。请找：").format(
        agency=t.agency, why=_(names.ELSEWHERE[Elsewhere(facts["elsewhere"])])
    )
    channel = Bold(
        _("{channel}，电话 {phone}").format(channel=facts["channel"], phone=facts["phone"])
    )
    told = Text("↪️ ", t.number, head, channel, _("。说明如下："))
    return Told(told, buttons=appealing(t.view.leg, t.chat, t.easel))


def rejected(t: Telling) -> Told:
    """Not accepted: on what ground, by which clause, why, and how to appeal."""
    facts = t.entry.facts
    head = _(" 经审核，这件事不予受理：{ground}。").format(
        ground=_(names.REJECTS[RejectGround(facts["rejects"])])
    )
    clause = _("依据：{clause}。").format(clause=facts["clause"]) if facts.get("clause") else ""
    appeal = _("不同意的话，{span}内可以点下面的按钮申诉。").format(
        span=spanned(t.easel.district.limits.step("appeal"))
    )
    told = Text(
        "⛔ ", t.number, head, clause, "\n", BlockQuote(str(facts["reason"])), "\n", appeal
    )
    return Told(told, relays=False, buttons=appealing(t.view.leg, t.chat, t.easel))


def rejected_here(t: Telling) -> Told:
    """To the agency that proposed it."""
    return Told(Text("⛔ ", t.number, _(" 不予受理已经同意，结案；呼叫人可以申诉。")))


def let_go(t: Telling) -> Told:
    """Withdrawn at last, as the caller asked."""
    head = _(" {agency}已确认安全，这件事按您的要求撤回了。").format(agency=t.agency)
    return Told(Text("📁 ", t.number, head))


def raised(t: Telling) -> Told:
    """What the card had no room for."""
    return Told(Text(_("📎 呼叫人的原话和材料 "), t.number), hides=True)


def given(t: Telling) -> Told | None:
    """Somebody else sorted it and gave it to this agency; who sorted for itself knows."""
    triager = t.entry.facts.get("triager")
    if triager == t.view.leg.agency:
        return None
    head = _(" {triager}受理后转来，请签收。").format(triager=t.named(triager))
    return Told(Text("📥 ", t.number, head, " ", *rung_for(t, Post.LIAISON)))


def given_late(t: Telling) -> Told:
    """Nobody sorted it in time: the list did."""
    triager = t.entry.facts.get("triager")
    head = (
        _(" 到时没有受理，已按清单派给本单位，请签收。")
        if triager == t.view.leg.agency
        else _(" {triager}到时没有受理，已按清单派给本单位，请签收。")
    )
    named = head.format(triager=t.named(triager))
    return Told(Text("🟡 ", t.number, named, " ", *rung_for(t, Post.LIAISON)))


def answered(t: Telling) -> Told:
    """The caller's answer, and what the clock does now."""
    due = t.view.leg.triage_due
    if t.view.leg.status is Status.TRIAGE and due:
        until = _("，请在 {at} 前受理").format(at=when(due, t.easel.zone))
    else:
        until = t.finish
    head = _(" {caller}回答了，时限接着走{until}：").format(caller=t.caller, until=until)
    return Told(Text("💡 ", t.number, head), hides=True)


def never_answered(t: Telling) -> Told:
    """Closed for want of an answer; nobody is scored for it."""
    return Told(Text("📁 ", t.number, _(" 呼叫人一直没有回答，已结案，不计入考核。")))


def goes_on_here(t: Telling) -> Told:
    """To the agency: the clock runs again."""
    head = _(" {caller}没有回答，时限接着走{finish}，请按已知的情况办理。").format(
        caller=t.caller, finish=t.finish
    )
    return Told(Text("▶️ ", t.number, head))


def wants_to_withdraw(t: Telling) -> Told:
    """A matter of safety: look first."""
    head = _(" 呼叫人想撤回。这件事涉及安全，请先看过现场，没有危险了再点卡片上的“同意撤回”。")
    words = masked(str(t.entry.facts.get("why") or ""))
    quote = ("\n", BlockQuote(words)) if words else ()
    return Told(Text("🚫 ", t.number, head, *quote, " ", *rung_for(t, Post.LIAISON)))


def left_unsorted(t: Telling) -> Told:
    """To whoever oversees the one that should have looked."""
    head = _(" {triager}受理超时，已按清单交给{agency}办理。").format(
        triager=t.named(t.entry.facts.get("triager")), agency=t.agency
    )
    return Told(Text("🟡 ", t.number, head))


TO_CALLER: dict[Action, Tells] = {
    Action.ADMIT: admitted,
    Action.DISPATCH_LATE: admitted,
    Action.ASK: asked,
    Action.INQUIRE: asked,
    Action.REMIND_INFO: reminded,
    Action.NO_REPLY: unanswered,
    Action.GO_ON: goes_on,
    Action.REDIRECT: redirected,
    Action.LET_GO: let_go,
    Action.REJECT: rejected,
}
TO_AGENCY: dict[Action, Tells] = {
    Action.RAISE: raised,
    Action.ADMIT: given,
    Action.DISPATCH_LATE: given_late,
    Action.ANSWER: answered,
    Action.NO_REPLY: never_answered,
    Action.GO_ON: goes_on_here,
    Action.ASK_TO_WITHDRAW: wants_to_withdraw,
    Action.REJECT: rejected_here,
}
TO_ADJUDICATOR: dict[Action, Tells] = {Action.DISPATCH_LATE: left_unsorted}
