"""Every screen of the private chat, drawn from preview data, is one that Telegram would take."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.flows.admit import admit
from bot.flows.again import again
from bot.flows.ask import ask
from bot.flows.my_calls import my_calls
from bot.flows.propose_rejection import propose_rejection
from bot.flows.raise_call import raise_call
from bot.flows.rate_call import rate_call
from bot.flows.redirect import redirect
from bot.screens import (
    after_closing,
    danger,
    filling_checks,
    intents,
    items,
    judging,
    look,
    matter,
    objecting,
    own_number,
    place,
    planning,
    promised,
    redacting,
    sorting,
    timeline,
    two,
    welcome,
)
from bot.screens.screen import Screen
from bot.screens.taps import StepTap
from core.agency import AgencyKind
from core.call import Medium, Piece
from core.holding import MOST_STEPS, HoldGround, HoldPlan, Milestone
from core.intent import Intent
from core.journal import Entry
from core.lifecycle import Action, Status
from core.limits import Span, Unit
from core.redacting import Own
from core.views import CallView, LegView
from tests.builders import a_call, a_leg
from tests.core.playing import MONDAY, liwan

ZONE = liwan().calendar.zone
CATALOGUE, TREE = liwan().catalogue, liwan().tree
STREETS = TREE.of_kind(AgencyKind.STREET)
LONG = "很长的话，" * 800
PIECES = (Piece(Medium.WORDS, LONG[:4000]), *[Piece(Medium.PHOTO, "照片", file="f")] * 10)
OWN = [Own(f"p{n}", (Piece(Medium.WORDS, LONG),), (), first=True) for n in range(20)]
OWN.append(Own("e7", (Piece(Medium.PHOTO, file="f"),), (7,)))
COMMUNITIES = [(agency, "逢源街道") for agency in TREE.children("440103006")]


def a_view(**fields) -> LegView:
    call = a_call(pieces=PIECES, address="长" * 150, details="细" * 500, **fields)
    community = TREE.get(call.community)
    leg = a_leg(sign_due=MONDAY, contact_due=MONDAY, finish_due=MONDAY, clause="《规则》第 8 条")
    return LegView(leg, call, CATALOGUE.get(call.item), community, community)


def a_long_life(call_id: int = 1) -> CallView:
    view = a_view(id=call_id)
    said = (Piece(Medium.WORDS, LONG),)
    entry = Entry(0, 1, view.leg.id, Action.REPLY, MONDAY, pieces=said)
    return CallView(view.call, view.item, view.community, (view,), (entry,) * 60)


STEPS = tuple(Milestone("一步" * 40, MONDAY, met_at=MONDAY) for _ in range(MOST_STEPS))
PLAN = HoldPlan(HoldGround.MONEY, LONG, "周主任", STEPS, MONDAY)


def a_held_call() -> CallView:
    long = a_long_life()
    leg = replace(long.main.leg, status=Status.ON_HOLD, plan=PLAN)
    return replace(long, legs=(replace(long.main, leg=leg),))


SCREENS = {
    "more time": planning.amounts(a_view(), Span(5, Unit.WORKING_DAYS)),
    "hold, ground": planning.grounds(a_view()),
    "hold, no steps": planning.steps(a_view(), (), ZONE),
    "hold, steps": planning.steps(a_view(), STEPS, ZONE),
    "hold, review": planning.reviews(a_view(), 30),
    "ordered up": planning.ordered(a_view()),
    "objecting": objecting.asks("LW-260615-0001"),
    "objected": objecting.passed_on("LW-260615-0001"),
    "not objected": objecting.left(),
    "call on hold": timeline.call(a_held_call(), MONDAY, ZONE),
    "privacy": matter.privacy(has_said=True),
    "which": matter.which([(n, "LW-260615-0001", "路灯不亮") for n in range(5)]),
    "matter, nothing said": matter.matter((), told=False, community="逢源北社区"),
    "matter, photos only": matter.matter(PIECES[1:], told=False),
    "matter, told": matter.matter(PIECES, told=True),
    "added": matter.added("LW-260615-0001", "逢源北社区"),
    "dropped": matter.dropped(),
    "suggested": items.suggested(CATALOGUE.items[:3]),
    "searched": items.suggested(CATALOGUE.items[:3], searched=LONG),
    "domains": items.domains(CATALOGUE.domains),
    **{f"domain {d}": items.categories(d, CATALOGUE.categories(d)) for d in CATALOGUE.domains},
    **{
        f"category {i.category}": items.items(i.category, CATALOGUE.in_category(i.category))
        for i in CATALOGUE.items
    },
    "danger": danger.question(),
    "stop": danger.stop(),
    "place": place.question("逢源北社区"),
    "near": place.near(COMMUNITIES[:3]),
    "named": place.named(LONG, COMMUNITIES[:6]),
    "unknown": place.unknown(LONG, STREETS),
    "streets": place.streets(STREETS),
    "communities": place.communities(STREETS[0], [a for a, _street in COMMUNITIES] * 3, 1),
    "details": look.details(CATALOGUE.get("10").required_facts),
    "details of what is urgent": look.details(CATALOGUE.get("11").required_facts, urgent=True),
    "look": look.look(a_view()),
    "look, in danger": look.look(a_view(danger=True)),
    "promised": promised.promised(a_view(danger=True), MONDAY, ZONE),
    "calls": timeline.calls([a_long_life(n) for n in range(20)]),
    "no calls": timeline.calls([]),
    "call": timeline.call(a_long_life(), MONDAY, ZONE),
    "adding": timeline.adding("LW-260615-0001"),
    "withdrawing": timeline.withdrawing("LW-260615-0001"),
    "withdrawn": timeline.withdrawn("LW-260615-0001"),
    "left": timeline.left(),
    "withdrawing, with a look": timeline.withdrawing("LW-260615-0001", looks="逢源北社区"),
    "withdrawal waits": timeline.withdrawal_waits("LW-260615-0001", "逢源北社区"),
    "question": sorting.question(a_view()),
    "question asked": sorting.asked(a_view()),
    "reasons": sorting.reasons(a_view()),
    "channels": sorting.channels(a_view()),
    "redirected": sorting.redirected(a_view()),
    "rejections": sorting.rejections(a_view()),
    "takers": sorting.takers(a_view(), STREETS[:8]),
    "last look": sorting.last_look(a_view(), CATALOGUE.get("1"), STREETS[0], listed=True),
    "admitted": sorting.admitted(a_view()),
    "look, with a number": look.look(a_view(), phone="+8613812345678"),
    "number": own_number.asks("+8613812345678"),
    "number, sure": own_number.sure("+8613812345678"),
    "number kept": own_number.kept("+8613812345678", 3),
    "look, unsure": look.look(a_view(), unsure=True),
    "suggested, unsure": items.suggested(CATALOGUE.items[:3], asks_community=True),
    "rework or close": judging.rework_or_close("LW-260615-0001", "逢源北社区"),
    "what is wrong": judging.what_is_wrong(),
    "stars": judging.stars("LW-260615-0001", LONG),
    "only close": judging.rework_or_close("LW-260615-0001", "逢源北社区", again=False),
    "thanks ahead": judging.thanks_ahead("LW-260615-0001"),
    "what is left": after_closing.what_is_left("LW-260615-0001", anew=False),
    "what is there again": after_closing.what_is_left("LW-260615-0001", anew=True),
    "reopened": after_closing.reopened("LW-260615-0001", "逢源北社区", "明天 12:00"),
    "let be": after_closing.let_be(),
    "seen": filling_checks.seen(a_view()),
    "failed": filling_checks.failed(a_view()),
    "pressed": filling_checks.pressed(a_view()),
    "reopened by hand": filling_checks.reopened(a_view()),
    "thanks": judging.thanks("LW-260615-0001"),
    "reworked": judging.reworked("LW-260615-0001", "逢源北社区", "明天 12:00"),
    "put off": judging.put_off(),
    "welcome": welcome.welcome("林" * 32),
    "help": welcome.help_text(officer_of=("逢源北社区",), administrator=True),
    "unknown link": welcome.unknown_link(),
    "look of a report": look.look(a_view(intent=Intent.REPORT)),
    "intents": intents.asks(),
    "protects": intents.protects(STREETS[0]),
    "protects, no team": intents.protects(None),
    "two matters": two.asks(LONG, LONG),
    "edge": place.edge(COMMUNITIES[:2]),
    "own words": redacting.which("LW-260615-0001", OWN),
    "no own words": redacting.which("LW-260615-0001", ()),
    "take back": redacting.sure("LW-260615-0001", OWN[0]),
    "take back a photo": redacting.sure("LW-260615-0001", OWN[-1]),
    "taken back": redacting.taken("LW-260615-0001"),
}


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_fits_into_a_message(name):
    screen: Screen = SCREENS[name]
    texts = [screen.text, *screen.before]

    assert all(0 < len(text.render()[0]) <= 4096 for text in texts)
    assert not (screen.buttons and screen.keys)


@pytest.mark.parametrize("name", SCREENS)
def test_its_buttons_fit_with_their_tokens(name):
    buttons = [button for row in SCREENS[name].buttons for button in row]

    assert len(buttons) <= 98
    assert all(button.text and len(button.text) <= 64 for button in buttons)
    assert all(len(StepTap(2**31, b.data).data().encode()) <= 64 for b in buttons if b.data)
    assert len({b.data for b in buttons if b.data}) == len([b for b in buttons if b.data])


def test_the_preview_loses_nothing_of_long_words():
    view = a_view()
    screen = look.look(replace(view, call=replace(view.call, pieces=(Piece(Medium.WORDS, LONG),))))

    assert "".join(text.render()[0] for text in screen.before) == LONG


@pytest.mark.parametrize(
    "flow",
    [
        raise_call(),
        my_calls(),
        rate_call(),
        admit(),
        ask(),
        redirect(),
        propose_rejection(),
        again(),
    ],
)
def test_step_names_are_stored_and_never_renamed(flow):
    known = {
        "raise": "consent which matter two item danger place details alike own_number look",
        "mycalls": "list call adding object withdraw suffers redact redact_sure own_number again",
        "again": "left",
        "rate": "unsolved wrong stars",
        "admit": "item taker look",
        "ask": "question",
        "redirect": "why channel words look",
        "reject": "ground words look",
    }

    assert " ".join(step.name for step in flow.steps) == known[flow.name]
