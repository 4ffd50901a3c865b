"""Records with sensible fields; a test names only what it is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from core.call import Call, Medium, NameShown, Piece
from core.catalogue import Urgency
from core.conversation import Conversation
from core.incoming import RawUpdate
from core.journal import Entry
from core.leg import Leg
from core.lifecycle import Action, Status
from core.outgoing import Kind, Outgoing
from core.people import Binding, CodePurpose, Officer, OneTimeCode, Resident
from core.posting import Posting, Purpose
from core.rating import Rating, Verdict

NOON = datetime(2026, 6, 15, 4, 0, tzinfo=UTC)  # 12:00 in Guangzhou, a plain Monday
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
LIN, LI = 1001, 2001
COMMUNITY, STREET = "440103006114", "440103006"
GROUP = -1001234567890


def words(text: str) -> tuple[Piece, ...]:
    """Something said."""
    return (Piece(Medium.WORDS, text),)


def a_call(**fields: Any) -> Call:
    """A lamp is out; each draft has a number of its own."""
    draft = fields.get("draft_id", "draft-1")
    call = Call(
        id=0,
        number=f"LW-260615-{draft.upper()}",
        draft_id=draft,
        caller=LIN,
        caller_name="林阿姨",
        name_shown=NameShown.WITHHELD,
        item="10",
        urgency=Urgency.P2,
        danger=False,
        community=COMMUNITY,
        address="",
        point=None,
        details="",
        pieces=words("楼下的路灯不亮"),
        raised_at=NOON,
    )
    return replace(call, **fields)


def a_leg(**fields: Any) -> Leg:
    """Dispatched to the community at noon."""
    leg = Leg(id=0, call_id=1, agency=COMMUNITY, status=Status.DISPATCHED, dispatched_at=NOON)
    return replace(leg, **fields)


def an_entry(**fields: Any) -> Entry:
    """The community answered the caller."""
    entry = Entry(
        id=0, call_id=1, leg_id=1, action=Action.REPLY, at=NOON, actor=LI, actor_name="李敏"
    )
    return replace(entry, **fields)


def a_rating(**fields: Any) -> Rating:
    """Solved, five stars."""
    rating = Rating(1, round=1, by=LIN, verdict=Verdict.SOLVED, stars=5, words="", rated_at=NOON)
    return replace(rating, **fields)


def a_resident(**fields: Any) -> Resident:
    """Auntie Lin, who has agreed."""
    return replace(Resident(LIN, "林阿姨", consented_at=NOON), **fields)


def an_officer(**fields: Any) -> Officer:
    """Li Min of the community."""
    return replace(Officer(LI, COMMUNITY, "李敏", since=NOON), **fields)


def a_binding(**fields: Any) -> Binding:
    """The group of the community."""
    return replace(Binding(COMMUNITY, GROUP, "东风社区", bound_by=3001, bound_at=NOON), **fields)


def a_code(**fields: Any) -> OneTimeCode:
    """Good for ten minutes, to bind the community's group."""
    code = OneTimeCode("K7Q2M9", CodePurpose.BIND, COMMUNITY, 3001, NOON + timedelta(minutes=10))
    return replace(code, **fields)


def a_posting(**fields: Any) -> Posting:
    """The card of leg 1 in the community's group."""
    return replace(Posting(GROUP, 10, leg_id=1, purpose=Purpose.CARD), **fields)


def a_conversation(**fields: Any) -> Conversation:
    """Auntie Lin is raising a call."""
    conversation = Conversation(LIN, "raise", "matter", "draft-1", token=1, touched_at=NOON)
    return replace(conversation, **fields)


def a_message(text: str = "", **fields: Any) -> Outgoing:
    """Something to say in the community's group."""
    chat = fields.get("lane", GROUP)
    payload = {"method": "sendMessage", "params": {"chat_id": chat, "text": text}}
    return replace(Outgoing(chat, Kind.SAY, payload), **fields)


def an_update(update_id: int = 1, **fields: Any) -> RawUpdate:
    """Auntie Lin wrote something."""
    return replace(RawUpdate(42, update_id, LIN, "message", "{}"), **fields)
