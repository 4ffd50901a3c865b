"""The one road by which rules change: tried out, kept as a version, written down, looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from core.acts import Deed, act_of
from core.errors import NotYourPart
from core.in_force import InForce, texts
from core.outgoing import CONVERSATION, Kind, Outgoing
from core.people import Actor
from core.ports import Work
from core.sheet_versions import SheetVersion

LISTED = 10
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Works inside the transaction that is open; only administrators change anything (S4)."""

    work: Work
    rules: InForce

    async def text(self, sheet: str, now: datetime) -> str:
        """The sheet in force at ``now``, as csv; empty where the district does without."""
        version = (await self.work.sheets.in_force(now)).get(sheet)
        if version is None:
            return self.rules.folder_text(sheet)
        return (await self.work.sheets.get(sheet, version)).text

    async def text_of(self, sheet: str, number: int) -> str:
        """An earlier version as csv; ``NotFound`` where there is none of this number."""
        return (await self.work.sheets.get(sheet, number)).text

    async def version_of(self, sheet: str, number: int) -> SheetVersion | None:
        """The version of this number; ``NotFound`` where there is none."""
        return await self.work.sheets.get(sheet, number)

    async def version(self, sheet: str, now: datetime) -> SheetVersion | None:
        """Which version is in force; None for the folder's own."""
        number = (await self.work.sheets.in_force(now)).get(sheet)
        return await self.work.sheets.get(sheet, number) if number else None

    async def newest(self, sheet: str) -> int:
        """The number to go back to after the next change: the folder's sheet becomes 1."""
        return await self.work.sheets.last(sheet) or 1

    async def versions(self, sheet: str) -> Sequence[SheetVersion]:
        """The newest versions, the newest first; none where nobody changed the sheet."""
        return await self.work.sheets.of(sheet, LISTED)

    async def hand_out(
        self, sheet: str, form: str, *, to: int, now: datetime, version: int | None = None
    ) -> None:
        """Owe somebody the sheet as a file; the one in force where no version is named."""
        payload = {"sheet": sheet, "version": version, "form": form}
        row = Outgoing(to, Kind.SHEET, payload, rank=CONVERSATION)
        await self.work.outbox.put(row, now=now)

    async def planned(self, sheet: str, now: datetime) -> Sequence[SheetVersion]:
        """Its versions that take effect later, the first first."""
        return [each for each in await self.work.sheets.planned(now) if each.sheet == sheet]

    async def try_out(self, sheet: str, text: str, *, since: datetime) -> None:
        """Raises ``SheetMistakes`` with all that is wrong from ``since`` on, beside all others.

        Looks at that instant, and at each at which another planned version takes effect.
        """
        planned = await self.work.sheets.planned(since)
        for at in dict.fromkeys((since, *(each.effective_from for each in planned))):
            laid_over = await texts(self.work, await self.work.sheets.in_force(at))
            later = any(each.sheet == sheet and each.effective_from <= at for each in planned)
            self.rules.tried(laid_over if later else laid_over | {sheet: text})

    async def decide(
        self,
        sheet: str,
        text: str,
        *,
        by: Actor,
        now: datetime,
        since: datetime | None = None,
        why: str = "",
        restores: int | None = None,
    ) -> int:
        """A new version, in force from ``since`` on (at once); its number.

        The first change keeps the folder's sheet as version 1, so that there is a way back.
        Raises ``NotYourPart``, ``SheetMistakes``, ``SheetMoved``.
        """
        if not by.administrator:
            raise NotYourPart(action=Deed.RULES_CHANGED)
        await self.try_out(sheet, text, since=since or now)
        number = await self._next(sheet, now) + 1
        version = SheetVersion(
            sheet, number, text, since or now, by.account, by.name, why, now, restores
        )
        facts: dict[str, Any] = {"version": number, "since": version.effective_from.isoformat()}
        if restores:
            facts |= {"restores": restores, **await self._withdraw_planned(sheet, now)}
        await self.work.sheets.add(version)
        act = act_of(Deed.RULES_CHANGED, sheet, by=by, now=now, facts=facts)
        await self.work.acts.add(act)
        self.rules.look_again()
        return number

    async def _withdraw_planned(self, sheet: str, now: datetime) -> dict[str, Any]:
        """Whoever goes back wants what was planned meanwhile no more."""
        planned = [each.version for each in await self.planned(sheet, now)]
        for version in planned:
            await self.work.sheets.withdraw(sheet, version, at=now)
        return {"withdrawn": planned} if planned else {}

    async def _next(self, sheet: str, now: datetime) -> int:
        last = await self.work.sheets.last(sheet)
        if last:
            return last
        text = self.rules.folder_text(sheet)
        await self.work.sheets.add(SheetVersion(sheet, 1, text, BEGINNING, None, "", "", now))
        return 1
