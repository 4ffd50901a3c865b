"""Leases: who does what only one may do, for a while and on the store's own clock (D5)."""

from __future__ import annotations

from typing import Protocol

LEADER = "leader"
LEADS = 15.0
CARRIES = 30.0


class Leases(Protocol):
    """Named leases; a store that only one process can open forgets them when it is opened."""

    async def hold(self, name: str, *, owner: str, seconds: float) -> int | None:
        """Take or renew it for so many seconds from now on; its epoch, one more per new owner.

        None while somebody else's has not run out. Seconds are those of the store's clock, so
        that processes on machines with different clocks agree.
        """

    async def holder(self, name: str) -> str | None:
        """Whose it is now; None when it has run out, or nobody ever took it."""

    async def release(self, name: str, *, owner: str) -> None:
        """Let go of it at once; somebody else's stays."""
