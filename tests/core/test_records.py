"""A record that is changed is the record that ``dataclasses`` would have made."""

from __future__ import annotations

import dataclasses

import pytest

from core.leg import Leg
from core.lifecycle import Status
from core.records import made, replace
from tests.core.playing import MONDAY

LEG = Leg(7, 3, "440103006114", Status.DISPATCHED, version=2, dispatched_at=MONDAY)


def test_what_is_not_named_stays_as_it_was():
    changed = replace(LEG, signed_at=MONDAY, nudges=3)

    assert changed == dataclasses.replace(LEG, signed_at=MONDAY, nudges=3)
    assert LEG.signed_at is None


def test_a_misspelt_field_is_refused():
    with pytest.raises(AttributeError):
        replace(LEG, signd_at=MONDAY)


def test_what_is_made_of_its_fields_is_as_if_it_were_called():
    named = {field.name: getattr(LEG, field.name) for field in dataclasses.fields(LEG)}

    assert made(Leg, named) == LEG
    assert made(Leg, {"id": 7, "call_id": 3, "agency": "4401"}) == Leg(7, 3, "4401")


def test_what_was_made_or_changed_is_frozen_and_of_its_kind():
    for record in (replace(LEG, nudges=3), made(Leg, {"id": 1, "call_id": 2, "agency": "44"})):
        assert type(record) is Leg
        with pytest.raises(dataclasses.FrozenInstanceError):
            record.nudges = 4
