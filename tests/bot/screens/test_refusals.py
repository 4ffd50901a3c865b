"""Every finding of the domain has a sentence that fits a toast."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.refusals import sentence
from core import errors
from core.holding import Lack
from core.lifecycle import Action, Status
from core.limits import Span, Unit
from core.merging import Apart
from core.people import CodePurpose, Post
from tests.bot.screens.test_cards import EASEL
from tests.builders import NOON
from tests.core.playing import STREET

FACTS = {
    "action": Action.ACKNOWLEDGE,
    "status": Status.CLOSED,
    "name": "李敏",
    "at": NOON,
    "until": NOON,
    "again_at": NOON + timedelta(days=1),
    "agency": STREET,
    "agencies": (STREET,),
    "standard": "灯亮",
    "reason": Apart.CLOSED,
    "act": Action.EXTEND,
    "lack": Lack.REVIEW,
    "posts": (Post.HEAD,),
    "most": Span(5, Unit.WORKING_DAYS),
    "below": ("逢源北社区", "逢源社区"),
    "count": 2,
}
TOAST = 200


def told(error: errors.CoreError) -> str:
    """The sentence an hour later."""
    return sentence(error, easel=EASEL, now=NOON + timedelta(hours=1))


def kinds(kind: type[errors.CoreError] = errors.CoreError) -> list[type[errors.CoreError]]:
    """The whole tree."""
    return [kind, *(deep for below in kind.__subclasses__() for deep in kinds(below))]


@pytest.mark.parametrize("kind", kinds())
def test_every_finding_has_a_short_sentence(kind: type[errors.CoreError]):
    said = told(kind(**FACTS))

    assert 5 < len(said) <= TOAST
    assert "{" not in said


def test_the_loser_of_two_hears_who_and_when():
    assert told(errors.AlreadyDone(**FACTS)).startswith("已由李敏 今天 12:00 签收")


def test_a_caller_hears_no_name_of_the_staff():
    said = told(errors.AlreadyDone(**FACTS, wanted=Action.WITHDRAW))

    assert "李敏" not in said


@pytest.mark.parametrize(
    ("action", "then"),
    [
        (Action.RESOLVE, "等它结案后再办结"),
        (Action.PROPOSE_HOLD, "等它结案后再申请挂账"),
        (Action.HOLD, "等它结案后再同意挂账"),
    ],
)
def test_what_waits_for_others_is_named(action: Action, then: str):
    assert then in told(errors.ChildrenOpen(agencies=(STREET,), action=action))


@pytest.mark.parametrize("status", Status)
def test_every_state_can_be_named_in_a_refusal(status: Status):
    assert "{" not in told(errors.NotAllowedNow(action=Action.RESOLVE, status=status))


def test_an_administrators_act_is_named_as_such():
    assert "管理员" in told(errors.NotYourPart(action=CodePurpose.BIND))


def test_a_supporter_is_not_told_by_name_who_was_first():
    error = errors.AlreadyDone(
        action=Action.WITHDRAW, name="林阿姨", at=NOON, wanted=Action.SUPPORT
    )

    assert "林" not in told(error)
