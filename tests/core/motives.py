"""Why people of the model do what they do: each story is what somebody is after, step by step.

By chance alone a life goes round in its first states, and a hold, a dispute or a number shown to a
third person need several people one after another. A story is told from a leg that somebody works
on; whatever lies between, and whatever else happens meanwhile, is left to the life.
"""

from __future__ import annotations

from typing import NamedTuple

from core.lifecycle import Action, Status
from tests.core.acts import ROW_OF
from tests.core.playing import LAMP

STALLS = "2"  # somebody else looks whether they are gone, and again a month later
LATER = {"hours later": 7, "a day later": 24, "a week later": 8 * 24, "a month later": 32 * 24}
# Which row these take depends on what was asked.
DEPENDING = frozenset({"approve", "phone"})
# What brings a leg back to where somebody works on it.
BACK_TO_WORK = {
    Status.TRIAGE: "admit",
    Status.NEED_INFO: "answer",
    Status.DISPATCHED: "acknowledge",
    Status.RETURN_REVIEW: "decline",
    Status.ON_HOLD: "take up",
    Status.RESOLVED: "rework",
    Status.VERIFYING: "pass",
    Status.CLOSED: "reopen by hand",
}


class Born(NamedTuple):
    """What a call is when it is raised."""

    danger: bool = False
    sure: bool = True
    behalf: bool = False
    item: str = LAMP


PLAIN, IN_DANGER, UNSURE = Born(), Born(danger=True), Born(sure=False)
ON_BEHALF, UNSURE_ON_BEHALF = Born(behalf=True), Born(behalf=True, sure=False)
LOOKED_AT = Born(item=STALLS)


class Motive(NamedTuple):
    """A story: its acts in order, what time and others add to it, the call it is told of."""

    acts: tuple[str, ...]
    brings: frozenset[Action] = frozenset()
    born: Born = PLAIN

    @property
    def rows(self) -> frozenset[Action]:
        """Every row of the table that is taken where the story comes true."""
        known = {ROW_OF[act] for act in self.acts if act in ROW_OF and act not in DEPENDING}
        return self.brings | known


def _story(*acts: str, brings: tuple[Action, ...] = (), born: Born = PLAIN) -> Motive:
    return Motive(acts, frozenset(brings), born)


