"""What callers hear of their leg: the resident in private, or the agency that called up."""

from __future__ import annotations

from aiogram.utils.formatting import Text

from bot.screens import (
    names,
    told_arrivals,
    told_checks,
    told_corrections,
    told_together,
    told_triage,
    told_types,
)
from bot.screens.after_closing import reopening
from bot.screens.notices import Telling, Tells, Told
from bot.screens.told_checks import looked_at, rating
from bot.words import _
from core.lifecycle import Action, Outcome, Status


def dispatched(t: Telling) -> Told:
    """Somebody else answers from now on."""
    head = _(" 已转由{agency}办理{finish}。").format(agency=t.agency, finish=t.finish)
    return Told(Text("🔀 ", t.number, head), relays=False)


def acknowledged(t: Telling) -> Told:
    """Who took it, and until when."""
    head = _(" {agency}已签收，正在办理{finish}。").format(agency=t.agency, finish=t.finish)
    return Told(Text("📌 ", t.number, head))


def replied(t: Telling) -> Told:
    """The agency's words, unchanged."""
    return Told(Text("💬 ", t.number, _(" {agency}回复：").format(agency=t.agency)))


def progressed(t: Telling) -> Told:
    """How it goes."""
    return Told(Text("🔧 ", t.number, _(" {agency}办理进展：").format(agency=t.agency)))


def called_up(t: Telling) -> Told:
    """Who was called; what the agencies tell each other stays between them."""
    above = t.named(t.entry.facts.get("agency"))
    head = _(" {agency}已呼叫{above}一起解决{finish}。").format(
        agency=t.agency, above=above, finish=t.finish
    )
    return Told(Text("📣 ", t.number, head), relays=False)


def resolved(t: Telling) -> Told:
    """The answer, and the question what it is worth."""
    claim = next(
        (_(w) for c, w in names.CONCLUSIONS.items() if c == t.entry.facts.get("conclusion")), ""
    )
    head = _(" {agency}已办结（{claim}）{looked_at}，请您评价。答复如下：").format(
        agency=t.agency, claim=claim, looked_at=looked_at(t)
    )
    return Told(Text("🏁 ", t.number, head), buttons=rating(t))


def reminded(t: Telling) -> Told | None:
    """The same question a second time; pointless once it is answered."""
    if t.view.leg.status is not Status.RESOLVED:
        return None
    head = _(" {agency}已办结，还在等您的评价。事情解决了吗？").format(agency=t.agency)
    return Told(Text("⭐ ", t.number, head), buttons=rating(t))


def lapsed(t: Telling) -> Told | None:
    """Closed without a rating, which may still be given."""
    if t.view.leg.outcome is not Outcome.UNRATED:
        return None
    head = _(" 没有等到您的评价，已先结案。您仍可以补评，点下面的按钮就行：")
    again = reopening(t.view.leg, t.chat, t.easel) if t.to_resident else ()
    return Told(Text("📁 ", t.number, head), buttons=(*rating(t), *again))


TO_CALLER: dict[Action, Tells] = {
    Action.DISPATCH: dispatched,
    Action.ACKNOWLEDGE: acknowledged,
    Action.REPLY: replied,
    Action.PROGRESS: progressed,
    Action.CALL_UP: called_up,
    Action.RESOLVE: resolved,
    Action.REMIND: reminded,
    Action.LAPSE: lapsed,
    **told_corrections.TO_CALLER,
    **told_together.TO_CALLER,
    **told_checks.TO_CALLER,
    **told_triage.TO_CALLER,
    **told_arrivals.TO_CALLER,
    **told_types.TO_CALLER,
}
