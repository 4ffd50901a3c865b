"""Screens about shared matters fit into a message, with the longest there may be on them."""

from __future__ import annotations

import pytest

from bot.flows.add_co import add_co
from bot.flows.call_up import call_up
from bot.flows.log_phone import log_phone
from bot.flows.merge import merge
from bot.flows.name_lead import name_lead
from bot.flows.reclass import reclass
from bot.flows.retype import retype
from bot.flows.split import split
from bot.screens import alike, filling, filling_together, retyping, timeline
from bot.screens.screen import Screen
from bot.screens.taps import StepTap
from core.agency import Point
from core.intent import Intent
from tests.bot.flows.test_previews import CATALOGUE, TREE, ZONE, a_long_life, a_view
from tests.core.playing import MONDAY

OTHERS = [a_long_life(10**9 + n) for n in range(6)]
FACTS = filling_together.between(a_view(), CATALOGUE.get("1"))
SCREENS = {
    "alike": alike.offered(OTHERS[:3], Point(23.1, 113.2), MONDAY, ZONE),
    "joined": alike.joined(OTHERS[0], MONDAY, ZONE),
    "followed": timeline.followed(OTHERS[0], MONDAY, ZONE),
    "unfollowed": timeline.unfollowed("LW-260615-0001"),
    "all calls": timeline.calls(OTHERS[:3], OTHERS[3:]),
    "another item": filling.confirm(a_view(), "改事项", FACTS),
    "item changed": filling_together.reclassed(a_view()),
    "another type": filling.confirm(a_view(), "改类型", retyping.between(a_view(), Intent.REPORT)),
    "which type": retyping.asks(a_view()),
    "type changed": retyping.retyped(a_view()),
    "reached": filling_together.reached(a_view()),
    "phoned": filling_together.phoned(a_view(), True),
    "not reached": filling_together.phoned(a_view(), False),
    "helped": filling_together.helped(a_view()),
    "which call": filling_together.which_call(a_view(), OTHERS, MONDAY, ZONE),
    "no call": filling_together.which_call(a_view(), (), MONDAY, ZONE),
    "compare": filling_together.compare(a_view(), OTHERS[0]),
    "merged": filling_together.merged(a_view()),
    "naming": filling.confirm(
        a_view(), "指定主办", filling_together.naming(a_view(), TREE.district)
    ),
    "named": filling_together.lead_named(a_view()),
    "divided": filling_together.divided(a_view(), a_view()),
    "whistles": filling.whistles(a_view()),
    "whistle waits": filling.proposed_whistle(a_view()),
}


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_of_a_shared_matter_fits_with_its_buttons(name):
    screen: Screen = SCREENS[name]
    buttons = [button for row in screen.buttons for button in row]

    assert 0 < len(screen.text.render()[0]) <= 4096
    assert all(button.text and len(button.text) <= 64 for button in buttons)
    assert all(len(StepTap(2**31, b.data).data().encode()) <= 64 for b in buttons if b.data)
    assert len({b.data for b in buttons if b.data}) == len([b for b in buttons if b.data])


@pytest.mark.parametrize(
    "flow", [reclass(), retype(), log_phone(), add_co(), merge(), name_lead(), split(), call_up()]
)
def test_their_step_names_are_stored_and_never_renamed(flow):
    known = {
        "reclass": "item confirm",
        "retype": "intent confirm",
        "phone": "reached words",
        "add_co": "helper words look",
        "merge": "into compare",
        "name_lead": "lead confirm",
        "split": "words item look",
        "call_up": "words target whistle look",
    }

    assert " ".join(step.name for step in flow.steps) == known[flow.name]
