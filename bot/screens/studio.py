"""Where drawing is done: an easel for the rules in force, a fresh one whenever they change."""

from __future__ import annotations

from bot.delivery.speech import Speech
from bot.screens import sheet_files
from bot.screens.easel import Easel
from bot.screens.rendering import Renderer
from bot.screens.taps import Taps
from core.in_force import InForce
from core.outgoing import Kind, OutboxRow
from core.ports import Work
from core.rulebook import Rulebook


class Studio:
    """Lives as long as the process; ``easel`` and what is rendered belong to one step each."""

    def __init__(self, rules: InForce, taps: Taps, bot_name: str) -> None:
        self.rules = rules
        self._easel = Easel(taps, bot_name, rules.district)

    @property
    def easel(self) -> Easel:
        """What every drawing of this step needs at hand."""
        if self._easel.district is not self.rules.district:
            self._easel = Easel(self._easel.taps, self._easel.bot_name, self.rules.district)
        return self._easel

    async def render(self, row: OutboxRow, work: Work) -> Speech | None:
        """The message this row asks for now; None when there is nothing left to say."""
        if row.kind is Kind.SHEET:
            return await sheet_files.file(row, Rulebook(work, self.rules), self.easel)
        return await Renderer(self.easel).render(row, work)
