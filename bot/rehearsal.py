"""What the sandbox comes with: a few groups bound, a few officers registered."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from core.people import Binding, Officer, Post
from core.ports import Units


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The ``service`` part of a seed: administrators, whose groups are whose, officers."""

    administrators: tuple[int, ...] = ()
    groups: Sequence[Mapping[str, Any]] = ()
    officers: Sequence[Mapping[str, Any]] = ()

    @classmethod
    def read(cls, seed: Path) -> Rehearsal:
        """The rehearsal written beside the world in a seed file; empty where there is none."""
        if not seed.exists():
            return cls()
        service = json.loads(seed.read_text(encoding="utf-8")).get("service", {})
        return cls(
            tuple(service.get("administrators", ())),
            tuple(service.get("groups", ())),
            tuple(service.get("officers", ())),
        )

    async def set_up(self, units: Units, *, now: datetime) -> None:
        """Bind and register; what is bound or registered already stays as it is."""
        async with units.begin() as work:
            bound = await work.groups.bound_agencies()
            for group in self.groups:
                if group["agency"] not in bound:
                    await work.groups.save(_binding(group, now))
            for officer in self.officers:
                await work.people.save_officer(_officer(officer, now))


def _binding(group: Mapping[str, Any], now: datetime) -> Binding:
    return Binding(group["agency"], group["chat"], group["title"], bound_by=0, bound_at=now)


def _officer(about: Mapping[str, Any], now: datetime) -> Officer:
    post = Post(about.get("post", Post.LIAISON))
    return Officer(about["account"], about["agency"], about["name"], post, now)
