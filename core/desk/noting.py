"""What is done by right on no call is written down like every step of one (I23)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from core.acts import act_of
from core.desk.strokes import Strokes
from core.people import Actor


class Noting(Strokes):
    """For whatever part of the desk acts on no call."""

    async def _note(
        self, deed: str, subject: str, *, by: Actor, now: datetime, **facts: Any
    ) -> None:
        await self.work.acts.add(act_of(deed, subject, by=by, now=now, facts=facts))
