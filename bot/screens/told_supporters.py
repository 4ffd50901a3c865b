"""What supporters hear of a call they stand by: public steps, agencies' names, no people."""

from __future__ import annotations

from dataclasses import replace

from aiogram.utils.formatting import Text

from bot.screens import gestures, names, plans, told_arrivals
from bot.screens.buttons import Rows
from bot.screens.masking import masked
from bot.screens.notices import Telling, Tells, Told
from bot.screens.screen import Button
from bot.words import _
from core.holding import of_facts
from core.lifecycle import Action, Status
from core.rating import Verdict


def dispatched(t: Telling) -> Told:
    """Somebody else answers from now on."""
    return _told(t, _("已转由{agency}办理{finish}。"), relays=False)


def acknowledged(t: Telling) -> Told:
    """Who took it, and until when."""
    return _told(t, _("{agency}已签收，正在办理{finish}。"))


def progressed(t: Telling) -> Told:
    """How it goes."""
    return _told(t, _("{agency}办理进展："))


def called_up(t: Telling) -> Told:
    """Who was called."""
    above = t.named(t.entry.facts.get("agency"))
    return _told(t, _("{agency}已呼叫{above}一起解决{finish}。"), relays=False, above=above)


def resolved(t: Telling) -> Told:
    """The answer, and the question how it looks from here."""
    asks = t.view.leg.status in (Status.RESOLVED, Status.VERIFYING)
    return _told(
        t, _("{agency}已办结。您那里解决了吗？答复如下："), buttons=verdicts(t) if asks else ()
    )


def reworked(t: Telling) -> Told:
    """Once more, since it was not solved."""
    return _told(t, _("还没有解决，已请{agency}重办{finish}。"))


def failed(t: Telling) -> Told:
    """Somebody looked, and it was not done; what the offices say of it stays between them."""
    return _told(t, _("还没有解决，已请{agency}重办{finish}。"), relays=False)


def reopened(t: Telling) -> Told:
    """It is not over after all."""
    return _told(t, _("已重开，由{agency}接着办理{finish}。"), relays=False)


def withdrawn(t: Telling) -> Told:
    """The matter is off; whoever still has it may raise it."""
    return _told(t, _("呼叫人已撤回，这一件不再办理。您那里还有问题，请直接发消息告诉我。"))


def redirected(t: Telling) -> Told:
    """Where to go instead."""
    facts = t.entry.facts
    words = _("{agency}看过了，请找：{channel}，电话 {phone}。")
    return _told(t, words, channel=facts["channel"], phone=facts["phone"])


def unanswered(t: Telling) -> Told:
    """Its caller never told what was missing; whoever still has it may raise it."""
    return _told(t, _("缺少情况，已结案。您那里还有问题，请直接发消息告诉我。"))


def closed(t: Telling) -> Told:
    """Nothing more will happen."""
    outcome = t.view.leg.outcome
    ended = _(names.OUTCOMES[outcome]) if outcome else _(names.STATUSES[t.view.leg.status])
    return _told(t, _("已结案（{ended}）。"), ended=ended)


def extended(t: Telling) -> Told:
    """It takes longer."""
    return _told(t, _("{agency}需要更多时间{finish}。"))


def held(t: Telling) -> Told:
    """Not now, but by these steps."""
    plan = of_facts(t.entry.facts)
    told = _told(t, _("{agency}暂时办不完，上级已同意列入计划（挂账）："), relays=False)
    lines = "\n".join(plans.for_caller(plan, t.easel.zone))
    return replace(told, head=Text(told.head, "\n", masked(lines, landlines=False)))


def resumed(t: Telling) -> Told:
    """Work goes on."""
    return _told(t, _("{agency}已恢复办理{finish}。"))


def verdicts(t: Telling) -> Rows:
    """One tap: is it solved where this supporter lives?"""
    leg = t.view.leg
    data = [
        t.easel.data(gestures.BESIDE, leg.id, leg.version, chat=t.chat, extra=verdict)
        for verdict in Verdict
    ]
    drawn = zip(Verdict, data, strict=True)
    return (tuple(Button(_(names.VERDICTS[verdict]), data=one) for verdict, one in drawn),)


def _told(
    t: Telling, words: str, *, relays: bool = True, buttons: Rows = (), **facts: str
) -> Told:
    said = words.format(agency=t.agency, finish=t.finish, **facts)
    head = Text("👥 ", t.number, " ", _("您也反映过的这件事："), said)
    return Told(head, relays=relays, hides=True, buttons=buttons)


def merged(t: Telling) -> Told:
    """Which call goes on for both."""
    number = str(t.entry.facts.get("number"))
    return _told(t, _("已并入 {number} 一起办理，有进展照样告诉您。"), number=number)


TO_SUPPORTER: dict[Action, Tells] = {
    Action.DISPATCH: dispatched,
    Action.ACKNOWLEDGE: acknowledged,
    Action.PROGRESS: progressed,
    Action.CALL_UP: called_up,
    Action.RESOLVE: resolved,
    Action.REWORK: reworked,
    Action.FAIL: failed,
    Action.REOPEN: reopened,
    Action.REOPEN_BY_HAND: reopened,
    Action.REOPEN_ABOVE: reopened,
    Action.WITHDRAW: withdrawn,
    Action.LET_GO: withdrawn,
    Action.ADMIT: dispatched,
    Action.DISPATCH_LATE: dispatched,
    Action.REDIRECT: redirected,
    Action.NO_REPLY: unanswered,
    Action.REJECT: closed,
    Action.ACCEPT: closed,
    Action.GIVE_UP: closed,
    Action.LAPSE: closed,
    Action.MERGE: merged,
    Action.EXTEND: extended,
    Action.HOLD: held,
    Action.TAKE_UP: resumed,
    Action.TAKE_UP_AGAIN: resumed,
    Action.ORDER_UP: resumed,
    **told_arrivals.TO_SUPPORTER,
}
