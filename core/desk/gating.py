"""The admission gate: a community need not take what no list lets in (准入, 拒收)."""

from __future__ import annotations

from datetime import datetime

from core.acts import Deed
from core.agency import AgencyKind
from core.desk.noting import Noting
from core.errors import NotYourPart
from core.lists import ListKind, gate
from core.people import Actor

LONGEST = 60


class Gating(Noting):
    """That a community refused is written down; nobody is worse off for it."""

    async def refuse_task(self, task: str, *, agency: str, by: Actor, now: datetime) -> int | None:
        """Refuse a task for want of an admission; the district's chat, if it has one, hears it.

        ``NotYourPart`` for whoever acts for no community here, and for what a list lets in.
        """
        own = self.district.tree.by_code.get(agency)
        row = gate(self.district.lists, task)
        admitted = row is not None and row.kind is not ListKind.FORBIDDEN
        if own is None or own.kind is not AgencyKind.COMMUNITY or not by.acts_for(agency):
            raise NotYourPart(action=Deed.TASK_REFUSED)
        if admitted:
            raise NotYourPart(action=Deed.TASK_REFUSED)
        facts = {"task": task[:LONGEST], "row": row.code if row else ""}
        await self._note(Deed.TASK_REFUSED, agency, by=by, now=now, **facts)
        binding = await self.work.groups.of_agency(self.district.tree.district.code)
        return binding.chat if binding and not binding.suspended else None
