"""Who is on the spot: what a card says of it, and the button by which a street lets them go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.screens import gestures, names
from bot.screens.screen import Button
from bot.screens.times import when
from bot.words import _
from core.arriving import awaits_release
from core.limits import Clock
from core.people import Party
from core.whistle import Whistle

if TYPE_CHECKING:
    from bot.screens.easel import Easel
    from core.views import LegView


def on_card(view: LegView, easel: Easel) -> list[str]:
    """Since when somebody is there, and who says when they may leave."""
    leg, lines = view.leg, []
    if leg.arrived_at and leg.open:
        came = when(leg.arrived_at, easel.zone)
        lines.append(_("📍 {at} 已{came}").format(at=came, came=names.clock(Clock.ARRIVE, leg)))
    if leg.whistle is not Whistle.EMERGENCY or not leg.open:
        return lines
    street = easel.name_of(leg.caller_agency)
    if leg.released_at:
        at = when(leg.released_at, easel.zone)
        return [*lines, _("🟢 {at} {agency}已解除，可以撤离").format(at=at, agency=street)]
    return [*lines, _("🚨 {agency}解除之前不撤离，也不办结").format(agency=street)]


def releasing(
    view: LegView, seats: frozenset[Party], chat: int, easel: Easel
) -> list[tuple[Button, ...]]:
    """Below the card of who whistled: one button for each that is not released yet."""
    whistled = [child for child in view.children if awaits_release(child.leg)]
    if Party.AGENCY not in seats:
        whistled = []
    if Party.CALLER in seats and awaits_release(view.leg):
        whistled.append(view)
    return [(_release(one, chat, easel),) for one in whistled]


def _release(view: LegView, chat: int, easel: Easel) -> Button:
    label = _("🟢 处置完毕，解除：{agency}").format(agency=view.agency.short_name)
    leg = view.leg
    return Button(label, data=easel.data(gestures.RELEASE, leg.id, leg.version, chat=chat))
