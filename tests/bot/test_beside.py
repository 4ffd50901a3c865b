"""Work in processes of their own: what it brings, and that none outlives the rest."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from multiprocessing import active_children

import pytest

from bot.office.beside import Failed, Lost, Passed, beside


async def brings(passed: Passed) -> int:
    passed(0.5)
    passed(1.0)
    return os.getpid()


async def never_ends(passed: Passed) -> None:
    await asyncio.Event().wait()


async def fails(passed: Passed) -> None:
    raise KeyError("rung")


async def is_killed(passed: Passed) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_each_work_brings_its_own_from_another_process():
    shares: list[float] = []

    first, second = beside([brings, brings], shares.append)

    assert len({first, second, os.getpid()}) == 3
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


@pytest.mark.parametrize(("work", "told"), [(fails, Failed), (is_killed, Lost)])
def test_where_one_goes_wrong_all_end(work: Callable, told: type[Exception]):
    with pytest.raises(told):
        beside([never_ends, work], lambda share: None)

    assert active_children() == []


def test_what_failed_is_told_as_it_was_told_there():
    with pytest.raises(Failed, match="in fails") as failed:
        beside([fails], lambda share: None)

    assert str(failed.value).endswith("KeyError: 'rung'\n")


def test_whoever_waits_may_end_all():
    def interrupted(share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        beside([brings, never_ends], interrupted)

    assert active_children() == []
