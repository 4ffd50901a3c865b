"""Answering taps."""

from __future__ import annotations

from sandbox.api.parsing import Params
from sandbox.api.refusals import QUERY_TOO_OLD, bad
from sandbox.api.registry import method
from sandbox.world.updates import TAP_LIFE
from sandbox.world.world import Query, World

LONGEST = 200


def young_query(world: World, number: str) -> Query:
    """A tap still waiting for its answer."""
    query = world.queries.get(number)
    if query is None or world.clock.now() - query.at > TAP_LIFE:
        raise bad(QUERY_TOO_OLD)
    return query


@method("answerCallbackQuery")
def answer_query(world: World, p: Params) -> bool:
    """Stop the button's spinning, with a word or an alert; is never rate limited."""
    query = young_query(world, p["callback_query_id"])
    text = p.get("text") or None
    if text and len(text) > LONGEST:
        raise bad("MESSAGE_TOO_LONG")
    alert = bool(p.get("show_alert", False))
    query.answer = {"text": text, "show_alert": alert, "url": p.get("url")}
    query.answered.ring()
    world.events.tell("answer", query.chat, query=query.id, person=query.person, **query.answer)
    return True
