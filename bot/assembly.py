"""Puts the parts of the service together for the road to carry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.commands import menus
from bot.delivery.settling import Consequences
from bot.dispatcher import build_dispatcher
from bot.parts import Ground, Parts
from bot.rehearsal import Rehearsal
from bot.screens.easel import Easel
from bot.screens.rendering import Renderer
from bot.screens.taps import Taps
from core.desk import Desk
from core.district import District
from core.guide import Guide
from core.ports import Work
from core.watch import Watch


async def assemble(ground: Ground) -> Parts:
    """Everything the road needs over this ground; a rehearsal is set up first."""
    rehearsal = Rehearsal.read(ground.seed) if ground.seed else Rehearsal()
    await rehearsal.set_up(ground.units, now=ground.clock())
    administrators = ground.administrators | frozenset(rehearsal.administrators)
    taps, bot_name = Taps(ground.secret), str(ground.me["username"])
    dispatcher = build_dispatcher(
        district=ground.district,
        guide=Guide(ground.district),
        taps=taps,
        bot_name=bot_name,
        administrators=administrators,
    )
    return Parts(
        dispatcher=dispatcher,
        render=Renderer(Easel(taps, bot_name, ground.district)).render,
        consequences=_consequences(ground.district, ground.clock),
        tick=Watch(ground.units, ground.district).tick,
        commands=menus(administrators),
    )


def _consequences(district: District, clock: Callable[[], datetime]) -> Consequences:
    async def unreachable(chat: int, error: str, work: Work) -> None:
        desk = Desk(work, district)
        if chat > 0:
            await desk.unreachable(chat, now=clock())
        else:
            await desk.leave_group(chat, now=clock())

    async def moved(old: int, new: int, work: Work) -> None:
        await Desk(work, district).group_moved(old, new, now=clock())

    return Consequences(unreachable, moved)
