"""A record that is changed is the record that ``dataclasses`` would have made."""

from __future__ import annotations

import dataclasses

import pytest

from core.leg import Leg
from core.lifecycle import Status
from core.records import replace
from tests.core.playing import MONDAY

LEG = Leg(7, 3, "440103006114", Status.DISPATCHED, version=2, dispatched_at=MONDAY)


def test_what_is_not_named_stays_as_it_was():
    changed = replace(LEG, signed_at=MONDAY, nudges=3)

    assert changed == dataclasses.replace(LEG, signed_at=MONDAY, nudges=3)
    assert LEG.signed_at is None


def test_a_misspelt_field_is_refused():
    with pytest.raises(KeyError):
        replace(LEG, signd_at=MONDAY)
