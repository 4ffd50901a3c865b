"""A month of one street as its group reads it: real desk, watch and words, simulated people.

The transcript is kept in ``golden/a_month.txt`` to be read by eye. ``python -m
tests.simulation.test_a_month`` writes it anew after a change of words or rules. Simulated officers
bear the name of their agency, and its liaison and its head the same one; residents say one line.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from random import Random

from bot.delivery.speech import ready_made
from bot.screens.easel import Easel
from bot.screens.rendering import Renderer
from core.call import Medium, NewCall, Piece
from core.outgoing import Kind, Outgoing
from core.ports import Work
from core.posting import Posting
from simulation.acting import Acting
from simulation.behaviour import read
from simulation.running import Scenario, Simulation
from simulation.town import CHAT
from storage.memory import MemoryUnits
from tests.bot.group.room import TAPS
from tests.core.playing import STREET, liwan
from tests.simulation.claiming import claimed

GOLDEN = Path(__file__).parent / "golden" / "a_month.txt"
JUNE = Scenario(date(2026, 6, 1), 30, calls_a_year=300, seed=5)


@dataclass
class Neighbours(Acting):
    """Residents of one street, who say in words what the matter is."""

    def thinks_of(self, n: int, chance: Random) -> NewCall:
        """What the n-th of them calls about: their street answers it, or a community."""
        items = self.district.catalogue.items
        item = chance.choice(items)
        place = chance.choice(self.district.tree.children(STREET))
        said = (Piece(Medium.WORDS, f"第 {n} 件：{item.name}，请来看看"),)
        return NewCall(f"m{n}", item.code, place.code, said)


@dataclass
class Transcript:
    """What one chat is shown, line by line; every other chat is rendered and not kept."""

    chat: int
    renderer: Renderer
    lines: list[str] = field(default_factory=list)
    numbers: int = 0

    async def deliver(self, rows: Iterable[Outgoing], work: Work, now: datetime) -> None:
        """Say all that is owed."""
        for row in rows:
            await self._said(row, work, now)

    async def _said(self, row: Outgoing, work: Work, now: datetime) -> None:
        if row.kind is Kind.SAY:
            speech = ready_made(row.payload)
        else:
            speech = await self.renderer.render(claimed(row, now), work)
        if speech is None:
            return
        if speech.leg is not None and speech.purpose is not None:
            self.numbers += 1
            await work.postings.add(Posting(row.lane, self.numbers, speech.leg, speech.purpose))
        if row.lane == self.chat:
            self._note(speech.method, speech.params, now)

    def _note(self, method: str, params: dict, now: datetime) -> None:  # type: ignore[type-arg]
        local = now.astimezone(liwan().calendar.zone)
        kind = "改" if method.startswith("edit") else "发"
        kind += "（静音）" if params.get("disable_notification") else ""
        text = params.get("text") or params.get("caption") or ""
        rows = (params.get("reply_markup") or {}).get("inline_keyboard", ())
        buttons = " ".join(f"[{one['text']}]" for row in rows for one in row)
        self.lines += [f"── {local:%m-%d %H:%M} {kind}", text, *([buttons] if buttons else []), ""]


async def lived() -> str:
    """The month in the group of the street."""
    district = liwan()
    n = next(n for n, one in enumerate(district.tree.agencies) if one.code == STREET)
    units = MemoryUnits(apart=True)
    simulation = Simulation(district, read(), JUNE, units, lambda party, action: True)
    easel = Easel(TAPS, "huying_bot", district)
    transcript = Transcript(CHAT - n, Renderer(easel))
    simulation.ledger = simulation._noted.ledger = transcript  # type: ignore[assignment]
    simulation.acting = Neighbours(district, simulation.town, simulation.behaviour)
    await simulation.run()
    return "\n".join(transcript.lines)


async def test_a_month_of_a_street_reads_as_it_did():
    assert await lived() == GOLDEN.read_text(encoding="utf-8")


if __name__ == "__main__":
    GOLDEN.write_text(asyncio.run(lived()), encoding="utf-8")
