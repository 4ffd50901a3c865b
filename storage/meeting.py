"""Reads together what a batch of steps will ask of its people: three statements for all."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import bindparam, select

from core.people import Officer
from storage.conversations import conversation_of
from storage.known import Known
from storage.mapping import table
from storage.people import OFFICERS, officer_of, resident_of
from storage.tables import OfficerRow, ResidentRow
from storage.traffic import ConversationRow
from storage.wire import Wire

_residents, _talks = table(ResidentRow), table(ConversationRow)
_officers = table(OfficerRow)
_AMONG: Any = bindparam("among", expanding=True)
_RESIDENTS = select(_residents).where(_residents.c.account.in_(_AMONG))
_POSTS = OFFICERS.where(_officers.c.account.in_(_AMONG))
_TALKS = select(_talks).where(_talks.c.account.in_(_AMONG))


async def meet(wire: Wire, known: Known, accounts: Collection[int]) -> None:
    """Know these people: who they are, the posts they hold, the conversation each is in."""
    among = {"among": list(accounts)}
    known.residents.update(dict.fromkeys(accounts))
    known.residents.update(
        (row.account, resident_of(row)) for row in await wire.rows(_RESIDENTS, among)
    )
    posts: dict[int, list[Officer]] = {account: [] for account in accounts}
    for row in await wire.rows(_POSTS, among):
        posts[row.account].append(officer_of(row))
    known.posts.update((account, tuple(held)) for account, held in posts.items())
    known.talks.update(dict.fromkeys(accounts))
    known.talks.update(
        (row.account, conversation_of(row)) for row in await wire.rows(_TALKS, among)
    )
