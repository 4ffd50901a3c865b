"""Puts the parts of the service together for the road to carry."""

from __future__ import annotations

from functools import partial

from bot.delivery.settling import Consequences
from bot.dispatcher import build_dispatcher
from bot.parts import Ground, Parts
from bot.rehearsal import Rehearsal
from bot.screens.easel import Easel
from bot.screens.rendering import Rendering
from bot.screens.taps import Taps
from core.desk import Desk
from core.district import District
from core.ports import Work
from core.watch import Watch
