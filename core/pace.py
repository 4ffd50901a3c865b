"""How fast chats were spoken to lately: shared by all couriers, kept over a restart (I12)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

EVERYBODY = 0


class Paces(Protocol):
    """When each lane was spoken to, in seconds since 1970; lane ``EVERYBODY`` is all of them.

    What is being said now is kept as late as it may arrive.
    """

    async def of(self, lanes: Collection[int]) -> Mapping[int, Sequence[float]]:
        """What is known of these lanes; other couriers wait for the end of the transaction.

        ``EVERYBODY`` is waited for first: nobody can wait in a circle who always asks for it.
        """

    async def keep(self, times: Mapping[int, Sequence[float]]) -> None:
        """Replace what is known of these lanes."""
