"""What one person proposes and another decides: how it reads on a card and in a notice (R7).

An act of two persons needs its words in ``ACTS`` and, where it says more than its name, in
``ABOUT``: a function of the proposal's facts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.screens import names
from bot.screens.times import spanned, when
from bot.words import N_, _
from core.holding import HoldGround
from core.lifecycle import Action
from core.limits import Span, Unit
from core.rejecting import RejectGround
from core.whistle import Whistle

if TYPE_CHECKING:
    from bot.screens.easel import Easel
    from core.leg import Leg
    from core.views import LegView

Facts = Mapping[str, Any]
ACTS = {
    Action.EXTEND: N_("延期"),
    Action.REJECT: N_("不予受理"),
    Action.HOLD: N_("挂账"),
    Action.CALL_UP: N_("吹哨"),
    Action.FIND_UNREASONABLE: N_("认定不合理诉求"),
    Action.SET_ASIDE: N_("评价不计入考核"),
    Action.LET_SEE: N_("查看呼叫人电话"),
    Action.LIFT: N_("解除保密，转回普通办理"),
}


def _longer(facts: Facts) -> str:
    return spanned(Span(float(facts["amount"]), Unit(facts["unit"])))


def _grounded(facts: Facts) -> str:
    return _("（{ground}）").format(ground=_(names.REJECTS[RejectGround(facts["rejects"])]))


def _held(facts: Facts) -> str:
    ground = _(names.HOLD_GROUNDS[HoldGround(facts["hold_ground"])])
    return _("（{ground}）").format(ground=ground)


def _blown(facts: Facts) -> str:
    return _("（{whistle}）").format(whistle=_(names.WHISTLES[Whistle(facts["whistle"])]))


ABOUT: dict[Action, Callable[[Facts], str]] = {
    Action.EXTEND: _longer,
    Action.REJECT: _grounded,
    Action.HOLD: _held,
    Action.CALL_UP: _blown,
}


def named(act: Action, facts: Facts) -> str:
    """``延期 3 个工作日``: the act, and what it is about."""
    about = ABOUT[act](facts) if act in ABOUT else ""
    return f"{_(ACTS[act])}{'' if about.startswith('（') else ' '}{about}".strip()


def proposed(view: LegView, easel: Easel) -> list[str]:
    """What waits for whose word, and until when; a line of the card."""
    proposal = view.leg.proposal
    if proposal is None:
        return []
    words = _("⚖️ 申请{what}，等【{agency}】在 {at} 前决定").format(
        what=named(proposal.act, proposal.facts),
        agency=easel.name_of(proposal.asked),
        at=when(proposal.due, easel.zone),
    )
    agreed = proposal.seconded_in
    if agreed is None:
        return [words]
    if agreed == proposal.asked:
        return [words + _("（已有一个人同意，还要另一个人）")]
    return [words + _("（【{agency}】已同意）").format(agency=easel.name_of(agreed))]


def approved(leg: Leg, easel: Easel) -> str:
    """The toast of whoever agreed."""
    if leg.proposal is None:
        return _("已同意，办理单位和呼叫人会收到。")
    asked = leg.proposal.asked
    if asked == leg.proposal.seconded_in:
        return _("已同意，还要本单位另一个人同意。")
    return _("已同意，还要等【{agency}】决定。").format(agency=easel.name_of(asked))


def until(facts: Facts, easel: Easel) -> str:
    """The moment by which a proposal is decided, as the journal kept it."""
    return when(datetime.fromisoformat(str(facts["until"])), easel.zone)
