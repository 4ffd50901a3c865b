"""Whatever anybody does, in whatever order: the life of a call keeps its promises."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.call import Call
from core.desk import Desk
from core.errors import CoreError
from core.holding import HoldGround, HoldPlan, Milestone
from core.leg import Leg, parts_in
from core.lifecycle import Action, Outcome, Status, rule_for
from core.people import Actor
from core.rating import Conclusion, Verdict
from core.redirecting import Elsewhere
from core.rejecting import RejectGround
from core.returning import Ground
from core.views import CallView
from tests.core.playing import (
    DENG,
    DISTRICT,
    LI,
    LIANG,
    LIGHTS,
    LIN,
    STRANGER,
    STREET,
    TAN,
    WATER,
    WU,
    ZHOU,
    Stage,
    photo,
    words,
)
from tests.fakes import MemoryUnits


def plan_from(now: datetime) -> HoldPlan:
    """Two steps within a fortnight, a review after it."""
    steps = (
        Milestone("立项", now + timedelta(days=5)),
        Milestone("施工", now + timedelta(days=12)),
    )
    return HoldPlan(HoldGround.MONEY, "", "周主任", steps, now + timedelta(days=20))


Act = Callable[[Desk, Leg, Actor, Stage], Awaitable[object]]

ACTS: dict[str, Act] = {
    "acknowledge": lambda d, g, by, s: d.acknowledge(g.id, by=by, now=s.now, version=g.version),
    "reply": lambda d, g, by, s: d.reply(g.id, words("明天去"), by=by, now=s.now),
    "progress": lambda d, g, by, s: d.progress(g.id, words("在修"), by=by, now=s.now),
    "note": lambda d, g, by, s: d.note(g.id, words("内部"), by=by, now=s.now),
    "add": lambda d, g, by, s: d.add(g.id, photo("还有这里"), by=by, now=s.now),
    "resolve": lambda d, g, by, s: d.resolve(
        g.id, conclusion=Conclusion.SOLVED, pieces=photo("好了"), by=by, now=s.now
    ),
    "return": lambda d, g, by, s: d.return_leg(
        g.id, ground=Ground.DUTY, proposed=LIGHTS, pieces=(), by=by, now=s.now
    ),
    "agree": lambda d, g, by, s: d.agree_return(g.id, by=by, now=s.now),
    "decline": lambda d, g, by, s: d.decline_return(g.id, by=by, now=s.now),
    "street": lambda d, g, by, s: d.call_up(
        g.id, target=STREET, pieces=words("先处置了"), by=by, now=s.now
    ),
    "department": lambda d, g, by, s: d.call_up(
        g.id, target=WATER, pieces=words("请水务来"), by=by, now=s.now
    ),
    "solved": lambda d, g, by, s: d.rate(g.id, verdict=Verdict.SOLVED, stars=5, by=by, now=s.now),
    "close anyway": lambda d, g, by, s: d.rate(
        g.id, verdict=Verdict.UNSOLVED, stars=1, by=by, now=s.now
    ),
    "rework": lambda d, g, by, s: d.rework(g.id, by=by, now=s.now),
    "urge": lambda d, g, by, s: d.urge(g.call_id, by=by, now=s.now),
    "withdraw": lambda d, g, by, s: d.withdraw(g.call_id, by=by, now=s.now),
    "reclass": lambda d, g, by, s: d.reclass(g.id, item="11", by=by, now=s.now),
    "reclass above": lambda d, g, by, s: d.reclass(g.id, item="13", by=by, now=s.now),
    "phone": lambda d, g, by, s: d.log_phone(
        g.id, reached=True, pieces=words("约好了"), by=by, now=s.now
    ),
    "co": lambda d, g, by, s: d.add_co(
        g.id, agency=LIGHTS, pieces=words("请来看看"), by=by, now=s.now
    ),
    "longer": lambda d, g, by, s: d.ask_extension(
        g.id, amount=1, pieces=words("等配件"), by=by, now=s.now
    ),
    "explain": lambda d, g, by, s: d.resolve(
        g.id, conclusion=Conclusion.EXPLAINED, pieces=photo("办不了"), by=by, now=s.now
    ),
    "finding": lambda d, g, by, s: d.propose_finding(
        g.id, clause="第 5 条", remedies="调解", pieces=words("超出"), by=by, now=s.now
    ),
    "contest": lambda d, g, by, s: d.object_to_rating(
        g.id, pieces=words("评错了"), by=by, now=s.now
    ),
    "hold": lambda d, g, by, s: d.propose_hold(
        g.id, plan_from(s.now), pieces=words("等专项资金"), by=by, now=s.now
    ),
    "reach": lambda d, g, by, s: d.reach_milestone(g.id, 0, by=by, now=s.now),
    "object": lambda d, g, by, s: d.object_to_hold(g.id, words="太久", by=by, now=s.now),
    "take up": lambda d, g, by, s: d.take_up(g.id, by=by, now=s.now),
    "order up": lambda d, g, by, s: d.order_up(g.id, words="快办", by=by, now=s.now),
    "approve": lambda d, g, by, s: d.approve(g.id, by=by, now=s.now),
    "refuse": lambda d, g, by, s: d.refuse(g.id, by=by, now=s.now),
    "support": lambda d, g, by, s: d.support(g.call_id, pieces=words("我也是"), by=by, now=s.now),
    "unsupport": lambda d, g, by, s: d.unsupport(g.call_id, by=by, now=s.now),
    "beside": lambda d, g, by, s: d.rate_beside(g.id, verdict=Verdict.SOLVED, by=by, now=s.now),
    "pass": lambda d, g, by, s: d.pass_verification(g.id, by=by, now=s.now, version=g.version),
    "fail": lambda d, g, by, s: d.fail_verification(
        g.id, nothing_done=True, pieces=photo("还是黑的"), by=by, now=s.now
    ),
    "rate ahead": lambda d, g, by, s: d.rate(
        g.id, verdict=Verdict.PARTLY, stars=3, by=by, now=s.now
    ),
    "press by hand": lambda d, g, by, s: d.press_by_hand(g.id, words("请盯紧"), by=by, now=s.now),
    "reopen": lambda d, g, by, s: d.reopen(g.id, words("又坏了"), by=by, now=s.now),
    "reopen by hand": lambda d, g, by, s: d.reopen_by_hand(
        g.id, words("领导批示"), by=by, now=s.now
    ),
    "still good": lambda d, g, by, s: d.still_good(g.id, by=by, now=s.now),
    "admit": lambda d, g, by, s: d.admit(g.id, by=by, now=s.now, version=g.version),
    "admit as water": lambda d, g, by, s: d.admit(g.id, item="11", by=by, now=s.now),
    "ask": lambda d, g, by, s: d.ask(g.id, words("在哪一栋？"), by=by, now=s.now),
    "inquire": lambda d, g, by, s: d.inquire(g.id, words("还在吗？"), by=by, now=s.now),
    "answer": lambda d, g, by, s: d.add(g.id, words("三栋"), by=by, now=s.now),
    "redirect": lambda d, g, by, s: d.redirect(
        g.id,
        reason=Elsewhere.PRIVATE,
        channel="消费维权",
        phone="12315",
        pieces=words("归他们"),
        by=by,
        now=s.now,
    ),
    "propose rejection": lambda d, g, by, s: d.propose_rejection(
        g.id, ground=RejectGround.VAGUE, pieces=words("说不清"), by=by, now=s.now
    ),
    "let go": lambda d, g, by, s: d.let_go(g.id, by=by, now=s.now),
    "name lead": lambda d, g, by, s: d.name_lead(g.id, agency=WATER, by=by, now=s.now),
    "split": lambda d, g, by, s: d.split(
        g.id, item="1", pieces=words("还有垃圾"), draft_id=f"split {g.id}", by=by, now=s.now
    ),
    "part": lambda d, g, by, s: d.part(g.id, by=by, now=s.now),
    "block": lambda d, g, by, s: d.unreachable(LIN.account, now=s.now),
}
WHO = (LIN, LI, ZHOU, LIANG, TAN, WU, DENG, STRANGER)
ROW_OF = {
    "acknowledge": Action.ACKNOWLEDGE,
    "reply": Action.REPLY,
    "progress": Action.PROGRESS,
    "note": Action.NOTE,
    "add": Action.ADD,
    "resolve": Action.RESOLVE,
    "return": Action.RETURN,
    "agree": Action.AGREE,
    "decline": Action.DECLINE,
    "street": Action.CALL_UP,
    "department": Action.CALL_UP,
    "solved": Action.ACCEPT,
    "close anyway": Action.GIVE_UP,
    "rework": Action.REWORK,
    "urge": Action.URGE,
    "withdraw": Action.WITHDRAW,
    "reclass": Action.RECLASS,
    "reclass above": Action.RECLASS_ABOVE,
    "phone": Action.LOG_PHONE,
    "co": Action.ADD_CO,
    "longer": Action.ASK_EXTENSION,
    "explain": Action.RESOLVE,
    "finding": Action.PROPOSE_FINDING,
    "contest": Action.OBJECT_TO_RATING,
    "hold": Action.PROPOSE_HOLD,
    "reach": Action.REACH_MILESTONE,
    "object": Action.OBJECT_TO_HOLD,
    "take up": Action.TAKE_UP,
    "order up": Action.ORDER_UP,
    "approve": Action.SECOND,
    "refuse": Action.REFUSE,
    "support": Action.SUPPORT,
    "unsupport": Action.UNSUPPORT,
    "beside": Action.RATE_BESIDE,
    "pass": Action.PASS,
    "fail": Action.FAIL,
    "rate ahead": Action.RATE_AHEAD,
    "press by hand": Action.PRESS_BY_HAND,
    "reopen": Action.REOPEN,
    "reopen by hand": Action.REOPEN_BY_HAND,
    "still good": Action.STILL_GOOD,
    "admit": Action.ADMIT,
    "admit as water": Action.ADMIT,
    "ask": Action.ASK,
    "inquire": Action.INQUIRE,
    "answer": Action.ANSWER,
    "redirect": Action.REDIRECT,
    "let go": Action.LET_GO,
    "part": Action.PART,
    "split": Action.SPLIT,
    "propose rejection": Action.PROPOSE_REJECTION,
    "name lead": Action.NAME_LEAD,
}
# Withdrawing and reopening by hand are always possible: they would crowd out everything else.
SELDOM = ("withdraw", "redirect", "propose rejection", "reopen by hand", "still good")
FITTING = st.tuples(st.just("fitting"), st.integers(0, 10_000))
WILD = st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, len(WHO) - 1))
STEPS = st.tuples(
    st.one_of(FITTING, FITTING, FITTING, WILD),
    st.integers(0, 4),
    st.sampled_from((0, 0, 0, 0, 1, 5, 80)),
)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
@given(st.booleans(), st.booleans(), st.lists(STEPS, min_size=15, max_size=40))
def test_the_life_of_a_call_keeps_its_promises(danger, sure, steps):
    assert asyncio.run(_live(danger, sure, steps)) is None


async def _live(danger: bool, sure: bool, steps: list[tuple[tuple[str, int], int, int]]) -> None:
    stage = await Stage(MemoryUnits()).set_up()
    call = await stage.raised(danger=danger, sure=sure)
    before: CallView | None = None
    for choice, which, hours in steps:
        await stage.tick(stage.now + timedelta(hours=hours))
        await _try(stage, call, choice, which)
        view = await stage.call(call)
        _check(view, before)
        before = view
    await _time_ends_it(stage, call)


async def _try(stage: Stage, call: Call, choice: tuple[str, int], which: int) -> None:
    legs = (await stage.call(call)).legs
    leg = legs[-1 - which % len(legs)].leg
    name, who = _chosen(leg, call, *choice)
    try:
        async with stage.desk() as desk:
            await ACTS[name](desk, leg, who, stage)
    except CoreError:
        return


def _chosen(leg: Leg, call: Call, name: str, number: int) -> tuple[str, Actor]:
    """A step the table allows somebody here, or any step by anybody."""
    if name != "fitting":
        return name, WHO[number]
    fitting = [
        (act, who)
        for act, action in ROW_OF.items()
        for who in WHO
        if (act not in SELDOM or number % 5 == 0)
        and rule_for(action).who in parts_in(leg, by=who, caller=call.caller, district=DISTRICT)
        and leg.status in rule_for(action).while_in
    ]
    return fitting[number % len(fitting)] if fitting else ("block", LIN)


def _check(view: CallView, before: CallView | None) -> None:
    open_legs = [v.leg for v in view.legs if v.leg.open]
    assert all(leg.next_due is not None for leg in open_legs), "an open leg that time forgot"
    closed = [v.leg for v in view.legs if not v.leg.open]
    quiet = [leg for leg in closed if leg.proposal is None]
    for leg in quiet:  # the look back keeps to the quiet hours: never earlier, perhaps later
        asked, due = leg.next_due, leg.look_back_due
        assert (asked is None) == (due is None), "closed, and not let be"
        assert asked is None or due is None or asked >= due, "asked too early"
    assert all((v.leg.outcome is None) == v.leg.open for v in view.legs)
    for one in view.legs:
        if one.leg.outcome in (Outcome.SOLVED, Outcome.UNSOLVED, Outcome.UNRATED):
            assert not any(child.leg.open for child in one.children), "closed over an open child"
        assert all(_calls(one, rating.by) for rating in one.ratings), "rated by a stranger"
        assert len({rating.round for rating in one.ratings}) == len(one.ratings)
    own = [v.leg for v in view.legs if v.leg.parent_id is None]
    assert sum(leg.open for leg in own) <= 1, "two agencies answer one caller"
    assert (view.call.closed_at is None) == any(leg.open for leg in own)
    times = [entry.at for entry in view.entries]
    assert times == sorted(times)
    if before:
        assert view.entries[: len(before.entries)] == before.entries, "the journal was changed"


def _calls(view, account: int) -> bool:
    if view.leg.caller_agency is None:
        return account == LIN.account
    actor = next(who for who in WHO if who.account == account)
    return actor.acts_for(view.leg.caller_agency)


async def _time_ends_it(stage: Stage, call: Call) -> None:
    """From any state the agencies and the clock alone lead to a closed call."""
    for _ in range(12):
        for one in reversed((await stage.call(call)).legs):
            for who in (LI, LIANG, TAN, WU, DENG):
                for name in ("decline", "acknowledge", "resolve"):
                    await _one(stage, name, one.leg.id, who)
        await stage.tick(stage.now + timedelta(days=8))
    view = await stage.call(call)
    assert all(v.leg.status is Status.CLOSED for v in view.legs)


async def _one(stage: Stage, name: str, leg_id: int, who: Actor) -> None:
    try:
        async with stage.desk() as desk:
            leg = await desk.work.legs.get(leg_id)
            await ACTS[name](desk, leg, who, stage)
    except CoreError:
        return
