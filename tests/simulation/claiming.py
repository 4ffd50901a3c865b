"""What is owed in a simulation, as a courier would have it in hand."""

from __future__ import annotations

from datetime import datetime

from core.outgoing import OutboxRow, Outgoing, State


def claimed(row: Outgoing, now: datetime) -> OutboxRow:
    """A row of an outbox that is being sent."""
    return OutboxRow(1, row.lane, row.kind, row.policy, row.payload, State.SENDING, 1, now)
