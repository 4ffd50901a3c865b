"""Whether a reminder rings or edits, and in which chats it is owed (limits.md, nudge ladder)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from core.limits import Clock
from core.nudged import Nudged
from core.nudging import Stage
from core.outgoing import NUDGING, Kind, Outgoing, Policy
from core.people import Officer, Party, Post
from core.records import replace

if TYPE_CHECKING:
    from core.journal import Entry
    from core.ladder import Ladder
    from core.nudging import Rung

FIRST = Nudged(at=datetime.min.replace(tzinfo=UTC), stage="", day="")
PRIVATELY = {
    Stage.YELLOW: frozenset({Post.LIAISON, Post.DEPUTY}),
    Stage.RED: frozenset({Post.HEAD}),
}
PROMISED = frozenset({Clock.CONTACT, Clock.FINISH})


def nudged(
    before: Nudged | None,
    rung: Rung,
    *,
    day: str,
    ladder: Ladder,
    pages: bool,
    roster: int,
    urgent: bool = False,
    on_board: bool = False,
) -> Nudged:
    """What will be known of this reminder; its ``posts`` say whether it rings.

    The same stage on the same day edits what it said; so does everything once a chat was rung as
    often as a day allows. While people are ``pages``-d one by one, of ``roster`` people, the last
    ring of the day is kept for the words that ask to telephone. What rang to have an ``urgent``
    call signed is not taken from the clocks that follow: they have as many rings again. What the
    board of this hour says (``on_board``) edits as well.
    """
    last = before or FIRST
    posts = last.posts if last.day == day else 0
    tree = last.tree or (pages and last.paged >= roster)
    told = tree and not last.tree
    stage = Stage.TREE if told and rung.stage is Stage.PAGE else rung.stage
    key = f"{rung.clock.value}.{stage.value}"
    spare = 1 if pages and not tree else 0
    again = ladder.pings if urgent and rung.clock is not Clock.SIGN else 0
    news = (key, day) != (last.stage, last.day) and not on_board
    rings = news and posts < ladder.pings + again - spare
    return Nudged(
        at=rung.at,
        stage=key,
        day=day,
        posts=posts + rings,
        paged=min(last.paged + pages, roster) if not tree else last.paged,
        tree=tree,
    )


def rings(before: Nudged | None, after: Nudged) -> bool:
    """Whether this reminder is a message of its own."""
    posts = before.posts if before and before.day == after.day else 0
    return after.posts > posts


def paged(before: Nudged | None, after: Nudged, roster: list[Officer]) -> list[Officer]:
    """Whoever of the roster is called by this reminder, nobody for most of them."""
    return roster[before.paged if before else 0 : after.paged]


def owed(
    entry: Entry, *, group: int | None, above: int | None, slot: datetime | None
) -> Iterator[Outgoing]:
    """The rows of a reminder: in the group, in private, above; each once a slot (I13)."""
    facts = entry.facts
    once = f"nudge:{entry.leg_id}:{slot.timestamp():.0f}" if slot else None
    if group is not None:
        yield _row(group, entry, Party.AGENCY, once, edits=bool(facts.get("edits")))
    elsewhere = [(int(account), Party.AGENCY) for account in facts.get("rings", ())]
    if above is not None and above != group:
        elsewhere.append((above, Party.SUPERVISOR))
    for chat, party in elsewhere:
        yield _row(chat, entry, party, once and f"{once}:{chat}")


def _row(
    chat: int, entry: Entry, party: Party, once: str | None, *, edits: bool = False
) -> Outgoing:
    payload: dict[str, Any] = {"entry": entry.id, "to": party.value, "part": 0}
    made = Outgoing(
        lane=chat,
        kind=Kind.NOTICE,
        payload=payload,
        policy=Policy.AT_MOST_ONCE,
        rank=NUDGING,
        dedupe=once,
    )
    return (
        replace(made, payload=payload | {"edits": True}, policy=Policy.LATEST) if edits else made
    )
