"""Puts the parts of the service together for the road to carry."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.aftermath import Aftermath
from bot.commands import menus
from bot.dispatcher import build_dispatcher
from bot.evening import Evening
from bot.foresight import Foresight
from bot.parts import Ground, Parts
from bot.rehearsal import Rehearsal
from bot.screens.easel import Easel
from bot.screens.rendering import Renderer
from bot.screens.taps import Taps
from bot.simplifying import simplified
from core.guide import Guide
from core.watch import Watch

Tick = Callable[[datetime], Awaitable[object]]


async def assemble(ground: Ground) -> Parts:
    """Everything the road needs over this ground; a rehearsal is set up first."""
    rehearsal = Rehearsal.read(ground.seed) if ground.seed else Rehearsal()
    await rehearsal.set_up(ground.units, now=ground.clock())
    administrators = ground.administrators | frozenset(rehearsal.administrators)
    taps, bot_name = Taps(ground.secret), str(ground.me["username"])
    dispatcher = build_dispatcher(
        district=ground.district,
        guide=Guide(ground.district, simplified),
        taps=taps,
        bot_name=bot_name,
        administrators=administrators,
    )
    easel = Easel(taps, bot_name, ground.district)
    return Parts(
        dispatcher=dispatcher,
        render=Renderer(easel).render,
        consequences=Aftermath(easel, ground.clock, administrators).consequences(),
        tick=_in_turn(
            Watch(ground.units, ground.district).tick,
            Evening(ground.units, easel, administrators).tick,
            Foresight(ground.units, easel, administrators).tick,
        ),
        commands=menus(administrators),
    )


def _in_turn(*ticks: Tick) -> Tick:
    """One after the other: what the watch does first counts into the day that is sealed."""

    async def tick(now: datetime) -> None:
        for each in ticks:
            await each(now)

    return tick
