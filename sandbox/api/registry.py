"""The methods the sandbox offers, by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.api.parsing import Params
from sandbox.world.world import World

Handler = Callable[[World, Params], Any]


@dataclass(frozen=True, slots=True)
class Method:
    """A method under its proper name; ``handle`` answers the result or something to await."""

    name: str
    handle: Handler


METHODS: dict[str, Method] = {}


def method(name: str) -> Callable[[Handler], Handler]:
    """Offer the function under that name; Telegram does not care about its case."""

    def offer(handle: Handler) -> Handler:
        METHODS[name.lower()] = Method(name, handle)
        return handle

    return offer
