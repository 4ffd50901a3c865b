"""What is heard when somebody comes to the place, and when the street lets them go."""

from __future__ import annotations

from aiogram.utils.formatting import Text

from bot.screens import scene
from bot.screens.notices import Telling, Tells, Told
from bot.words import _
from core.arriving import awaits_release
from core.lifecycle import Action
from core.people import Party


def arrived(t: Telling) -> Told:
    """Somebody is there; to the street that whistled, what it has to say in the end."""
    if t.view.leg.whistle is None:
        head = _(" {agency}的人已到现场。").format(agency=t.agency)
        return Told(Text("📍 ", t.number, head))
    if not awaits_release(t.view.leg):
        return Told(Text("📍 ", t.number, _(" {agency}已报到。").format(agency=t.agency)))
    head = _(" {agency}已到场。你们点“解除”之前，他们不撤离。").format(agency=t.agency)
    rows = scene.releasing(t.view, frozenset({Party.CALLER}), t.chat, t.easel)
    return Told(Text("📍 ", t.number, head), buttons=tuple(rows))


def arrived_beside(t: Telling) -> Told:
    """To those who raised the same."""
    said = _("{agency}的人已到现场。").format(agency=t.agency)
    return Told(Text("👥 ", t.number, " ", _("您也反映过的这件事："), said), hides=True)


def released(t: Telling) -> Told:
    """To who came: they may go, and close it."""
    street = t.named(t.view.leg.caller_agency)
    head = _(" {agency}已解除应急哨，可以撤离，也可以办结了。").format(agency=street)
    return Told(Text("🟢 ", t.number, head))


TO_CALLER: dict[Action, Tells] = {Action.ARRIVE: arrived}
TO_SUPPORTER: dict[Action, Tells] = {Action.ARRIVE: arrived_beside}
TO_AGENCY: dict[Action, Tells] = {Action.RELEASE: released}
