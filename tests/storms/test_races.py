"""Two people act on one call at once, side by side at every statement: as if one was first."""

from __future__ import annotations

import asyncio
import itertools
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import pytest
import pytest_asyncio

from core.call import Call
from core.errors import CoreError, InEachOthersWay, LegMoved
from core.ports import Units, Work
from core.verifying import drawn
from storage.engine import Store
from storage.memory import MemoryUnits
from storage.wire import Parameters, Wire
from storage.work import SqlWork
from tests.core.acts import ACTS
from tests.core.playing import LI, LIN, STRANGER, ZHOU, Stage
from tests.storms.stores import BOTH, opened

INVARIANT = "I6 races of two steps"
pytestmark = pytest.mark.asyncio(loop_scope="module")
NUMBERS = itertools.count(1)
# Longer than any statement takes: whoever is not there by then waits for a lock of ours.
WAITS_FOR_US = 0.05
MOST_TRIES = 12
WHO = {
    "reply": LI,
    "progress": LI,
    "note": ZHOU,
    "resolve": LI,
    "longer": ZHOU,
    "street": LI,
    "reclass": ZHOU,
    "phone": ZHOU,
    "add": LIN,
    "urge": LIN,
    "withdraw": LIN,
    "support": STRANGER,
}
# Those that once were done twice, or by what was no longer so; the others are a storm.
ALWAYS = {("urge", "urge"), ("withdraw", "reclass"), ("withdraw", "withdraw"), ("resolve", "add")}
PAIRS = [
    pytest.param(*pair, marks=() if pair in ALWAYS else pytest.mark.storm)
    for pair in itertools.product(WHO, WHO)
]


@dataclass(frozen=True)
class After:
    """What is left of two acts: who was refused, and everything that is stored of the call."""

    refused: tuple[str | None, str | None]
    legs: tuple[object, ...]
    journal: tuple[tuple[str, int], ...]
    supporters: int
    owed: Counter[int]


class Lockstep:
    """Lets two transactions go from statement to statement together."""

    def __init__(self) -> None:
        self._barrier = asyncio.Barrier(2)

    async def together(self) -> None:
        """Wait until the other is at its next statement, has ended, or waits for us."""
        with suppress(TimeoutError, asyncio.BrokenBarrierError):
            async with asyncio.timeout(WAITS_FOR_US):
                await self._barrier.wait()

    async def end(self) -> None:
        """Let the other go on alone."""
        await self._barrier.abort()


class InStep(Wire):
    """A wire that speaks when both are ready to."""

    def __init__(self, wire: Wire, steps: Lockstep) -> None:
        self._wire, self._steps, self.shared = wire, steps, wire.shared

    async def rows(self, statement, parameters: Parameters = None):
        await self._steps.together()
        return await self._wire.rows(statement, parameters)

    async def row(self, statement, parameters: Parameters = None):
        await self._steps.together()
        return await self._wire.row(statement, parameters)

    async def run(self, statement, parameters: Parameters = None):
        await self._steps.together()
        return await self._wire.run(statement, parameters)

    def savepoint(self):
        return self._wire.savepoint()


@dataclass(frozen=True)
class Racing:
    """The store as one of two racers has it."""

    store: Store
    steps: Lockstep

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Work]:
        async with self.store.begin() as work:
            yield SqlWork(InStep(work._wire, self.steps))

    def read(self):
        return self.store.read()


async def _call(stage: Stage) -> Call:
    """A call in hand, its caller heard, nothing owed."""
    stage.without("calls_per_day")
    call = await stage.raised(draft=f"race {next(NUMBERS)}")
    while drawn(call):  # the lot goes by the id, which two stores number differently
        call = await stage.raised(draft=f"race {next(NUMBERS)}")
    leg = await stage.leg(call)
    for act in ("acknowledge", "reply"):
        async with stage.desk() as desk:
            await ACTS[act](desk, await desk.work.legs.get(leg.id), LI, stage)
    await stage.owed()
    return call


async def _act(name: str, call: Call, units: Units) -> str | None:
    """As the worker does it: again where somebody was first; the refusal where there is one."""
    stage = Stage(units)
    for _ in range(MOST_TRIES):
        try:
            async with stage.desk() as desk:
                (leg, *_rest) = await desk.work.legs.of_call(call.id)
                await ACTS[name](desk, leg, WHO[name], stage)
        except (InEachOthersWay, LegMoved):
            continue
        except CoreError as error:
            return type(error).__name__
        return None
    raise AssertionError(f"{name} never had its turn")


async def _after(stage: Stage, call: Call, refused: list[str | None]) -> After:
    view = await stage.call(call)
    async with stage.units.read() as work:
        supporters = len(await work.supporters.of_call(call.id))
    legs = sorted((v.leg.agency, v.leg.status, v.leg.outcome, v.leg.version) for v in view.legs)
    journal = tuple((entry.action.value, entry.actor or 0) for entry in view.entries)
    owed = Counter(row.lane for row in await stage.owed())
    first, second = refused
    return After((first, second), tuple(legs), journal, supporters, owed)


async def _one_after_the_other(first: str, second: str, *, turned: bool) -> After:
    stage = await Stage(MemoryUnits()).set_up()
    call = await _call(stage)
    order = (second, first) if turned else (first, second)
    refused = [await _act(name, call, stage.units) for name in order]
    return await _after(stage, call, refused[::-1] if turned else refused)


async def _at_once(stage: Stage, store: Store, call: Call, first: str, second: str) -> After:
    steps = Lockstep()

    async def race(name: str) -> str | None:
        try:
            return await _act(name, call, Racing(store, steps))
        finally:
            await steps.end()

    async with asyncio.timeout(60), asyncio.TaskGroup() as both:
        racers = [both.create_task(race(name)) for name in (first, second)]
    return await _after(stage, call, [racer.result() for racer in racers])


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=BOTH)
async def store(request, tmp_path_factory) -> AsyncIterator[Store]:
    async with opened(request, tmp_path_factory) as (store, _):
        await Stage(store).set_up()
        yield store


@pytest.mark.parametrize(("first", "second"), PAIRS)
async def test_two_acts_at_once_are_one_after_the_other(store, first, second):
    stage = Stage(store)
    call = await _call(stage)

    found = await _at_once(stage, store, call, first, second)

    turns = (False, True)
    assert found in [await _one_after_the_other(first, second, turned=t) for t in turns]
