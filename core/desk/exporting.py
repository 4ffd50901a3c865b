"""That somebody takes a file of everything along is written down before it is made."""

from __future__ import annotations

from datetime import datetime

from core.acts import Deed
from core.auditing import audits
from core.desk.noting import Noting
from core.errors import NotYourPart
from core.exporting import Wish
from core.people import Actor


class Exporting(Noting):
    """Auditors and administrators export; everybody else is refused."""

    async def exported(self, wish: Wish, *, by: Actor, now: datetime, second: str = "") -> None:
        """A file was asked for and confirmed; ``NotYourPart`` for whoever may not.

        ``second`` is who agreed where it shows people.
        """
        if not audits(by, self.district):
            raise NotYourPart(action=Deed.EXPORTED)
        facts = {**wish.facts(), **({"second": second} if second else {})}
        await self._note(Deed.EXPORTED, wish.what.value, by=by, now=now, **facts)
