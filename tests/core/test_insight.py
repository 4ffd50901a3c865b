"""Whose figures who may see: every post at every level, said once more and differently."""

from __future__ import annotations

import pytest

from core.agency import AgencyKind
from core.insight import Reach, home_of, reach_of, sees, shown_in
from core.people import Actor, Post
from tests.core.playing import (
    COMMUNITY,
    DENG,
    DISTRICT,
    LI,
    LIANG,
    LIGHTS,
    LIN,
    STRANGER,
    STREET,
    SU,
    TAN,
    TEAM,
    WATER,
    ZHONG,
    liwan,
)

TREE = liwan().tree
ELSEWHERE = "440103001"
AGENCIES = (COMMUNITY, STREET, LIGHTS, WATER, DISTRICT, ELSEWHERE)


def expected(post: Post, kind: AgencyKind) -> Reach:
    oversees = kind in (AgencyKind.STREET, AgencyKind.DISTRICT)
    match post:
        case Post.GRID | Post.COMMITTEE:
            return Reach.NOTHING
        case Post.ADJUDICATOR:
            return Reach.BELOW if oversees else Reach.NOTHING
    return Reach.BELOW if oversees else Reach.OWN


@pytest.mark.parametrize("kind", AgencyKind)
@pytest.mark.parametrize("post", Post)
def test_every_post_at_every_level_sees_so_far(post: Post, kind: AgencyKind):
    assert reach_of(post, kind) is expected(post, kind)


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        (LIN, ()),
        (STRANGER, ()),
        (LI, (COMMUNITY,)),
        (LIANG, (COMMUNITY, STREET)),
        (TAN, (LIGHTS,)),
        (DENG, AGENCIES),
        (SU, AGENCIES),
    ],
)
def test_people_see_their_own_agency_and_what_is_below_it(who: Actor, seen: tuple[str, ...]):
    assert tuple(code for code in AGENCIES if sees(who, code, TREE)) == seen


def test_a_team_of_named_people_has_no_figures_for_anybody():
    assert not any(sees(who, TEAM, TREE) for who in (ZHONG, DENG, SU))
    assert home_of(ZHONG, TREE) is None


def test_a_grid_worker_is_shown_nothing():
    grid = Actor(4004, "网格员", frozenset({COMMUNITY}), posts=frozenset({(COMMUNITY, Post.GRID)}))

    assert not sees(grid, COMMUNITY, TREE)
    assert home_of(grid, TREE) is None


def test_a_group_is_shown_its_own_agency_and_what_is_below_it():
    shown = {group: [c for c in AGENCIES if shown_in(group, c, TREE)] for group in AGENCIES}

    assert shown[COMMUNITY] == [COMMUNITY]
    assert shown[STREET] == [COMMUNITY, STREET]
    assert shown[LIGHTS] == [LIGHTS]
    assert shown[DISTRICT] == list(AGENCIES)


@pytest.mark.parametrize(("who", "home"), [(LI, COMMUNITY), (LIANG, STREET), (SU, DISTRICT)])
def test_everybody_is_shown_the_widest_they_may_see_first(who: Actor, home: str):
    found = home_of(who, TREE)

    assert found is not None
    assert found.code == home
