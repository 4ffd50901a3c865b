"""Whatever anybody does, in whatever order: the life of a call keeps its promises."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from core.board import Board
from core.call import Call, NewCall, OnBehalf
from core.errors import CoreError
from core.leg import Leg
from core.lifecycle import Action, Status
from core.people import Actor, Officer, Post, Resident
from core.views import CallView
from tests.core.acts import ACTS, BESIDE, CODE, HE, PENG, PHONE, SHI, WHO
from tests.core.kept import Promises
from tests.core.motives import MOTIVES, STALLS, Born
from tests.core.playing import (
    COMMUNITY,
    DENG,
    LAMP,
    LI,
    LIANG,
    LIN,
    MONDAY,
    TAN,
    WU,
    ZHONG,
    Stage,
    words,
)
from tests.core.wanting import People
from tests.fakes import MemoryUnits

MOST_ROUNDS = 16  # of eight days: a hold of seven weeks, a rating and four weeks after it
SAID = "楼下的路灯不亮"
Steps = list[tuple[tuple[str, int], int, int]]
FITTING = st.tuples(st.just("fitting"), st.integers(0, 10_000))
WILD = st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, len(WHO) - 1))
STEPS = st.tuples(
    st.one_of(FITTING, FITTING, FITTING, WILD),
    st.integers(0, 4),
    st.sampled_from((0, 0, 0, 0, 1, 5, 80)),
)
ITEMS = st.sampled_from((LAMP, LAMP, STALLS, "11", "13"))
BIRTHS = st.one_of(st.none(), st.builds(Born, st.booleans(), st.booleans(), st.booleans(), ITEMS))
STRAIGHT: Steps = [(("fitting", 0), 0, 0)] * 40
"""The life in which nothing comes between a story and its end."""


def lives(longest: int) -> st.SearchStrategy[Steps]:
    """What happens in one life, in at most so many steps."""
    return st.lists(STEPS, min_size=15, max_size=longest)


async def live(wish: str, born: Born | None, steps: Steps) -> frozenset[Action]:
    """One call, beside another that it may be merged into; every promise after each step.

    It is ``born`` as its story wants it where nothing is said; raised on behalf of somebody, they
    may take it over or never do. Gives every row of the table that was taken.
    """
    stage = await peopled(await Stage(MemoryUnits()).set_up())
    motive = MOTIVES[wish]
    call = await raised(stage, born or motive.born)
    beside = await stage.raised(draft=BESIDE)
    people = People(stage, call, motive)
    promises = Promises(stage)
    view = await view_of(stage, call)
    for (name, number), which, hours in steps:
        if not people.story_goes_on(name, number):
            await stage.tick(stage.now + timedelta(hours=hours))
        await people.act(name, number, which, await view_of(stage, call))
        view = await view_of(stage, call)
        promises.check(view)
    await _time_ends_it(stage, (call, beside))
    return frozenset(one.action for one in stage.units.tables.entries.values())


async def peopled(stage: Stage) -> Stage:
    """Everybody of the model at their place, and Lin known."""
    await stage.with_team()
    async with stage.units.begin() as work:
        await work.people.save_resident(Resident(LIN.account or 0, LIN.name, MONDAY))
        for actor, post in ((PENG, Post.LIAISON), (HE, Post.HEAD), (SHI, Post.HEAD)):
            (agency,) = actor.officer_of
            await work.people.save_officer(Officer(actor.account or 0, agency, actor.name, post))
    return stage


async def raised(stage: Stage, born: Born, said: str = SAID, **more: Any) -> Call:
    """By Lin herself, or by Li for somebody at the counter."""
    by = LI if born.behalf else LIN
    whose = OnBehalf(COMMUNITY, "陈伯", CODE) if born.behalf else None
    new = NewCall(
        *("draft-1", born.item, COMMUNITY, words(said)),
        danger=born.danger,
        sure=born.sure,
        phone=PHONE,
        behalf=whose,
        **more,
    )
    async with stage.desk() as desk:
        return await desk.raise_call(new, by=by, now=stage.now)


async def view_of(stage: Stage, call: Call) -> CallView:
    """The call as it is now, without a copy of everything."""
    async with stage.units.begin() as work:
        return await Board(work, stage.district).call(call.id)


async def _time_ends_it(stage: Stage, calls: tuple[Call, ...]) -> None:
    """From any state the agencies and the clock alone lead to closed calls."""
    for _ in range(MOST_ROUNDS):
        for view in [await view_of(stage, call) for call in calls]:
            for one in reversed(view.legs):
                await _worked_on(stage, one.leg)
        await stage.tick(stage.now + timedelta(days=8))
        legs = [one.leg for call in calls for one in (await view_of(stage, call)).legs]
        if all(leg.status is Status.CLOSED and leg.next_due is None for leg in legs):
            return
    raise AssertionError("nothing ends it")


async def _worked_on(stage: Stage, leg: Leg) -> None:
    """Each of these in turn, by whoever acts for the agency, or called it in."""
    for name in ("decline", "acknowledge", "release", "resolve"):
        for who in (LI, LIANG, TAN, WU, DENG, ZHONG):
            if {leg.agency, leg.adjudicator, leg.caller_agency} & who.officer_of:
                await _one(stage, name, leg.id, who)


async def _one(stage: Stage, name: str, leg_id: int, who: Actor) -> None:
    with suppress(CoreError):
        async with stage.desk() as desk:
            await ACTS[name](desk, await desk.work.legs.get(leg_id), who, stage)