MOTIVES = {
    "nobody wants anything": _story(brings=(Action.DISPATCH, Action.LAPSE)),
    "nobody does anything": _story(
        *["a day later"] * 12,
        brings=(Action.NUDGE, Action.APOLOGISE, Action.PRESS),
    ),
    "it takes its time": _story(
        "acknowledge", "reply", *["a day later"] * 6, brings=(Action.HEARTBEAT,)
    ),
    "words are put right": _story("reply", "mend", "add", "mend own", "progress", "note"),
    "a signer goes on leave": _story("acknowledge", "leave"),
    "helpers are asked in": _story("co", "co above", "co by hand"),
    "more time is given": _story(
        *("longer", "approve", "longer", "refuse"), brings=(Action.EXTEND,)
    ),
    "the date above moves as well": _story(
        *("street", "acknowledge", "longer", "approve"), brings=(Action.MOVE_DATE,)
    ),
    "nobody decides": _story("longer", "a week later", brings=(Action.LAPSE_PROPOSAL,)),
    "somebody looks": _story(
        *("resolve", "rate ahead", "pass"),
        brings=(Action.VERIFY, Action.ACCEPT),
        born=LOOKED_AT,
    ),
    "it was not done": _story("resolve", "fail", "resolve", "pass", "solved", born=LOOKED_AT),
    "nobody looks": _story(
        *("resolve", "a day later", "hours later", "a day later", "close anyway"),
        brings=(Action.REMIND_VERIFIER, Action.PASS_UNSEEN),
        born=LOOKED_AT,
    ),
    "again and again": _story(
        *("resolve", "rework") * 3, "resolve", "close anyway", brings=(Action.PRESS,)
    ),
    "a rating is contested": _story(
        *("resolve", "solved", "contest", "approve", "approve"),
        brings=(Action.SECOND, Action.SET_ASIDE),
    ),
    "nobody rates": _story(
        *("resolve", "a day later", "a day later", "a day later", "a week later", "solved late"),
        brings=(Action.REMIND, Action.LAPSE),
    ),
    "it is asked about again": _story(
        *("resolve", "pass", "solved", "a month later", "still good"),
        brings=(Action.LOOK_BACK,),
        born=LOOKED_AT,
    ),
    "it came back": _story(
        "resolve", "pass", "solved", "a month later", "came back", born=LOOKED_AT
    ),
    "it is taken up again": _story(
        *("resolve", "solved", "reopen", "resolve", "solved", "reopen by hand"),
        *("resolve", "solved", "reopen above"),
    ),
    "a question is answered": _story(
        "ask", "answer", "ask", "answer", "admit as river", brings=(Action.RAISE,), born=UNSURE
    ),
    "nobody answers": _story(
        *("ask", "a day later", "a day later", "a week later"),
        brings=(Action.REMIND_INFO, Action.NO_REPLY),
        born=UNSURE,
    ),
    "work goes on unanswered": _story(
        *("inquire", "a day later", "a day later", "a week later"),
        brings=(Action.REMIND_INFO, Action.GO_ON),
    ),
    "it belongs elsewhere": _story("redirect", "reopen", born=UNSURE),
    "it is not accepted": _story(
        *("propose rejection", "approve", "reopen"), brings=(Action.REJECT,), born=UNSURE
    ),
    "nobody sorts it": _story("a week later", brings=(Action.DISPATCH_LATE,), born=UNSURE),
    "the answer comes by phone": _story(
        *("inquire", "phone", "claim badly", "claim"),
        brings=(Action.ANSWER_BY_PHONE,),
        born=ON_BEHALF,
    ),
    "it is asked by phone first": _story(
        "ask", "phone", brings=(Action.ANSWER_BY_PHONE,), born=UNSURE_ON_BEHALF
    ),
    "danger seems over": _story(
        *["arrive"] * 3, "withdraw in danger", "let go", brings=(Action.FOLLOW,), born=IN_DANGER
    ),
    "it is off for those below": _story(
        "street", "acknowledge", "withdraw", brings=(Action.FOLLOW,)
    ),
    "two calls are one": _story("merge", "part", brings=(Action.JOINED,)),
    "a plan is kept": _story(
        *("hold", "approve", "approve", "object", "reach", "take up"),
        brings=(Action.SECOND, Action.HOLD),
    ),
    "a plan fails": _story(
        *("hold", "approve", "approve", "a week later", "a week later", "a day later"),
        brings=(Action.HOLD, Action.MISS_MILESTONE, Action.TAKE_UP_AGAIN),
    ),
    "a long plan is ordered up": _story(
        *("hold long", "approve", "approve", "a month later", "hours later", "order up"),
        brings=(Action.HOLD, Action.REVIEW_HOLD),
    ),
    "the demand is unreasonable": _story(
        *("explain", "finding", "approve", "approve"),
        brings=(Action.SECOND, Action.FIND_UNREASONABLE),
    ),
    "a return is agreed to": _story("return", "agree", "acknowledge", "resolve"),
    "who called up returns it": _story("street", "return", "agree", "acknowledge", "resolve"),
    "danger is given to others": _story("return", "agree", "acknowledge", born=IN_DANGER),
    "a return is refused": _story("return", "decline", "resolve"),
    "nobody decides a return": _story("return", "a day later", brings=(Action.DEEM_DECLINED,)),
    "the district names another": _story(
        *("return", "agree", "return", "name lead"), brings=(Action.CONVENE,)
    ),
    "the district names the same": _story(
        *("return", "agree", "return", "keep lead"), brings=(Action.CONVENE,)
    ),
    "the district names nobody": _story(
        *("return", "agree", "return", "a week later"),
        brings=(Action.CONVENE, Action.LEAVE_LEAD),
    ),
    "the street whistles": _story(
        *("street", "acknowledge", "department", "approve", "acknowledge", "resolve", "solved"),
        brings=(Action.PROPOSE_CALL_UP, Action.CHILD_CLOSED),
    ),
    "an emergency is whistled": _story(
        *("street", "acknowledge", "emergency", "approve"),
        *("acknowledge", "arrive", "release", "resolve"),
    ),
    "the signer looks at the number": _story("acknowledge", "see number"),
    "a colleague may look as well": _story(
        "ask for number", "approve", "see number", brings=(Action.LET_SEE,)
    ),
    "those called up may look": _story(
        *("street", "acknowledge", "ask for number", "approve", "see number below"),
        brings=(Action.LET_SEE, Action.SEEN_BELOW),
    ),
    "it is for named people": _story(
        "restrict", "acknowledge", "ask to lift", "approve", brings=(Action.LIFT,)
    ),
    "everybody says it as well": _story("support", "resolve", "beside", "unsupport"),
    "the caller is out of reach": _story(
        "acknowledge", "block", "phone", brings=(Action.UNREACHABLE, Action.LOG_PHONE)
    ),
    "a leader presses": _story("press by hand", "urge", "resolve"),
    "a leader presses those called up": _story("street", "acknowledge", "press by hand"),
    "nobody does anything below": _story(
        "street", *["a day later"] * 14, brings=(Action.NUDGE, Action.PRESS)
    ),
    "the item was another": _story("reclass", "reclass above", "split"),
    "its type was another": _story("retype", "retype above"),
    "all of it is forgotten": _story("resolve", "solved", "erase"),
}
"""By name; ``tests.core.test_model`` tells each of them straight first, then in random lives."""
