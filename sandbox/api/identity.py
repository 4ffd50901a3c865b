"""Who the bot is."""

from __future__ import annotations

from sandbox.api.parsing import Params
from sandbox.api.registry import method
from sandbox.world.ring import Json
from sandbox.world.world import World


@method("getMe")
def get_me(world: World, _p: Params) -> Json:
    """The bot's account."""
    return world.me()
