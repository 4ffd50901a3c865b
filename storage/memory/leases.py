"""Leases in memory, on the machine's monotonic clock: the store's own, as it were."""

from __future__ import annotations

import time
from dataclasses import dataclass

from storage.memory.tables import Lease, Tables


@dataclass
class MemoryLeases:
    tables: Tables

    async def hold(self, name: str, *, owner: str, seconds: float) -> int | None:
        before = self.tables.leases.get(name)
        if before and before.owner != owner and before.alive:
            return None
        epoch = 1 if before is None else before.epoch + (before.owner != owner)
        self.tables.leases[name] = Lease(owner, epoch, time.monotonic() + seconds)
        return epoch

    async def holder(self, name: str) -> str | None:
        lease = self.tables.leases.get(name)
        return lease.owner if lease and lease.alive else None

    async def release(self, name: str, *, owner: str) -> None:
        lease = self.tables.leases.get(name)
        if lease and lease.owner == owner:
            self.tables.leases[name] = Lease(owner, lease.epoch, 0.0)
