"""That somebody read what is not his is an act like any other: it is written down."""

from __future__ import annotations

from datetime import datetime

from core.acts import Deed
from core.auditing import audits
from core.desk.noting import Noting
from core.errors import NotYourPart
from core.people import Actor


class Auditing(Noting):
    """Auditors and administrators read everything; they change nothing by it."""

    async def audited(self, number: str, *, by: Actor, now: datetime) -> None:
        """A call's whole story was read; ``NotYourPart`` for whoever may not."""
        if not audits(by, self.district):
            raise NotYourPart(action=Deed.AUDITED)
        await self._note(Deed.AUDITED, number, by=by, now=now)
