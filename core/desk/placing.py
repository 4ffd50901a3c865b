"""Administrators say who holds which post and which group is nobody's any more, by name."""

from __future__ import annotations

from datetime import datetime

from core.acts import Deed
from core.desk.erasing import Erasing, Forgotten
from core.desk.rostering import named
from core.errors import NotFound, NotYourPart
from core.people import Actor, Binding, Officer, Post
from core.records import replace


class Placing(Erasing):
    """Only administrators; what they do is written down with their name."""

    async def set_post(
        self, agency: str, name: str, post: Post | None, *, by: Actor, now: datetime
    ) -> Officer:
        """The officer of this name holds this post from now on, or none; who it is.

        Raises ``NotYourPart``, and ``NobodyCalledSo`` for a name that is nobody's or two people's.
        """
        _only_administrators(by, Deed.POST_CHANGED)
        officer = named(await self.work.people.officers_of(agency), name)
        if post is None:
            await self.work.people.remove_officer(officer.account, agency)
        else:
            await self.work.people.save_officer(replace(officer, post=post))
        facts = {"before": officer.post.value, "post": post.value if post else ""}
        facts |= {"account": str(officer.account)}
        await self._note(Deed.POST_CHANGED, agency, by=by, now=now, **facts)
        return officer

    async def unbind(self, agency: str, *, by: Actor, now: datetime) -> Binding:
        """Its group is nobody's from now on; the level above answers. ``NotFound`` without one."""
        _only_administrators(by, Deed.UNBOUND)
        binding = await self.work.groups.of_agency(agency)
        if binding is None:
            raise NotFound(agency=agency)
        await self.work.groups.remove(agency)
        await self._note(Deed.UNBOUND, agency, by=by, now=now, chat=binding.chat)
        return binding

    async def erase_caller(self, number: str, *, now: datetime) -> tuple[int, Forgotten]:
        """Forget whoever raised this call, who asked on paper or by phone (row 43); the account.

        Two persons decided it before. ``NotFound`` where the call is nobody's.
        """
        call = await self.work.calls.by_number(number)
        if call is None or not call.caller:
            raise NotFound(call=number)
        asked = Actor(call.caller, "")
        return call.caller, await self.erase_own(by=asked, now=now)


def _only_administrators(by: Actor, deed: Deed) -> None:
    if not by.administrator:
        raise NotYourPart(action=deed)
