"""Puts the parts of the service together for the road to carry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.commands import menus
from bot.delivery.settling import Consequences
from bot.dispatcher import build_dispatcher
from bot.parts import Ground, Parts
from bot.rehearsal import Rehearsal
from bot.screens import settings
from bot.screens.easel import Easel
from bot.screens.rendering import Renderer
from bot.screens.taps import Taps
from bot.simplifying import simplified
from core.desk import Desk
from core.guide import Guide
from core.outgoing import Kind, Outgoing
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
        guide=Guide(ground.district, simplified),
        taps=taps,
        bot_name=bot_name,
        administrators=administrators,
    )
    easel = Easel(taps, bot_name, ground.district)
    return Parts(
        dispatcher=dispatcher,
        render=Renderer(easel).render,
        consequences=_consequences(easel, ground.clock, administrators),
        tick=Watch(ground.units, ground.district).tick,
        commands=menus(administrators),
    )


def _consequences(
    easel: Easel, clock: Callable[[], datetime], administrators: frozenset[int]
) -> Consequences:
    async def unreachable(chat: int, error: str, work: Work) -> None:
        desk = Desk(work, easel.district)
        if chat > 0:
            await desk.unreachable(chat, now=clock())
            return
        binding = await desk.leave_group(chat, now=clock())
        if binding and not binding.suspended:
            words = settings.lost(easel.name_of(binding.agency), binding)
            rows = [_said(account, words) for account in administrators]
            await work.outbox.put(*rows, now=clock())

    async def moved(old: int, new: int, work: Work) -> None:
        await Desk(work, easel.district).group_moved(old, new, now=clock())

    return Consequences(unreachable, moved)


def _said(account: int, words: str) -> Outgoing:
    params = {"chat_id": account, "text": words}
    return Outgoing(account, Kind.SAY, {"method": "sendMessage", "params": params})
