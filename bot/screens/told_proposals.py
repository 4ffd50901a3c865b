"""What each side hears of what is proposed and decided: extensions, and every act of two persons.

Everything is said from the journal, which does not change; the leg may have moved on since. The
caller hears the new date and the reason, never who of the staff proposed or agreed.
"""

from __future__ import annotations

from aiogram.utils.formatting import BlockQuote, Text

from bot.screens import discreet, revealing, told_findings, told_holds
from bot.screens.masking import masked
from bot.screens.names import clean
from bot.screens.notices import Telling, Tells, Told
from bot.screens.nudges import rung_for
from bot.screens.proposals import named, until
from bot.words import _
from core.lifecycle import Action
from core.people import Post

LEADERS = (Post.HEAD, Post.DEPUTY)
# What whoever says the second word must read as well as whoever said the first.
WHOLE = {Action.HOLD: told_holds.plan_of, Action.FIND_UNREASONABLE: told_findings.basis}


def what(t: Telling) -> str:
    """``延期 3 个工作日``, of a step that proposes or decides."""
    return named(Action(t.entry.facts["act"]), t.entry.facts)


def reason(t: Telling) -> tuple[Text | str, ...]:
    """Why, in the agency's own words."""
    words = str(t.entry.facts.get("reason") or "")
    return ("\n", BlockQuote(words)) if words else ()


def asked(t: Telling) -> Told:
    """Somebody's word is asked for; what was said goes along."""
    head = _(" {agency}申请{what}，请在 {at} 前决定，过时视为不同意。理由：").format(
        agency=t.agency, what=what(t), at=until(t.entry.facts, t.easel)
    )
    if t.entry.action is Action.PROPOSE_REVEAL:
        head = _(" {name}申请{what}，请另一位经办人在 {at} 前决定，过时视为不同意。理由：").format(
            name=clean(t.entry.actor_name), what=what(t), at=until(t.entry.facts, t.easel)
        )
    own = t.entry.action is Action.PROPOSE_CALL_UP
    called = (" ", *rung_for(t, *LEADERS)) if own else ()
    return Told(Text("⚖️ ", t.number, *called, head.lstrip() if own else head))


def seconded(t: Telling) -> Told:
    """The first word of two was said; now the second is asked for."""
    head = _(" {agency}申请{what}，{first}已同意，请在 {at} 前决定，过时视为不同意。").format(
        agency=t.agency,
        what=what(t),
        first=t.named(t.entry.facts.get("asked")),
        at=until(t.entry.facts, t.easel),
    )
    act = Action(t.entry.facts["act"])
    if act is Action.SET_ASIDE:
        head = _(" {agency}申请{what}，已有一个人同意，还要另一个人在 {at} 前决定。").format(
            agency=t.agency, what=what(t), at=until(t.entry.facts, t.easel)
        )
    whole = ("\n", WHOLE[act](t)) if act in WHOLE else ()
    said = reason(t)
    why = said if act is Action.FIND_UNREASONABLE or not said else ("\n", _("理由："), *said)
    return Told(Text("⚖️ ", t.number, head, *whole, *why))


def as_before(t: Telling) -> str:
    """What goes on where nobody agreed: the date, the matter, or the score."""
    act = Action(t.entry.facts["act"])
    if act is Action.SET_ASIDE:
        return _("这次评价照常计入。")
    if act in (Action.EXTEND, Action.HOLD):
        return _("照原来的时限办理{finish}。").format(finish=t.finish)
    return _("照常办理{finish}。").format(finish=t.finish)


def refused(t: Telling) -> Told:
    """Not agreed: all as before."""
    head = _(" {who}不同意{what}，").format(who=t.named(t.entry.facts.get("asked")), what=what(t))
    return Told(Text("⚖️ ", t.number, head, as_before(t)))


def lapsed(t: Telling) -> Told:
    """Nobody decided in time."""
    head = _(" {agency}申请{what}，到时没有决定，视为不同意，").format(
        agency=t.agency, what=what(t)
    )
    blows = Action(t.entry.facts["act"]) is Action.CALL_UP
    again = _("还要吹哨的，请有权吹的人自己点卡片上的“上呼”。") if blows else ""
    return Told(Text("⚖️ ", t.number, head, as_before(t), again))


def extended(t: Telling) -> Told:
    """To the agency: more time, by its own rules."""
    head = _(" 已同意{what}{finish}。").format(what=what(t), finish=t.finish)
    return Told(Text("⏳ ", t.number, head, " ", *rung_for(t, Post.LIAISON)))


def longer(t: Telling) -> Told:
    """To the caller: the new date, an apology, and why."""
    head = _(" 抱歉，{agency}需要更多时间{finish}。原因：").format(
        agency=t.agency, finish=t.finish
    )
    quote = BlockQuote(masked(str(t.entry.facts.get("reason") or ""), landlines=False))
    return Told(Text("⏳ ", t.number, head, "\n", quote), relays=False)


def moved(t: Telling) -> Told:
    """To the caller of a leg that called up: its date follows the one above."""
    above, called = t.named(t.entry.facts.get("agency")), t.entry.facts.get("called")
    if called:
        told = _(" {above}已呼叫{called}一起解决，仍由{agency}答复您{finish}。").format(
            above=above, called=t.named(called), agency=t.agency, finish=t.finish
        )
        return Told(Text("📣 ", t.number, told))
    head = _(" {above}需要更多时间，{agency}答复您的日期也顺延{finish}。").format(
        above=above, agency=t.agency, finish=t.finish
    )
    return Told(Text("⏳ ", t.number, head))


TO_CALLER: dict[Action, Tells] = (
    {Action.EXTEND: longer, Action.MOVE_DATE: moved}
    | told_holds.TO_CALLER
    | told_findings.TO_CALLER
)
TO_AGENCY: dict[Action, Tells] = (
    {
        Action.REFUSE: refused,
        Action.LAPSE_PROPOSAL: lapsed,
        Action.EXTEND: extended,
    }
    | told_holds.TO_AGENCY
    | told_findings.TO_AGENCY
    | revealing.TO_AGENCY
    | discreet.TO_AGENCY
)
TO_APPROVER: dict[Action, Tells] = (
    {
        Action.ASK_EXTENSION: asked,
        Action.PROPOSE_REJECTION: asked,
        Action.PROPOSE_CALL_UP: asked,
        Action.PROPOSE_REVEAL: asked,
        Action.PROPOSE_LIFT: asked,
        Action.SECOND: seconded,
        Action.LAPSE_PROPOSAL: lapsed,
    }
    | told_holds.TO_APPROVER
    | told_findings.TO_APPROVER
)
TO_SUPPORTER = told_findings.TO_SUPPORTER
