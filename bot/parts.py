"""What the road is told of the service: who decides, who finds the words, what follows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from aiogram import Dispatcher

from bot.bell import Ringing
from bot.delivery.courier import Render
from bot.delivery.settling import Consequences
from bot.delivery.voice import Voice
from bot.schedule import Tick
from bot.surroundings import Surroundings
from core.in_force import InForce
from core.ports import Units

Duty = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Ground:
    """What is known once everything is open: the parts are made of it.

    ``me`` is the bot as ``getMe`` tells it; ``secret`` is stable for this token and signs taps;
    ``per_minute`` is how much one person, or one group, may say to us; 0 is no limit.
    ``surroundings`` are looked at when somebody asks how the service is.
    ``seed`` is the file our own sandbox began with, None against anything else.
    """

    units: Units
    rules: InForce
    me: Mapping[str, Any]
    secret: bytes
    administrators: frozenset[int]
    clock: Callable[[], datetime]
    seed: Path | None = None
    per_minute: int = 60
    surroundings: Surroundings | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """What the road carries: ``commands`` are the parameters of ``setMyCommands``, each set.

    ``errands`` makes what runs them, given the voice and whoever is rung when something is owed.
    """

    dispatcher: Dispatcher
    render: Render
    consequences: Consequences
    tick: Tick
    commands: Sequence[Mapping[str, Any]] = ()
    errands: Callable[[Voice, Ringing], Duty] | None = None


Assemble = Callable[[Ground], Awaitable[Parts]]
