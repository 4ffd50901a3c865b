"""Everything anybody could do to a leg, by name, and which row of the table it takes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from core.desk import Desk
from core.holding import HoldGround, HoldPlan, Milestone
from core.intent import Intent
from core.journal import Origin
from core.leg import Leg
from core.lifecycle import Action
from core.people import Actor, Post
from core.rating import Conclusion, Verdict
from core.redirecting import Elsewhere
from core.rejecting import RejectGround
from core.returning import Ground
from core.whistle import Whistle
from tests.core.playing import (
    CHATS,
    COMMUNITY,
    DENG,
    DISTRICT,
    LI,
    LIANG,
    LIGHTS,
    LIN,
    STRANGER,
    STREET,
    TAN,
    TEAM,
    WATER,
    WU,
    ZHONG,
    ZHOU,
    Stage,
    photo,
    words,
)


def plan_from(now: datetime, *days: int) -> HoldPlan:
    """A step on each of these days, within a fortnight if nothing is said; a review after it."""
    dues = [now + timedelta(days=day) for day in days or (5, 12)]
    steps = tuple(Milestone(f"第{n}步", due) for n, due in enumerate(dues, 1))
    return HoldPlan(HoldGround.MONEY, "", "周主任", steps, now + timedelta(days=20))


async def claimed(desk: Desk, leg: Leg, by: Actor, stage: Stage, code: str) -> object:
    """Somebody takes a call over, or tries to."""
    call = await desk.work.calls.get(leg.call_id)
    return await desk.claim(call.number, code, by=by, now=stage.now)


async def merged(desk: Desk, leg: Leg, by: Actor, stage: Stage) -> object:
    """Into the call beside."""
    beside = await desk.work.calls.by_draft(BESIDE)
    return await desk.merge(leg.id, into=beside.id if beside else 0, by=by, now=stage.now)


def _other(leg: Leg) -> str:
    return WATER if leg.agency == LIGHTS else LIGHTS


Act = Callable[[Desk, Leg, Actor, Stage], Awaitable[object]]

ACTS: dict[str, Act] = {
    "acknowledge": lambda d, g, by, s: d.acknowledge(g.id, by=by, now=s.now, version=g.version),
    "reply": lambda d, g, by, s: d.reply(g.id, words("明天去"), by=by, now=s.now, origin=SAID_AT),
    "progress": lambda d, g, by, s: d.progress(g.id, words("在修"), by=by, now=s.now),
    "note": lambda d, g, by, s: d.note(g.id, words(NOTE), by=by, now=s.now),
    "add": lambda d, g, by, s: d.add(g.id, photo("还有这里"), by=by, now=s.now, origin=TOLD_AT),
    "resolve": lambda d, g, by, s: d.resolve(
        g.id, conclusion=Conclusion.SOLVED, pieces=photo("好了"), by=by, now=s.now
    ),
    "return": lambda d, g, by, s: d.return_leg(
        g.id, ground=Ground.DUTY, proposed=_other(g), pieces=(), by=by, now=s.now
    ),
    "agree": lambda d, g, by, s: d.agree_return(g.id, by=by, now=s.now),
    "decline": lambda d, g, by, s: d.decline_return(g.id, by=by, now=s.now),
    "street": lambda d, g, by, s: d.call_up(
        g.id, target=STREET, pieces=words(HANDED), by=by, now=s.now
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
    "retype": lambda d, g, by, s: d.retype(g.id, intent=Intent.COMPLAINT, by=by, now=s.now),
    "retype above": lambda d, g, by, s: d.retype(g.id, intent=Intent.SUGGESTION, by=by, now=s.now),
    "phone": lambda d, g, by, s: d.log_phone(
        g.id, reached=True, pieces=words("约好了"), by=by, now=s.now
    ),
    "co": lambda d, g, by, s: d.add_co(
        g.id, agency=LIGHTS, pieces=words("请来看看"), by=by, now=s.now
    ),
    "co above": lambda d, g, by, s: d.add_co(
        g.id, agency=WATER, pieces=words("水务也来"), by=by, now=s.now
    ),
    "co by hand": lambda d, g, by, s: d.add_co(
        g.id, agency=STREET, pieces=words("街道也来"), by=by, now=s.now
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
    "hold long": lambda d, g, by, s: d.propose_hold(
        g.id, plan_from(s.now, 12, 50), pieces=words("要等规划"), by=by, now=s.now
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
    "reopen above": lambda d, g, by, s: d.reopen_by_hand(
        g.id, words("街道再看一次"), by=by, now=s.now
    ),
    "still good": lambda d, g, by, s: d.still_good(g.id, by=by, now=s.now),
    "admit": lambda d, g, by, s: d.admit(g.id, by=by, now=s.now, version=g.version),
    "admit as water": lambda d, g, by, s: d.admit(g.id, item="11", by=by, now=s.now),
    "admit as river": lambda d, g, by, s: d.admit(g.id, item="15", by=by, now=s.now),
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
    "solved late": lambda d, g, by, s: d.rate(
        g.id, verdict=Verdict.PARTLY, stars=2, by=by, now=s.now
    ),
    "came back": lambda d, g, by, s: d.raise_again(
        g.id, words("又出现了"), draft_id=f"again {g.id}", by=by, now=s.now
    ),
    "keep lead": lambda d, g, by, s: d.name_lead(g.id, agency=g.agency, by=by, now=s.now),
    "merge": lambda d, g, by, s: merged(d, g, by, s),
    "emergency": lambda d, g, by, s: d.call_up(
        g.id, target=WATER, pieces=words("快来"), whistle=Whistle.EMERGENCY, by=by, now=s.now
    ),
    "restrict": lambda d, g, by, s: d.restrict(g.id, by=by, now=s.now, version=g.version),
    "ask to lift": lambda d, g, by, s: d.propose_lift(
        g.id, pieces=words("不涉及个人"), by=by, now=s.now
    ),
    "ask for number": lambda d, g, by, s: d.propose_reveal(
        g.id, pieces=words("约时间"), by=by, now=s.now
    ),
    "see number": lambda d, g, by, s: d.reveal(g.id, by=by, now=s.now),
    "see number below": lambda d, g, by, s: d.reveal(g.id, by=by, now=s.now),
    "claim": lambda d, g, by, s: claimed(d, g, by, s, CODE),
    "claim badly": lambda d, g, by, s: claimed(d, g, by, s, "000000"),
    "arrive": lambda d, g, by, s: d.arrive(g.id, words("到了"), by=by, now=s.now),
    "release": lambda d, g, by, s: d.release(g.id, by=by, now=s.now),
    "leave": lambda d, g, by, s: d.go_on_leave(
        COMMUNITY,
        until=s.now + timedelta(days=3),
        substitute=LI.name if by is ZHOU else ZHOU.name,
        by=by,
        now=s.now,
        chat=CHATS[COMMUNITY],
    ),
    "mend": lambda d, g, by, s: d.correct(
        g.call_id, words(f"后天去 {s.now}")[0], origin=SAID_AT, by=by, now=s.now
    ),
    "mend own": lambda d, g, by, s: d.amend(
        words(f"是四栋 {s.now}")[0], origin=TOLD_AT, by=by, now=s.now
    ),
    "withdraw in danger": lambda d, g, by, s: d.withdraw(g.call_id, by=by, now=s.now),
    "erase": lambda d, g, by, s: d.erase_own(by=by, now=s.now),
}
SAID_AT, TOLD_AT = Origin(CHATS[COMMUNITY], 1), Origin(LIN.account or 0, 1)
BESIDE = "draft-2"  # the draft of a second call of Lin's
# What stays among officers: a note, and what an agency tells the one it calls up.
NOTE, HANDED = "这家去年也闹过", "我们先拉了警戒线"
CODE, PHONE = "123456", "+8613812345678"
PENG = Actor(2077, "彭朗", frozenset({TEAM}))  # the second named person
HE = Actor(2008, "何主任", frozenset({STREET}), posts=frozenset({(STREET, Post.HEAD)}))
SHI = Actor(2010, "石岚", frozenset({DISTRICT}), posts=frozenset({(DISTRICT, Post.HEAD)}))
WHO = (LIN, LI, ZHOU, LIANG, HE, TAN, WU, DENG, SHI, ZHONG, PENG, STRANGER)
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
    "retype": Action.RETYPE,
    "retype above": Action.RETYPE_ABOVE,
    "phone": Action.LOG_PHONE,
    "co": Action.ADD_CO,
    "co above": Action.ADD_CO_ABOVE,
    "co by hand": Action.ADD_CO_BY_HAND,
    "longer": Action.ASK_EXTENSION,
    "explain": Action.RESOLVE,
    "finding": Action.PROPOSE_FINDING,
    "contest": Action.OBJECT_TO_RATING,
    "hold": Action.PROPOSE_HOLD,
    "hold long": Action.PROPOSE_HOLD,
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
    "reopen above": Action.REOPEN_ABOVE,
    "still good": Action.STILL_GOOD,
    "admit": Action.ADMIT,
    "admit as water": Action.ADMIT,
    "admit as river": Action.ADMIT,
    "ask": Action.ASK,
    "inquire": Action.INQUIRE,
    "answer": Action.ANSWER,
    "redirect": Action.REDIRECT,
    "let go": Action.LET_GO,
    "part": Action.PART,
    "split": Action.SPLIT,
    "propose rejection": Action.PROPOSE_REJECTION,
    "name lead": Action.NAME_LEAD,
    "solved late": Action.RATE_LATE,
    "came back": Action.CAME_BACK,
    "keep lead": Action.KEEP_LEAD,
    "merge": Action.MERGE,
    "emergency": Action.CALL_UP,
    "arrive": Action.ARRIVE,
    "restrict": Action.RESTRICT,
    "release": Action.RELEASE,
    "ask to lift": Action.PROPOSE_LIFT,
    "ask for number": Action.PROPOSE_REVEAL,
    "see number": Action.REVEAL,
    "see number below": Action.REVEAL_BELOW,
    "claim": Action.CLAIM,
    "claim badly": Action.CLAIM,
    "leave": Action.HAND_OVER,
    "mend": Action.CORRECT,
    "mend own": Action.AMEND,
    "withdraw in danger": Action.ASK_TO_WITHDRAW,
    "erase": Action.ERASE,
}
