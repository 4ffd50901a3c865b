"""Puts the parts of the service together for the road to carry."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from bot.aftermath import Aftermath
from bot.bell import Ringing
from bot.briefs import Briefs
from bot.commands import menus
from bot.delivery.voice import Voice
from bot.dispatcher import build_dispatcher
from bot.errands import Errander
from bot.evening import Evening
from bot.flood import Flood
from bot.foresight import Foresight
from bot.parts import Duty, Ground, Parts
from bot.public_digest import Digests
from bot.rehearsal import Rehearsal
from bot.schedule import Tick
from bot.screens.studio import Studio
from bot.screens.taps import Taps
from core.minute import Minute
from storage.sheets_sent import opened


async def assemble(ground: Ground) -> Parts:
    """Everything the road needs over this ground; a rehearsal is set up first."""
    rehearsal = Rehearsal.read(ground.seed) if ground.seed else Rehearsal()
    await rehearsal.set_up(ground.units, now=ground.clock())
    administrators = ground.administrators | frozenset(rehearsal.administrators)
    taps, bot_name = Taps(ground.secret), str(ground.me["username"])
    dispatcher = build_dispatcher(
        rules=ground.rules,
        taps=taps,
        bot_name=bot_name,
        administrators=administrators,
        flood=Flood(ground.per_minute),
    )
    studio = Studio(ground.rules, taps, bot_name)
    briefs, digests = Briefs(ground.units), Digests(ground.units)
    return Parts(
        dispatcher=dispatcher,
        render=studio.render,
        consequences=Aftermath(studio, ground.clock, administrators).consequences(),
        tick=_in_turn(
            Minute(ground.units, ground.rules).tick,
            lambda now: Evening(ground.units, studio.easel, administrators).tick(now),
            lambda now: briefs.tick(now, studio.easel),
            lambda now: digests.tick(now, studio.easel),
            lambda now: Foresight(ground.units, studio.easel, administrators).tick(now),
        ),
        commands=menus(administrators),
        errands=partial(_errander, ground, studio, administrators),
    )


def _errander(
    ground: Ground, studio: Studio, administrators: frozenset[int], voice: Voice, owed: Ringing
) -> Duty:
    """What runs errands with this voice; ``owed`` is rung when something is to be said."""
    return Errander(
        units=ground.units,
        studio=studio,
        administrators=administrators,
        clock=ground.clock,
        voice=voice,
        opens=opened,
        owed=owed.ring,
        surroundings=ground.surroundings,
    ).run


def _in_turn(watch: Tick, *others: Callable[[datetime], Awaitable[object]]) -> Tick:
    """One after the other: what the watch does first counts into the day that is sealed.

    The others wait until it has caught up.
    """

    async def tick(now: datetime) -> bool:
        if await watch(now):
            return True
        for each in others:
            await each(now)
        return False

    return tick
