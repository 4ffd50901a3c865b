"""What each side hears when a demand is found unreasonable, or a rating is set aside."""

from __future__ import annotations

from aiogram.utils.formatting import BlockQuote, Text

from bot.screens.after_closing import appealing, reopening
from bot.screens.masking import masked
from bot.screens.notices import Telling, Tells, Told, score
from bot.screens.proposals import until
from bot.screens.times import spanned
from bot.words import _
from core.lifecycle import Action


def unstopped(words: object) -> str:
    """What was typed, without the full stop that our own sentence brings."""
    return str(words).rstrip("。．.；; ")


def asked(t: Telling) -> Told:
    """To those who decide: what the caller would read; the reason goes along."""
    facts = t.entry.facts
    head = _(" {agency}申请认定为不合理诉求，请在 {at} 前决定，过时视为不同意。").format(
        agency=t.agency, at=until(facts, t.easel)
    )
    return Told(Text("⚖️ ", t.number, head, "\n", basis(t)))


def basis(t: Telling) -> str:
    """By which rule, and what else there is; the reason follows."""
    return _("依据：{clause}。其他途径：{remedies}。理由：").format(
        clause=unstopped(t.entry.facts["clause"]), remedies=unstopped(t.entry.facts["remedies"])
    )


def found(t: Telling) -> Told:
    """To the caller: why, by which rule, where else, and how to appeal."""
    facts = t.entry.facts
    head = _(" 经上级审核，这件事的要求超出了规定能解决的范围，不再继续办理，抱歉。")
    rule = _("依据：{clause}。您还可以：{remedies}。").format(
        clause=unstopped(facts["clause"]), remedies=unstopped(facts["remedies"])
    )
    appeal = _("不同意的话，{span}内可以点下面的按钮申诉。").format(
        span=spanned(t.easel.district.limits.step("appeal"))
    )
    why = BlockQuote(masked(str(facts["reason"]), landlines=False))
    told = Text("⚖️ ", t.number, head, "\n", why, "\n", rule, "\n", appeal)
    return Told(told, relays=False, buttons=appealing(t.view.leg, t.chat, t.easel))


def found_here(t: Telling) -> Told:
    """To the agency that proposed it."""
    return Told(Text("⚖️ ", t.number, _(" 已认定为不合理诉求，结案；呼叫人可以申诉。")))


def found_beside(t: Telling) -> Told:
    """To those who stand by the call."""
    head = _(" 您也反映过的这件事，经上级审核不再继续办理。您那里还有问题，请直接发消息告诉我。")
    return Told(Text("👥 ", t.number, head), relays=False)


def contested(t: Telling) -> Told:
    """To the district: the rating, the caller's words, and what the agency says against it."""
    words = masked(str(t.entry.facts.get("words") or ""))
    said = ("\n", _("呼叫人评价时说："), "\n", BlockQuote(words)) if words else ()
    head = _(
        " {agency}对评价有异议（{score}），请在 {at} 前由两个人决定，过时视为不同意。"
    ).format(agency=t.agency, score=score(t), at=until(t.entry.facts, t.easel))
    return Told(Text("⚖️ ", t.number, head, *said, "\n", _("理由：")))


def set_aside(t: Telling) -> Told:
    """To the caller: the words stay, the score does not count; what is not solved goes on."""
    head = _(" 您的评价（{score}）经区里两人复核，不计入考核；您说的话都还保留着。原因：").format(
        score=score(t)
    )
    why = BlockQuote(masked(str(t.entry.facts.get("reason") or ""), landlines=False))
    again = reopening(t.view.leg, t.chat, t.easel) if t.to_resident else ()
    return Told(Text("⚖️ ", t.number, head, "\n", why), relays=False, buttons=again)


def set_aside_here(t: Telling) -> Told:
    """To the agency that objected."""
    return Told(Text("⚖️ ", t.number, _(" 区里同意：这次评价不计入考核。")))


TO_CALLER: dict[Action, Tells] = {
    Action.FIND_UNREASONABLE: found,
    Action.SET_ASIDE: set_aside,
}
TO_AGENCY: dict[Action, Tells] = {
    Action.FIND_UNREASONABLE: found_here,
    Action.SET_ASIDE: set_aside_here,
}
TO_APPROVER: dict[Action, Tells] = {
    Action.PROPOSE_FINDING: asked,
    Action.OBJECT_TO_RATING: contested,
}
TO_SUPPORTER: dict[Action, Tells] = {Action.FIND_UNREASONABLE: found_beside}
