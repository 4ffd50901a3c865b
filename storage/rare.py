"""What few legs have, in one column: pauses, proposals, plans, checks.

A leg that is raised, answered and rated has none of it, and its row is read and written at every
step; a new rare fact of a leg is one line here and needs no migration.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any, NamedTuple

from core.holding import HoldGround, HoldPlan, Milestone
from core.leg import Leg
from core.lifecycle import Action, Status
from core.nudged import Nudged
from core.people import Post
from core.proposing import Proposal
from core.whistle import Whistle


class Codec(NamedTuple):
    """How a fact is written down as plain JSON, and read again."""

    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


def written(moment: datetime) -> str:
    """An instant as JSON holds it: in UTC, so that the earlier one is the smaller text."""
    return moment.astimezone(UTC).isoformat()


def _written(moment: datetime | None) -> str | None:
    return written(moment) if moment else None


def _moment(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None


def _plain(record: Any) -> dict[str, Any]:
    told = {name: getattr(record, name) for name in record.__dataclass_fields__}
    return {
        name: _written(value) if isinstance(value, datetime) else value
        for name, value in told.items()
    }


def _proposal(written: Mapping[str, Any]) -> Proposal:
    return Proposal(
        **{
            **written,
            "act": Action(written["act"]),
            "at": _moment(written["at"]),
            "due": _moment(written["due"]),
            "awaits": tuple(written["awaits"]),
            "posts": tuple(Post(post) for post in written["posts"]),
        }
    )


def _plan_written(plan: HoldPlan) -> dict[str, Any]:
    return {**_plain(plan), "milestones": [_plain(one) for one in plan.milestones]}


def _plan(written: Mapping[str, Any]) -> HoldPlan:
    steps = [
        Milestone(**{**one, "due": _moment(one["due"]), "met_at": _moment(one["met_at"])})
        for one in written["milestones"]
    ]
    return HoldPlan(
        ground=HoldGround(written["ground"]),
        words=written["words"],
        leader=written["leader"],
        milestones=tuple(steps),
        review_due=datetime.fromisoformat(written["review_due"]),
    )


def _nudged(written: Mapping[str, Any]) -> Nudged:
    return Nudged(**{**written, "at": datetime.fromisoformat(written["at"])})


AS_IT_IS = Codec(lambda value: value, lambda value: value)
MOMENT = Codec(_written, _moment)
RARE: dict[str, Codec] = {
    "verify_due": MOMENT,
    "verified_at": MOMENT,
    "triage_due": MOMENT,
    "asks": AS_IT_IS,
    "inquiries": AS_IT_IS,
    "paused_at": MOMENT,
    "paused_from": Codec(str, Status),
    "info_due": MOMENT,
    "clocks_from": MOMENT,
    "proposal": Codec(_plain, _proposal),
    "plan": Codec(_plan_written, _plan),
    "extended": AS_IT_IS,
    "set_aside": AS_IT_IS,
    "pressed_at": MOMENT,
    "false_closings": AS_IT_IS,
    "reopened": AS_IT_IS,
    "look_back_due": MOMENT,
    "binding": AS_IT_IS,
    "co": AS_IT_IS,
    "whistle": Codec(str, Whistle),
    "arrive_due": MOMENT,
    "arrived_at": MOMENT,
    "interim_due": MOMENT,
    "interim_at": MOMENT,
    "released_at": MOMENT,
    "nudged": Codec(_plain, _nudged),
    "heard_at": MOMENT,
    "sorry_due": MOMENT,
    "phone_from": AS_IT_IS,
    "claim_tries": AS_IT_IS,
    "red": AS_IT_IS,
    "refused_returns": AS_IT_IS,
    "passed": AS_IT_IS,
    "sees_phone": AS_IT_IS,
}
_facts = attrgetter(*RARE)
USUAL = {field.name: field.default for field in fields(Leg) if field.name in RARE}
_LINES = tuple((name, codec.write, USUAL[name]) for name, codec in RARE.items())


def packed(leg: Leg) -> dict[str, Any] | None:
    """The rare facts of a leg as plain JSON; None where it has none."""
    told = {
        name: write(value)
        for (name, write, usual), value in zip(_LINES, _facts(leg), strict=True)
        if value is not usual and value != usual
    }
    return told or None


def rarely_alike(one: Leg, other: Leg) -> bool:
    """Whether both have the same rare facts."""
    same: bool = _facts(one) == _facts(other)
    return same


def unpacked(written: Mapping[str, Any] | None) -> dict[str, Any]:
    """The rare facts by name, as a leg has them; a fact that was retired is passed over."""
    return {
        name: RARE[name].read(value) for name, value in (written or {}).items() if name in RARE
    }
