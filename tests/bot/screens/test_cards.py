"""How a leg looks in a group, in every state, within Telegram's limits."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.screens.cards import card
from bot.screens.easel import Easel
from bot.screens.screen import Screen
from bot.screens.taps import Taps
from core.call import Link, Medium, NameShown, Piece
from core.catalogue import Urgency
from core.holding import MOST_STEPS, HoldGround, HoldPlan, Milestone
from core.leg import Leg
from core.lifecycle import Outcome, Status
from core.people import Party
from core.rating import Conclusion
from core.returning import Ground
from core.views import LegView
from tests.builders import NOON, a_call, a_leg, a_rating, words
from tests.core.playing import CHATS, COMMUNITY, STREET, liwan

EASEL = Easel(Taps(b"k" * 32), "huying_bot", liwan())
CHAT = CHATS[COMMUNITY]
AGENCY = frozenset({Party.AGENCY})
STEP = Milestone("立项", NOON + timedelta(days=9))
PLAN = HoldPlan(HoldGround.MONEY, "等专项资金", "周主任", (STEP,), NOON + timedelta(days=28))
TREE = liwan().tree
BUTTONS = {
    Status.TRIAGE: ["✅ 受理", "📂 选事项", "❓ 问呼叫人", "↪️ 转渠道", "⋯ 更多"],
    Status.NEED_INFO: ["💬 回复", "⋯ 更多"],
    Status.DISPATCHED: ["✅ 签收", "↩️ 退单", "⋯ 更多"],
    Status.IN_PROGRESS: [
        "💬 回复",
        "🔧 进展",
        "📄 常用语",
        "🏁 办结",
        "↩️ 退单",
        "📣 上呼",
        "⋯ 更多",
    ],
    Status.ON_HOLD: ["💬 回复", "🔧 进展", "✅ 完成：立项", "⋯ 更多"],
    Status.RETURN_REVIEW: ["💬 回复", "⋯ 更多"],
    Status.RESOLVED: ["💬 回复", "📄 常用语", "⋯ 更多"],
    Status.VERIFYING: ["💬 回复", "⋯ 更多"],
    Status.CLOSED: [],
}


def a_view(leg: Leg | None = None, **fields) -> LegView:
    """A lamp is out, and the community has it."""
    due = {"sign_due": NOON + timedelta(hours=4), "finish_due": NOON + timedelta(days=7)}
    call = fields.pop("call", a_call())
    return LegView(
        leg=replace(leg or a_leg(**due), id=71, adjudicator=STREET),
        call=call,
        item=liwan().catalogue.get("10"),
        agency=TREE.get(COMMUNITY),
        community=TREE.get(COMMUNITY),
        adjudicator=TREE.get(STREET),
        **fields,
    )


def drawn(view: LegView, seats: frozenset[Party] = AGENCY, after: float = 0) -> Screen:
    """The card, so many hours after noon."""
    now = NOON + timedelta(hours=after)
    return card(view, seats=seats, chat=CHAT, now=now, easel=EASEL)


def text_of(screen: Screen) -> str:
    """Its words."""
    return screen.text.render()[0]


def labels_of(screen: Screen) -> list[str]:
    """What stands on its buttons."""
    return [button.text for row in screen.buttons for button in row]


def test_what_was_added_is_named_so_on_the_card_as_in_the_last_look():
    shown = text_of(drawn(a_view(call=a_call(details="灯杆 A12"))))

    assert "补充：灯杆 A12" in shown


def test_a_guess_is_not_shown_as_urgent_as_if_somebody_had_decided():
    flood = a_call(item="11", urgency=Urgency.P1)
    guessed = drawn(a_view(a_leg(status=Status.TRIAGE), call=flood)).text.render()[0]
    taken = drawn(a_view(a_leg(), call=flood)).text.render()[0]

    assert guessed.splitlines()[0].endswith("❗ 可能要急办")
    assert taken.splitlines()[0].endswith("❗ 急办")


@pytest.mark.parametrize("status", Status)
def test_a_card_offers_what_may_be_done_next(status: Status):
    plan = PLAN if status is Status.ON_HOLD else None

    assert labels_of(drawn(a_view(a_leg(status=status, plan=plan)))) == BUTTONS[status]


def test_the_adjudicator_decides_while_a_return_is_reviewed():
    view = a_view(
        a_leg(status=Status.RETURN_REVIEW, review_due=NOON),
        ground=Ground.TERRITORY,
        proposed=TREE.get(STREET),
    )

    shown = drawn(view, frozenset({Party.ADJUDICATOR}))

    assert labels_of(shown)[:2] == ["同意改派", "不同意"]
    assert "不在本辖区" in text_of(shown)


def test_a_calling_agency_rates_a_resolved_leg():
    shown = drawn(a_view(a_leg(status=Status.RESOLVED)), frozenset({Party.CALLER}))

    assert labels_of(shown) == ["已解决", "部分解决", "未解决"]


def test_a_leg_is_not_returned_twice():
    shown = drawn(a_view(a_leg(status=Status.IN_PROGRESS, returns=1)))

    assert not any("退单" in label for label in labels_of(shown))


def test_what_is_called_up_is_waited_for():
    child = a_view(a_leg(status=Status.DISPATCHED))
    shown = drawn(a_view(a_leg(status=Status.IN_PROGRESS), children=(child,)))

    assert not any("办结" in label or "上呼" in label for label in labels_of(shown))
    assert "已上呼" in text_of(shown)


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        (NameShown.WITHHELD, "林**"),
        (NameShown.SHOWN, "林阿姨"),
        (NameShown.ANONYMOUS, "匿名居民"),
    ],
)
def test_a_caller_is_shown_as_they_chose(name: NameShown, seen: str):
    shown = text_of(drawn(a_view(call=a_call(name_shown=name))))

    assert seen in shown
    assert ("林阿姨" in shown) == (name is NameShown.SHOWN)


def test_a_name_cannot_turn_the_text_around():
    call = a_call(caller_name="\u202e林\u2066\n阿姨", name_shown=NameShown.SHOWN)

    assert "林 阿姨" in text_of(drawn(a_view(call=call)))


def test_short_words_stand_on_the_card_with_numbers_hidden():
    shown = text_of(drawn(a_view(call=a_call(pieces=words("灯坏了，13812345678")))))

    assert "灯坏了，138******78" in shown


def test_long_words_are_not_cut_but_follow_as_replies():
    shown = text_of(drawn(a_view(call=a_call(pieces=words("灯" * 4000)))))

    assert "灯" not in shown.replace("路灯", "")
    assert "见下面的回复" in shown


def test_photos_are_announced():
    photos = tuple(Piece(Medium.PHOTO, file=f"p{n}") for n in range(3))

    assert "图片 3 张" in text_of(drawn(a_view(call=a_call(pieces=photos))))


def test_everything_at_its_longest_still_fits():
    call = a_call(
        pieces=words("😀" * 2800), address="路" * 900, details="事" * 900, caller_name="名" * 300
    )
    children = tuple(a_view(a_leg(status=Status.IN_PROGRESS)) for _ in range(5))
    view = a_view(a_leg(clause="第" * 900, rework=2), call=call, children=children)

    shown = drawn(replace(view, reachable=False), AGENCY | {Party.ADJUDICATOR}, after=300)

    assert len(text_of(shown)) <= 4096


def test_a_held_card_at_its_longest_still_fits():
    call = a_call(
        pieces=words("😀" * 2800), address="路" * 900, details="事" * 900, caller_name="名" * 300
    )
    steps = tuple(replace(STEP, title="一步" * 90) for _ in range(MOST_STEPS))
    plan = replace(PLAN, words="因" * 900, leader="名" * 90, milestones=steps)
    leg = a_leg(clause="第" * 900, rework=2, status=Status.ON_HOLD, plan=plan)

    shown = drawn(replace(a_view(leg, call=call), reachable=False), AGENCY, after=300)

    assert len(text_of(shown)) <= 4096


def test_a_held_card_shows_its_plan():
    steps = (replace(STEP, met_at=NOON), replace(STEP, title="施工", missed=True), STEP)
    leg = a_leg(status=Status.ON_HOLD, plan=replace(PLAN, milestones=steps))

    shown = text_of(drawn(a_view(leg)))

    assert "挂账中（要等资金）" in shown
    assert "✅ 立项（2026年6月15日 完成）" in shown
    assert "⚠️ 没有按时完成（2026年6月24日 前）：施工" in shown
    assert "牵头领导：周主任" in shown


def test_button_data_and_links_stay_within_64_bytes():
    leg = a_leg(status=Status.RESOLVED, version=99_999)
    view = a_view(leg)
    view = replace(view, leg=replace(view.leg, id=2**62))

    rows = (
        drawn(view, AGENCY | {Party.CALLER}).buttons
        + drawn(replace(view, leg=replace(view.leg, status=Status.IN_PROGRESS))).buttons
    )

    for button in (button for row in rows for button in row):
        assert len(button.data.encode()) <= 64
        assert len(button.url.partition("start=")[2]) <= 64


def test_a_late_leg_turns_yellow_and_then_red():
    view = a_view()

    assert "🟡 签收逾期" in text_of(drawn(view, after=4.1))
    assert "🔴" in text_of(drawn(view, after=30))


def test_a_leg_that_was_nudged_for_already_looks_no_later_than_it_is():
    view = a_view()
    nudged = replace(view, leg=replace(view.leg, next_due=NOON + timedelta(days=1)))

    assert "逾期" not in text_of(drawn(nudged, after=3.5))
    assert "🟡 签收逾期" in text_of(drawn(nudged, after=4.1))


def test_a_resolved_leg_is_late_for_nothing():
    view = a_view(a_leg(status=Status.RESOLVED, conclusion=Conclusion.SOLVED, finish_due=NOON))

    shown = text_of(drawn(view, after=300))

    assert "逾期" not in shown
    assert "已办结，待评价（已解决）" in shown


def test_a_closed_leg_shows_its_score():
    view = a_view(
        a_leg(status=Status.CLOSED, outcome=Outcome.SOLVED), ratings=(a_rating(stars=4),)
    )

    assert "已结案：已解决 ⭐⭐⭐⭐" in text_of(drawn(view))


def test_a_caller_out_of_reach_is_marked():
    assert "暂时联系不上呼叫人" in text_of(drawn(a_view(reachable=False)))


def test_who_looks_passes_or_does_not_and_the_agency_waits():
    leg = a_leg(status=Status.VERIFYING, verifier=STREET, verify_due=NOON)
    shown = drawn(a_view(leg), frozenset({Party.VERIFIER}))

    assert labels_of(shown) == ["✅ 核查通过", "❌ 不通过"]
    assert "核查中：由【逢源街道】在" in text_of(shown)


def test_what_is_pressed_says_so_on_top():
    shown = text_of(drawn(a_view(a_leg(status=Status.IN_PROGRESS, pressed_at=NOON))))

    assert shown.splitlines()[1] == "🔺 区级督办"


def test_a_call_names_the_one_it_belongs_to():
    view = a_view(linked="LW-260501-0007")
    again = replace(view, call=replace(view.call, link=Link.REBOUND))

    assert "🔗 LW-260501-0007 又出现了" in text_of(drawn(again))
