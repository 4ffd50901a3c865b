"""What each party hears of each step: the right words, whole, and nothing it may not see."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.screens.notices import Telling
from bot.screens.rendering import WORDS_OF
from bot.screens.saying import said
from core.agency import Point
from core.call import Medium, Piece
from core.journal import Entry
from core.lifecycle import LIFECYCLE, Action, Outcome, Status
from core.people import Officer, Party, Post
from core.portions import portions
from core.posting import Purpose
from core.rating import Verdict
from tests.bot.screens.test_cards import CHAT, EASEL, TREE, a_view
from tests.builders import LIN, NOON, a_leg, a_rating, an_entry, words
from tests.core.playing import STREET

TOLD = [(party, rule.does) for rule in LIFECYCLE for party in sorted(rule.telling)]
FACTS = {
    "agency": STREET,
    "proposed": STREET,
    "ground": "duty",
    "conclusion": "solved",
    "verdict": "solved",
    "stars": 5,
    "words": "很好，13812345678",
    "why": "自己好了",
    "rework": 2,
    "was": "help",
    "intent": "suggestion",
    "outcome": "solved",
    "stage": "yellow",
    "clock": "sign",
    "act": "extend",
    "amount": 3,
    "unit": "wd",
    "reason": "等配件到货",
    "asked": STREET,
    "until": NOON.isoformat(),
    "verifier": STREET,
    "elsewhere": "private",
    "rejects": "vague",
    "clause": "《规则》第 18 条",
    "channel": "12315 消费维权热线",
    "phone": "12315",
    "nothing_done": True,
    "pressed": "late",
    "hold_ground": "money",
    "leader": "周主任",
    "milestones": [{"title": "立项", "due": NOON.isoformat()}],
    "review": NOON.isoformat(),
    "title": "立项",
    "due": NOON.isoformat(),
    "missed": 1,
    "remedies": "申请人民调解",
    "number": 1,
    "late": True,
    "promised": NOON.isoformat(),
}
# Steps that are told only while the leg stands so.
STANDS = {
    Action.REMIND: Status.RESOLVED,
    Action.LAPSE: Status.RESOLVED,
    Action.PASS: Status.RESOLVED,
    Action.PASS_UNSEEN: Status.RESOLVED,
    Action.LOOK_BACK: Status.CLOSED,
    Action.REMIND_INFO: Status.NEED_INFO,
    Action.REMIND_VERIFIER: Status.VERIFYING,
    Action.HEARTBEAT: Status.IN_PROGRESS,
    Action.APOLOGISE: Status.IN_PROGRESS,
}
OFFICERS = (
    Officer(2001, "c", "李敏"),
    Officer(2008, "c", "高副", Post.DEPUTY),
    Officer(2009, "c", "赵主任", Post.HEAD),
)
LONG = "楼" * 9000
LONGEST_TEXT, LONGEST_CAPTION = 4096, 1024


def a_telling(action: Action, to: Party, **fields) -> Telling:
    """This step on its way to that party."""
    entry: Entry = an_entry(action=action, facts={**FACTS, **fields.pop("facts", {})})
    entry = replace(entry, pieces=fields.pop("pieces", ()), actor_name="李敏")
    leg = fields.pop("leg", a_leg(sign_due=NOON + timedelta(hours=4)))
    view = replace(a_view(leg), **fields)
    chat = LIN if to is Party.CALLER else CHAT
    return Telling(entry, view, to, chat, EASEL, OFFICERS)


def spoken(telling: Telling, part: int = 0):
    """The message of this part."""
    told = WORDS_OF[telling.to][telling.entry.action](telling)
    assert told is not None
    speech = said(told, telling, part)
    assert speech is not None
    return speech


def words_of(telling: Telling, part: int = 0) -> str:
    """Text or caption of this part."""
    params = spoken(telling, part).params
    return params.get("text") or params.get("caption") or ""


@pytest.mark.parametrize(("party", "action"), TOLD)
def test_everybody_the_table_names_hears_of_a_step(party: Party, action: Action):
    leg = a_leg(**({"status": STANDS[action]} if action in STANDS else {"sign_due": NOON}))
    leg = replace(leg, outcome=Outcome.UNRATED) if action in (Action.REMIND, Action.LAPSE) else leg
    telling = a_telling(action, party, leg=replace(leg, verify_due=NOON))

    assert "LW-260615-DRAFT-1" in words_of(telling)


@pytest.mark.parametrize("action", [a for p, a in TOLD if p is Party.CALLER])
def test_the_resident_never_hears_who_of_the_staff_acted(action: Action):
    status = STANDS.get(action, Status.RESOLVED)
    leg = a_leg(status=status, outcome=Outcome.UNRATED, signed_by="李敏")

    assert "李敏" not in words_of(a_telling(action, Party.CALLER, leg=leg))


@pytest.mark.parametrize("action", [Action.REPLY, Action.PROGRESS, Action.RESOLVE])
def test_the_agencys_words_are_split_but_never_cut(action: Action):
    telling = a_telling(action, Party.CALLER, pieces=words(LONG))
    count = len(portions(words(LONG)))

    parts = [words_of(telling, n) for n in range(count)]

    assert "".join(parts).endswith(LONG)
    assert max(map(len, parts)) <= LONGEST_TEXT


def test_buttons_stand_below_the_last_part():
    leg = a_leg(status=Status.RESOLVED)
    pieces = (*words(LONG), Piece(Medium.PHOTO, file="p"))
    telling = a_telling(Action.RESOLVE, Party.CALLER, leg=leg, pieces=pieces)
    count = len(portions(pieces))

    marked = [n for n in range(count) if "reply_markup" in spoken(telling, n).params]

    assert marked == [count - 1]


def test_below_an_album_no_buttons_are_possible_so_they_stand_above_it():
    leg = a_leg(status=Status.RESOLVED)
    pieces = (*words("好了"), Piece(Medium.PHOTO, file="p"), Piece(Medium.PHOTO, file="q"))
    telling = a_telling(Action.RESOLVE, Party.CALLER, leg=leg, pieces=pieces)

    assert "reply_markup" in spoken(telling, 0).params
    assert spoken(telling, 1).method == "sendMediaGroup"


@pytest.mark.parametrize(
    ("piece", "method"),
    [
        (Piece(Medium.PHOTO, "图", file="f"), "sendPhoto"),
        (Piece(Medium.VIDEO, "图", file="f"), "sendVideo"),
        (Piece(Medium.VOICE, "图", file="f"), "sendVoice"),
        (Piece(Medium.FILE, "图", file="f"), "sendDocument"),
        (Piece(Medium.PLACE, "图", point=Point(23.1, 113.2)), "sendVenue"),
    ],
)
def test_each_medium_goes_its_own_way_with_the_headline(piece: Piece, method: str):
    speech = spoken(a_telling(Action.REPLY, Party.CALLER, pieces=(piece,)))

    assert speech.method == method
    assert "LW-260615-DRAFT-1" in str(speech.params)
    assert "图" in str(speech.params)


def test_a_full_caption_is_said_whole_below_the_headline_and_its_photo_follows():
    piece = Piece(Medium.PHOTO, "图" * LONGEST_CAPTION, file="f")
    telling = a_telling(Action.REPLY, Party.CALLER, pieces=(piece,))

    assert words_of(telling).startswith("💬 LW-260615-DRAFT-1")
    assert words_of(telling).endswith(piece.text)
    assert spoken(telling, 1).params["photo"] == "f"


def test_the_callers_numbers_are_hidden_from_a_group():
    telling = a_telling(Action.ADD, Party.AGENCY, pieces=words("打13812345678"))

    assert "13812345678" not in words_of(telling)


def test_the_agencys_own_numbers_reach_the_caller():
    telling = a_telling(Action.REPLY, Party.CALLER, pieces=words("打13812345678"))

    assert "13812345678" in words_of(telling)


def test_what_agencies_tell_each_other_stays_between_them():
    telling = a_telling(Action.CALL_UP, Party.CALLER, pieces=words("业主难缠"))

    assert "业主难缠" not in words_of(telling)


def test_a_score_reaches_the_group_without_the_callers_name():
    shown = words_of(a_telling(Action.ACCEPT, Party.AGENCY))

    assert "⭐⭐⭐⭐⭐" in shown
    assert "林" not in shown
    assert "13812345678" not in shown


@pytest.mark.parametrize(
    ("stage", "mark", "called"),
    [
        ("near", "快到时限", {2001}),
        ("yellow", "🟡", {2001, 2008}),
        ("red", "🔴", {2001, 2008, 2009}),
        ("daily", "🔴", {2001, 2008, 2009}),
    ],
)
def test_each_rung_calls_its_people_by_name(stage: str, mark: str, called: set[int]):
    params = spoken(a_telling(Action.NUDGE, Party.AGENCY, facts={"stage": stage})).params

    mentions = [entity["user"]["id"] for entity in params["entities"] if "user" in entity]
    assert mark in params["text"]
    assert "LW-260615-DRAFT-1 路灯不亮（" in params["text"]
    assert set(mentions) == called


@pytest.mark.parametrize(
    "leg",
    [
        a_leg(status=Status.CLOSED, sign_due=NOON),
        a_leg(status=Status.IN_PROGRESS, sign_due=NOON, signed_at=NOON),
        a_leg(status=Status.RESOLVED, sign_due=NOON),
    ],
    ids=["closed", "signed", "resolved"],
)
def test_a_nudge_for_what_was_done_is_dropped(leg):
    telling = a_telling(Action.NUDGE, Party.AGENCY, leg=leg)

    assert WORDS_OF[Party.AGENCY][Action.NUDGE](telling) is None


@pytest.mark.parametrize("stage", ["near", "yellow", "red", "daily"])
def test_while_nobody_signed_every_rung_asks_for_signing_first(stage: str):
    facts = {"stage": stage, "clock": "contact"}
    unsigned = a_leg(sign_due=NOON, contact_due=NOON)
    signed = replace(unsigned, signed_at=NOON)

    first = words_of(a_telling(Action.NUDGE, Party.AGENCY, facts=facts, leg=unsigned))
    later = words_of(a_telling(Action.NUDGE, Party.AGENCY, facts=facts, leg=signed))

    assert "请先签收" in first
    assert "签收" not in later


def test_a_reminder_of_a_rated_leg_is_dropped():
    telling = a_telling(Action.REMIND, Party.CALLER, leg=a_leg(status=Status.CLOSED))

    assert WORDS_OF[Party.CALLER][Action.REMIND](telling) is None


def test_what_is_relayed_counts_as_being_about_the_leg():
    speech = spoken(a_telling(Action.REPLY, Party.CALLER, pieces=words("好")))

    assert (speech.leg, speech.purpose) == (71, Purpose.WORDS)


def test_no_notice_unfolds_links_or_uses_a_parse_mode():
    params = spoken(a_telling(Action.REPLY, Party.CALLER, pieces=words("<b>http://x</b>"))).params

    assert params["link_preview_options"] == {"is_disabled": True}
    assert "parse_mode" not in params
    assert "<b>http://x</b>" in params["text"]


def test_the_street_is_named_in_a_return():
    shown = words_of(a_telling(Action.RETURN, Party.ADJUDICATOR))

    assert TREE.get(STREET).short_name in shown
    assert "不是本单位职责" in shown


def test_whoever_looks_gets_the_claim_the_standard_and_the_answer():
    leg = a_leg(status=Status.VERIFYING, verifier=STREET, verify_due=NOON)
    telling = a_telling(Action.VERIFY, Party.VERIFIER, leg=leg, pieces=words("灯换好了"))

    shown = words_of(telling)

    assert all(word in shown for word in ("请核查", "路灯恢复正常照明", "6月15日", "灯换好了"))


def test_the_caller_reads_in_one_message_that_it_is_done_and_who_looks():
    leg = a_leg(status=Status.VERIFYING, verifier=STREET, verify_due=NOON)
    telling = a_telling(Action.RESOLVE, Party.CALLER, leg=leg, pieces=words("灯换好了"))

    assert "由【逢源街道】在" in words_of(telling)
    assert "reply_markup" in spoken(telling).params


@pytest.mark.parametrize(
    ("leg", "told"),
    [
        (a_leg(status=Status.RESOLVED), "请您评价"),
        (a_leg(status=Status.IN_PROGRESS, finish_due=NOON), "重办"),
        (a_leg(status=Status.CLOSED, outcome=Outcome.SOLVED), "已按您的评价结案"),
    ],
)
def test_with_the_result_the_caller_hears_what_their_rating_did(leg, told):
    telling = a_telling(Action.PASS, Party.CALLER, leg=replace(leg, verifier=STREET))

    assert told in words_of(telling)


def test_what_offices_tell_each_other_of_a_failed_check_stays_between_them():
    pieces = words("敷衍了事")

    assert "敷衍了事" in words_of(a_telling(Action.FAIL, Party.AGENCY, pieces=pieces))
    assert "敷衍了事" not in words_of(a_telling(Action.FAIL, Party.CALLER, pieces=pieces))


@pytest.mark.parametrize("action", [Action.PRESS, Action.PRESS_BY_HAND])
def test_everybody_in_charge_is_called_by_name_to_what_is_pressed(action):
    params = spoken(a_telling(action, Party.AGENCY)).params

    called = {entity["user"]["id"] for entity in params["entities"] if "user" in entity}
    assert called == {2001, 2008, 2009}
    assert "督办" in params["text"]


def test_what_is_pressed_for_being_late_says_for_how_long():
    told = words_of(a_telling(Action.PRESS, Party.AGENCY, facts={"pressed": "late"}))

    assert "严重超时已有 3 个工作日" in told


@pytest.mark.parametrize(
    ("minutes", "told"),
    [(20, "还没有人签收，时限是今天 12:20。"), (-5, "还没有人签收，时限已过（今天 11:55）。")],
)
def test_who_is_called_to_something_urgent_reads_until_when_to_take_it(minutes, told):
    due = NOON + timedelta(minutes=minutes)
    facts = {"stage": "page", "clock": "sign", "paged": 1}
    leg = a_leg(sign_due=due, dispatched_at=NOON - timedelta(minutes=11))

    assert told in words_of(a_telling(Action.NUDGE, Party.AGENCY, facts=facts, leg=leg))


DUE = NOON - timedelta(hours=41)


@pytest.mark.parametrize(
    ("stage", "leg", "asks"),
    [
        ("yellow", a_leg(sign_due=DUE), "还没有签收，已超过时限（6月13日 19:00）。请马上签收。"),
        (
            "yellow",
            a_leg(status=Status.IN_PROGRESS, signed_at=NOON, finish_due=DUE),
            "请抓紧办，并告诉呼叫人进展。",
        ),
        (
            "daily",
            a_leg(status=Status.IN_PROGRESS, signed_at=NOON, finish_due=DUE),
            "仍未办结，已超时 41 小时（时限：6月13日 19:00）。请负责人过问。",
        ),
    ],
)
def test_a_reminder_says_what_to_do_now_and_since_when_it_is_late(stage, leg, asks):
    clock = "finish" if leg.signed_at else "sign"
    leg = replace(leg, dispatched_at=DUE)
    facts = {"stage": stage, "clock": clock}

    assert asks in words_of(a_telling(Action.NUDGE, Party.AGENCY, facts=facts, leg=leg))


def test_who_is_to_look_reads_by_when_to_tap_what():
    leg = a_leg(status=Status.VERIFYING, verifier=STREET, verify_due=NOON + timedelta(days=1))
    told = words_of(a_telling(Action.VERIFY, Party.VERIFIER, leg=leg))

    assert "到现场看一眼，6月16日（周二）12:00 前点卡片上的“核查通过”或“不通过”" in told


@pytest.mark.parametrize(
    ("verdict", "stars", "hints"),
    [(Verdict.UNSOLVED, 2, True), (Verdict.SOLVED, 1, True), (Verdict.SOLVED, 5, False)],
)
def test_an_agency_rated_poorly_reads_how_to_object_and_until_when(verdict, stars, hints):
    leg = a_leg(status=Status.CLOSED)
    rated = (a_rating(verdict=verdict, stars=stars),)
    told = words_of(a_telling(Action.ACCEPT, Party.AGENCY, leg=leg, ratings=rated))

    assert ("对评价有异议的，5 个工作日内点卡片上的“更多”提出。" in told) is hints


def test_a_pressed_leg_is_recalled_though_nothing_is_late():
    leg = a_leg(status=Status.IN_PROGRESS, pressed_at=NOON)
    facts = {"stage": "pressed", "clock": "finish"}

    assert "今天写一条进展" in words_of(
        a_telling(Action.NUDGE, Party.AGENCY, facts=facts, leg=leg)
    )


def test_what_was_taken_up_again_is_not_asked_about():
    telling = a_telling(Action.LOOK_BACK, Party.CALLER, leg=a_leg())

    assert WORDS_OF[Party.CALLER][Action.LOOK_BACK](telling) is None


def test_a_whistle_nobody_decided_on_says_how_it_is_blown_after_all():
    facts = {"act": "call_up", "whistle": "emergency"}

    told = words_of(a_telling(Action.LAPSE_PROPOSAL, Party.AGENCY, facts=facts))

    assert "有权吹的人自己点卡片上的“上呼”" in told
