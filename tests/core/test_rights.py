"""The rights matrix: every step x every kind of person x every place; the default is no."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import pytest

from core.agency import AgencyKind
from core.call import NewCall
from core.desk import Desk
from core.errors import NoExtension, NotYourPart
from core.leg import Leg
from core.lifecycle import LIFECYCLE, Action, Status, rule_for
from core.people import SYSTEM, Actor, Officer, Party, Post
from core.proposing import Proposal
from core.rights import JUDGING, RIGHTS, SPEAKING, entitled, may
from tests.core.playing import (
    CHATS,
    COMMUNITY,
    DISTRICT,
    LAMP,
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

# A leg of a department that a street called up: each agency has one part, the district several.
HOMES = {
    Party.AGENCY: LIGHTS,
    Party.ADJUDICATOR: DISTRICT,
    Party.CALLER: STREET,
    Party.VERIFIER: COMMUNITY,
    Party.SUPERVISOR: DISTRICT,
    Party.APPROVER: DISTRICT,
}
WITHOUT_AGENCY = {Party.SUPPORTER, Party.SYSTEM}
STAFF = {Post.LIAISON, Post.DEPUTY, Post.HEAD, Post.DISPATCHER}
LOOKERS = {Post.GRID, Post.COMMITTEE}
PROPOSAL = Proposal(Action.EXTEND, 1, "某人", MONDAY, MONDAY, awaits=(DISTRICT,))
AGENCIES = (*dict.fromkeys(HOMES.values()), WATER)
MEMBER = Actor(
    4003, "党员"
)  # of verified membership: in the life of a leg a resident as any other
RESIDENTS = (LIN, STRANGER, MEMBER, SU)  # an administrator runs the service, and takes no step
NOBODYS = -999
IN_PRIVATE = 0
PLACES = (None, IN_PRIVATE, *CHATS.values(), NOBODYS)


class Kind(NamedTuple):
    """Who somebody is: ``agency`` and ``post`` are None for residents."""

    who: Actor
    agency: str | None = None
    post: Post | None = None


def _officer(agency: str, post: Post) -> Kind:
    who = Actor(5000, "某人", frozenset({agency}), posts=frozenset({(agency, post)}))
    return Kind(who, agency, post)


KINDS = (*map(Kind, RESIDENTS), *(_officer(agency, post) for agency in AGENCIES for post in Post))


def expected(action: Action, kind: Kind, place: int | None, *, resident: bool) -> bool:
    """Who may, said once more and differently: by place, then by agency, then by post.

    ``resident``: the leg answers one, and no agency.
    """
    party, private = rule_for(action).who, place in (None, IN_PRIVATE)
    if party is Party.SYSTEM:
        return False
    if party is Party.SUPPORTER:  # any other resident: an officer is one too
        return private and kind.who is not LIN
    if kind.agency is None or (party is Party.CALLER and resident):
        return private and party is Party.CALLER and resident and kind.who is LIN
    if HOMES[party] != kind.agency or not (private or place == CHATS[kind.agency]):
        return False
    return kind.post in _posts(party, action)


def _posts(party: Party, action: Action) -> set[Post]:
    if party in (Party.ADJUDICATOR, Party.SUPERVISOR, Party.APPROVER):
        return STAFF | {Post.ADJUDICATOR}
    if party is Party.VERIFIER or (party is Party.AGENCY and action in SPEAKING):
        return STAFF | LOOKERS
    if party is Party.CALLER and action in JUDGING:
        return {Post.HEAD, Post.DEPUTY}
    return STAFF


async def a_leg_while(stage: Stage, action: Action, *, resident: bool) -> Leg:
    """A leg on which this step can be taken, at agencies where every post is filled."""
    await stage.set_up()
    async with stage.units.begin() as work:
        for agency in AGENCIES:
            for n, post in enumerate((Post.HEAD, Post.LIAISON)):
                await work.people.save_officer(Officer(9000 + n, agency, "在职", post))
        call = await Desk(work, stage.district).raise_call(_new(), by=LIN, now=stage.now)
        leg = _leg(call.id, rule_for(action).while_in)
        return await work.legs.add(replace(leg, caller_agency=None) if resident else leg)


async def may_take(
    desk: Desk, leg: Leg, action: Action, who: Actor, place: int | None = None
) -> bool:
    """Whether this step is this person's, there, as the desk says before a form."""
    chat = who.account if place == 0 else place
    try:
        await desk.could(leg.id, action, by=who, now=MONDAY, chat=chat)
    except NotYourPart:
        return False
    except NoExtension:
        return True  # it has no limit to extend: said to whoever may ask
    return True


@pytest.mark.parametrize("resident", [False, True], ids=["between agencies", "of a resident"])
@pytest.mark.parametrize("action", Action)
async def test_everybody_takes_their_steps_in_their_places_and_no_others(
    action: Action, resident: bool
):
    """Every kind of person in every place: what the matrix does not name is refused."""
    stage = Stage(MemoryUnits())
    leg = await a_leg_while(stage, action, resident=resident)

    async with stage.desk() as desk:
        wrong = [
            (kind, place)
            for kind in KINDS
            for place in PLACES
            if await may_take(desk, leg, action, kind.who, place)
            != expected(action, kind, place, resident=resident)
        ]

    assert wrong == []


@pytest.mark.parametrize("action", Action)
async def test_time_itself_takes_the_steps_of_the_system_alone(action: Action):
    stage = Stage(MemoryUnits())
    leg = await a_leg_while(stage, action, resident=False)

    async with stage.desk() as desk:
        takes = await may_take(desk, leg, action, SYSTEM)

    assert takes == (rule_for(action).who is Party.SYSTEM)


def test_every_party_that_acts_is_somewhere_in_the_matrix():
    """A row whose party has no place here would be refused to all, and nobody would notice."""
    assert {rule.who for rule in LIFECYCLE} == {*HOMES, *WITHOUT_AGENCY}


def test_every_right_is_of_a_party_that_acts_and_every_post_is_asked():
    assert {right.acting_as for right in RIGHTS} == set(HOMES)
    assert {kind.post for kind in KINDS} == {None, *Post}


@pytest.mark.parametrize("action", Action)
def test_every_step_is_somebodys(action: Action):
    """The other side: of a matrix in which nobody may, refusing proves nothing."""
    takers = [
        kind
        for kind in KINDS
        for resident in (False, True)
        if expected(action, kind, None, resident=resident)
    ]

    assert bool(takers) is (rule_for(action).who is not Party.SYSTEM)


def test_the_other_staff_stand_in_where_nobody_holds_the_post():
    leaders = entitled(Party.CALLER, Action.ACCEPT, AgencyKind.STREET)
    head = Officer(1, STREET, "何主任", Post.HEAD)

    assert may({Post.LIAISON}, leaders, ())
    assert may({Post.DISPATCHER}, leaders, ())
    assert not may({Post.LIAISON}, leaders, (head,))
    assert not may({Post.GRID}, leaders, ())
    assert not may({Post.LIAISON}, frozenset(), ())


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
