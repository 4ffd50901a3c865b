"""The rights matrix: every step x every kind of person x every place; the default is no."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.agency import AgencyKind
from core.call import NewCall
from core.desk import Desk
from core.errors import NotYourPart
from core.leg import Leg
from core.lifecycle import Action, Status, rule_for
from core.people import SYSTEM, Actor, Officer, Party, Post
from core.proposing import Proposal
from core.rights import JUDGING, SPEAKING, entitled, may
from tests.core.playing import (
    CHATS,
    COMMUNITY,
    DISTRICT,
    LAMP,
    LI,
    LIGHTS,
    LIN,
    MONDAY,
    STRANGER,
    STREET,
    SU,
    WATER,
    Stage,
    words,
)
from tests.fakes import MemoryUnits

# A leg of a department that a street called up: each agency has one part, the district two.
HOMES = {
    Party.AGENCY: LIGHTS,
    Party.ADJUDICATOR: DISTRICT,
    Party.CALLER: STREET,
    Party.VERIFIER: COMMUNITY,
}
STAFF = {Post.LIAISON, Post.DEPUTY, Post.HEAD, Post.DISPATCHER}
LOOKERS = {Post.GRID, Post.COMMITTEE}
PROPOSAL = Proposal(Action.EXTEND, 1, "某人", MONDAY, MONDAY, awaits=(DISTRICT,))
PEOPLE = [(agency, post) for agency in (*HOMES.values(), WATER) for post in Post]
AUDITOR = Actor(4002, "审计", frozenset({LIGHTS}), posts=frozenset({(LIGHTS, Post.AUDITOR)}))
OUTSIDERS = {"a stranger": STRANGER, "an administrator": SU, "an auditor": AUDITOR}
PLACES = (None, *CHATS.values())


def expected(action: Action, agency: str, post: Post) -> bool:
    """Who may, said once more and differently: by agency, then by post."""
    party = rule_for(action).who
    if party is Party.SUPPORTER:
        return True  # any resident: an officer is one too
    if agency == DISTRICT:
        decides = party in (Party.ADJUDICATOR, Party.SUPERVISOR, Party.APPROVER)
        return decides and post in STAFF | {Post.ADJUDICATOR}
    if HOMES.get(party) != agency:
        return False
    if party is Party.AGENCY and post in LOOKERS:
        return action in SPEAKING
    if party is Party.VERIFIER:
        return post in STAFF | LOOKERS
    if party is Party.CALLER and action in JUDGING:
        return post in (Post.HEAD, Post.DEPUTY)
    return post in STAFF


async def try_step(
    action: Action, who: Actor, chat: int | None, *, answers_resident: bool = False
) -> bool:
    """Whether this step is this person's, there, as the desk says before a form."""
    stage = Stage(MemoryUnits())
    await stage.set_up()
    async with stage.units.begin() as work:
        for agency in (*HOMES.values(), WATER):
            for n, post in enumerate((Post.HEAD, Post.LIAISON)):
                await work.people.save_officer(Officer(9000 + n, agency, "在职", post))
        call = await Desk(work, stage.district).raise_call(_new(), by=LIN, now=stage.now)
        leg = _leg(call.id, rule_for(action).while_in)
        leg = await work.legs.add(replace(leg, caller_agency=None) if answers_resident else leg)
        try:
            await Desk(work, stage.district).could(leg.id, action, by=who, chat=chat)
        except NotYourPart:
            return False
        return True


@pytest.mark.parametrize("action", Action)
async def test_officers_take_the_steps_of_their_post_and_no_others(action: Action):
    wrong = [
        (agency, post)
        for agency, post in PEOPLE
        if await try_step(action, _officer(agency, post), None) != expected(action, agency, post)
    ]

    assert wrong == []


@pytest.mark.parametrize("action", Action)
async def test_in_a_group_only_its_own_agency_acts(action: Action):
    party = rule_for(action).who
    home = HOMES.get(party, DISTRICT)
    if party in (Party.SYSTEM, Party.SUPPORTER) or home not in CHATS:
        return
    post = Post.HEAD
    allowed = {
        chat for chat in CHATS.values() if await try_step(action, _officer(home, post), chat)
    }

    assert allowed == {CHATS[home]}


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("who", OUTSIDERS.values(), ids=OUTSIDERS)
@pytest.mark.parametrize("place", PLACES)
async def test_strangers_administrators_and_auditors_take_no_step(action, who, place):
    party = rule_for(action).who
    allowed = await try_step(action, who, place)

    assert allowed == (party is Party.SUPPORTER and place is None)


@pytest.mark.parametrize("action", Action)
async def test_the_resident_takes_no_step_in_a_leg_between_agencies(action: Action):
    assert not await try_step(action, LIN, None)


@pytest.mark.parametrize("action", Action)
async def test_whoever_raised_it_takes_the_callers_steps_in_private_and_none_in_a_group(action):
    allowed = {
        place for place in PLACES if await try_step(action, LIN, place, answers_resident=True)
    }

    assert allowed == ({None} if rule_for(action).who is Party.CALLER else set())


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("who", [STRANGER, LI], ids=["another resident", "an officer as one"])
async def test_nobody_else_takes_the_steps_of_whoever_raised_it(action, who):
    steps = rule_for(action).who is Party.CALLER

    assert not (steps and await try_step(action, who, None, answers_resident=True))


@pytest.mark.parametrize("action", Action)
async def test_time_itself_takes_the_steps_of_the_system_alone(action: Action):
    assert await try_step(action, SYSTEM, None) == (rule_for(action).who is Party.SYSTEM)


def test_the_other_staff_stand_in_where_nobody_holds_the_post():
    leaders = entitled(Party.CALLER, Action.ACCEPT, AgencyKind.STREET)
    head = Officer(1, STREET, "何主任", Post.HEAD)

    assert may({Post.LIAISON}, leaders, ())
    assert may({Post.DISPATCHER}, leaders, ())
    assert not may({Post.LIAISON}, leaders, (head,))
    assert not may({Post.GRID}, leaders, ())
    assert not may({Post.LIAISON}, frozenset(), ())


def _officer(agency: str, post: Post) -> Actor:
    return Actor(5000, "某人", frozenset({agency}), posts=frozenset({(agency, post)}))


def _leg(call_id: int, while_in: frozenset[Status]) -> Leg:
    status = sorted(while_in)[0]
    return Leg(
        id=0,
        call_id=call_id,
        agency=LIGHTS,
        status=status,
        parent_id=None,
        caller_agency=STREET,
        adjudicator=DISTRICT,
        verifier=COMMUNITY,
        proposal=PROPOSAL,
    )


def _new() -> NewCall:
    return NewCall("draft-1", LAMP, COMMUNITY, words("路灯不亮"))
