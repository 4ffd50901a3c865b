"""A conversation within a conversation: the outer one waits and goes on afterwards."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from core.conversation import Conversation

UNDER = "_under"


def paused(talk: Conversation) -> dict[str, Any]:
    """The conversation as plain JSON, to be kept in the draft of the one above it."""
    draft = dict(talk.draft)
    return {
        "flow": talk.flow,
        "step": talk.step,
        "draft_id": talk.draft_id,
        "token": talk.token,
        "trail": list(talk.trail),
        "draft": draft,
    }


def resumed(ended: Conversation, rest: Conversation) -> Conversation:
    """What stays after ``ended``: the conversation waiting under it, or else ``rest``."""
    under = ended.draft.get(UNDER)
    if under is None:
        return rest
    return replace(rest, **{**under, "trail": tuple(under["trail"])})
