"""The table itself: readable, complete, and the only source of the published picture."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.diagram import document, sentence
from core.errors import CardOutdated, NotAllowedNow, NotYourPart
from core.leg import Leg, advance
from core.lifecycle import FINAL, LIFECYCLE, Action, Status, open_actions, rule_for
from core.people import Party

PUBLISHED = Path(__file__).parents[2] / "docs" / "lifecycle.md"


def test_every_action_has_exactly_one_row():
    assert sorted(rule.does for rule in LIFECYCLE) == sorted(Action)


def test_only_closed_is_the_end():
    assert set(FINAL) == {Status.CLOSED}


def test_every_open_state_has_a_way_out():
    leaving = {status for rule in LIFECYCLE if rule.becomes for status in rule.while_in}

    assert leaving >= set(Status) - FINAL


def test_what_is_closed_is_taken_up_again_by_its_caller_or_from_above_alone():
    leaving = {rule.who for rule in LIFECYCLE if rule.becomes and FINAL & rule.while_in}

    assert leaving == {Party.CALLER, Party.SUPERVISOR, Party.ADJUDICATOR}


def test_every_state_can_be_reached_from_triage():
    reached, grown = {Status.TRIAGE}, True
    while grown:
        rules = [r for r in LIFECYCLE if isinstance(r.becomes, Status)]
        following = {r.becomes for r in rules if r.while_in & reached}
        leading = [r for r in LIFECYCLE if isinstance(r.becomes, Status)]
        following = {r.becomes for r in leading if r.while_in & reached}
        grown = not following <= reached
        reached |= following

    assert reached == set(Status)


def test_the_published_picture_is_the_table():
    assert PUBLISHED.read_text(encoding="utf-8") == document()


def test_a_row_reads_aloud():
    assert sentence(rule_for(Action.ACKNOWLEDGE)) == (
        "The agency does *acknowledge* while dispatched; it becomes in_progress, "
        "caller, supporter told."
    )


def test_an_agency_may_first_acknowledge_or_return_what_was_dispatched():
    actions = open_actions(Status.DISPATCHED, Party.AGENCY)

    assert actions[:3] == (Action.ACKNOWLEDGE, Action.NOTE, Action.RETURN)


def test_a_step_of_another_part_is_refused():
    with pytest.raises(NotYourPart):
        advance(_leg(), Action.ACKNOWLEDGE, parts=frozenset({Party.CALLER}), version=1)


def test_a_step_in_another_state_is_refused():
    with pytest.raises(NotAllowedNow):
        advance(_leg(), Action.RESOLVE, parts=frozenset({Party.AGENCY}), version=1)


def test_a_button_of_an_earlier_turn_is_refused():
    leg = _leg(version=3)

    with pytest.raises(CardOutdated):
        advance(leg, Action.ACKNOWLEDGE, parts=frozenset({Party.AGENCY}), version=2)


def test_a_step_that_stays_leaves_the_buttons_of_the_card_good():
    leg = _leg(status=Status.IN_PROGRESS, version=2)

    assert advance(leg, Action.NOTE, parts=frozenset({Party.AGENCY}), version=None).version == 2


def _leg(status: Status = Status.DISPATCHED, version: int = 1) -> Leg:
    return Leg(id=1, call_id=1, agency="440103002108", status=status, version=version)
