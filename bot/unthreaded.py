"""Keeps aiogram's filters in the event loop.

aiogram 3.31 runs every synchronous filter, ``F.text`` and the like, in a thread of its own: some
eight hops an update, which cost more than everything the filters decide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.handler import FilterObject


def stay_in_the_loop(router: Router) -> None:
    """Make the synchronous filters of this router and all below it awaitable; once, at start."""
    for each in router.chain_tail:
        for found in _filters(each):
            if not found.awaitable:
                found.callback = _awaitable(found.callback)
                found.awaitable = True


def _filters(router: Router) -> Iterator[FilterObject]:
    for observer in router.observers.values():
        for handler in (observer._handler, *observer.handlers):
            yield from handler.filters or ()


def _awaitable(decide: Callable[..., Any]) -> Callable[..., Any]:
    async def decided(*event: Any, **data: Any) -> Any:
        return decide(*event, **data)

    return decided
