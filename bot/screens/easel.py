"""What every drawing needs at hand: signatures for buttons, links, and the district's hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo
from functools import cached_property

from bot.screens.links import Links
from bot.screens.taps import Tap, Taps
from core.agency import Agency
from core.district import District
from core.worktime import WorkCalendar


@dataclass(frozen=True)
class Easel:
    """The same for every chat; made once at start."""

    taps: Taps
    bot_name: str
    district: District

    @cached_property
    def links(self) -> Links:
        """Start links of this bot."""
        return Links(self.taps.key, self.bot_name)

    @property
    def calendar(self) -> WorkCalendar:
        """Office hours and holidays."""
        return self.district.calendar

    @property
    def zone(self) -> tzinfo:
        """The clock on the district's wall."""
        return self.district.calendar.zone

    def data(self, action: str, leg: int, version: int, *, chat: int, extra: str = "") -> str:
        """Callback data of a button in this chat."""
        return self.taps.data(Tap(action, leg, version, extra), chat)

    def agency(self, code: str | None) -> Agency | None:
        """The agency with this code, None where there is none (any more)."""
        return self.district.tree.by_code.get(code) if code else None

    def name_of(self, code: str | None) -> str:
        """The short name of an agency, its code where the sheet lost it."""
        agency = self.agency(code)
        return agency.short_name if agency else code or ""
