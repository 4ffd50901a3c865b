"""When a superior owns the follow-up of a leg until it is closed (督办, lifecycle row 38)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from core.lifecycle import Action, rule_for
from core.nudging import first_red

if TYPE_CHECKING:
    from core.call import Call
    from core.catalogue import Urgency
    from core.district import District
    from core.leg import Leg

REWORKS = 3
TRANSFERS = 3


class PressReason(StrEnum):
    """Why a leg is pressed."""

    REWORK = "rework"
    TRANSFERS = "transfers"
    SUPPORTERS = "supporters"
    LATE = "late"
    BY_HAND = "by_hand"


def pressable(leg: Leg) -> bool:
    """Whether somebody is at work on it who could be pressed, and is not yet."""
    return leg.pressed_at is None and leg.status in rule_for(Action.PRESS).while_in


def reason_to_press(
    leg: Leg, call: Call, *, transfers: int, many: float | None
) -> PressReason | None:
    """What has happened so often that it may not go on like this; None while nothing has.

    ``transfers`` says how often the call was passed on, ``many`` how many supporters are too many.
    """
    if not pressable(leg):
        return None
    if leg.rework >= REWORKS:
        return PressReason.REWORK
    if transfers >= TRANSFERS:
        return PressReason.TRANSFERS
    if many is not None and call.supporters >= many:
        return PressReason.SUPPORTERS
    return None


def press_due(
    leg: Leg, urgency: Urgency, district: District, *, before: datetime | None = None
) -> datetime | None:
    """When lateness alone makes it a matter of the district: three working days after red.

    May be None where that is not ``before`` this instant, if one is given.
    """
    if not pressable(leg):
        return None
    calendar = district.calendar_of(leg.agency)
    red = first_red(leg, urgency, calendar, district.ladder_of(leg.agency))
    if red is None or (before is not None and red >= before):
        return None
    return calendar.add(red, district.limits.step("press"))
