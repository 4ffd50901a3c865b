"""What a speech still shows of private people's numbers, by who reads it (S10).

Callers read what an agency writes to them as it was written: often it says whom to telephone. A
group, an officer in private and whoever stands by a call read the same words with mobiles,
identity and bank cards starred out, wherever in a message they stand; the telephones of offices
stay readable. What callers themselves said was starred more strictly before (``cards``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.screens.masking import masked
from core.outgoing import Kind
from core.people import Party

if TYPE_CHECKING:
    from bot.delivery.speech import Speech
    from core.outgoing import OutboxRow

WORDS = ("text", "caption", "title", "address", "name")


def sheltered(speech: Speech, row: OutboxRow) -> Speech:
    """The same, with personal numbers starred out unless the caller alone reads it."""
    if row.kind is Kind.NOTICE and row.lane > 0 and row.payload["to"] == Party.CALLER:
        return speech
    return replace(speech, params=_starred(speech.params))


def _starred(params: Mapping[str, Any]) -> dict[str, Any]:
    """Signs are starred one for one, so entities keep their places."""
    told = (key for key in WORDS if key in params)
    hidden: dict[str, Any] = {key: masked(params[key], landlines=False) for key in told}
    album = params.get("media")
    if isinstance(album, list):
        hidden["media"] = [_starred(item) for item in album]
    return {**params, **hidden}
