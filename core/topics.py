"""Topics of legs, as rows of the outbox: made once at most, then closed and opened by the state.

Telegram gives a bot no list of the topics there are, so an answer that got lost cannot be looked
up: rather a leg without a topic of its own than two topics for one leg (docs/decisions).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.outgoing import Kind, Outgoing, Policy
from core.people import Binding
from core.posting import Posting


def made(leg_id: int, cards: Iterable[Posting], homes: Iterable[Binding]) -> list[Outgoing]:
    """Topics to make in the groups that want them and are shown this leg for the first time."""
    known = {card.chat for card in cards}
    chats = (home.chat for home in homes if home.topics and home.chat not in known)
    return [_made(leg_id, chat) for chat in chats]


def turned(leg_id: int, cards: Sequence[Posting]) -> list[Outgoing]:
    """Topics to close or to open again, by what the leg is when it is said."""
    chats = dict.fromkeys(card.chat for card in cards if card.thread)
    return [_turned(leg_id, chat) for chat in chats]


def _made(leg_id: int, chat: int) -> Outgoing:
    return Outgoing(
        lane=chat,
        kind=Kind.TOPIC,
        payload={"leg": leg_id, "begins": True},
        policy=Policy.AT_MOST_ONCE,
        dedupe=f"topic:{leg_id}:{chat}",
    )


def _turned(leg_id: int, chat: int) -> Outgoing:
    return Outgoing(
        lane=chat,
        kind=Kind.TOPIC,
        payload={"leg": leg_id, "begins": False},
        policy=Policy.LATEST,
        coalesce=f"topic:{leg_id}:{chat}",
    )
