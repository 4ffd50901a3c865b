"""Everybody a simulated district needs: a group and two officers in every agency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from core.district import District
from core.people import Actor, Binding, Officer, Post
from core.ports import Units

CHAT, OFFICER, LEADER, RESIDENT = -1_000_000, 1_000_000, 2_000_000, 3_000_000


@dataclass(frozen=True)
class Town:
    """The numbers of its people and groups follow the order of the agencies' sheet."""

    district: District

    async def move_in(self, units: Units, *, now: datetime) -> None:
        """Bind a group and register a liaison and a head for every agency."""
        async with units.begin() as work:
            for n, agency in enumerate(self.district.tree.agencies):
                await work.groups.save(Binding(agency.code, CHAT - n, agency.name, 0, now))
                for first, post in ((OFFICER, Post.LIAISON), (LEADER, Post.HEAD)):
                    await work.people.save_officer(
                        Officer(first + n, agency.code, agency.name, post, now)
                    )

    def officer(self, code: str, *, leads: bool = False) -> Actor:
        """Who acts for an agency: its liaison, or its head."""
        n = self._places[code]
        account, post = (LEADER + n, Post.HEAD) if leads else (OFFICER + n, Post.LIAISON)
        posts = frozenset({(code, post)})
        return Actor(account, self.district.tree.get(code).name, frozenset({code}), posts=posts)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {agency.code: n for n, agency in enumerate(self.district.tree.agencies)}

    def agency_in(self, chat: int) -> str:
        """Whose group this is."""
        return self.district.tree.agencies[CHAT - chat].code
