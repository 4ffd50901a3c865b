"""The short words taps carry: which button means which step, and how a verdict is spelled."""

from __future__ import annotations

from typing import NamedTuple

from core.rating import Verdict

ACKNOWLEDGE = "ack"
ACKNOWLEDGE_ALL = "acks"
SHOW = "show"
REPLY = "rep"
PROGRESS = "prog"
# What is said often: the list, and one of its rows, whose number stands in ``extra``.
CANNED = "cans"
SAY_CANNED = "can"
AGREE = "yes"
DECLINE = "no"
# What was proposed: the mark of the proposal stands in ``extra``.
APPROVE = "ok"
REFUSE = "nok"
# The plan of a hold: the number of a step stands in ``extra``.
REACH = "step"
TAKE_UP = "resume"
# The two pages of buttons below a card.
MORE = "more"
LESS = "less"
# Somebody outside the agency looked, and it is done.
PASS = "pass"  # noqa: S105 - a step, no password
# Somebody is there; the street that whistled lets them go.
ARRIVE = "here"
RELEASE = "free"
# In private, after closing: once more, still good, there again.
REOPEN = "open"
STILL_GOOD = "good"
CAME_BACK = "same"
# In triage: admitted as it stands; and a withdrawal that waited for somebody's look.
ADMIT = "adm"
LET_GO = "off"
# The caller's two taps; the same words in a resident's private chat and in a caller agency's
# group. ``VERDICT`` carries the verdict, ``STARS`` verdict and stars, ``AGAIN`` asks for rework.
VERDICT = "v"
STARS = "r"
AGAIN = "again"
# A supporter's one tap: the verdict stands in ``extra``.
BESIDE = "b"
# A caller says that a merged call is a matter of its own.
PART = "part"
# Setting up a group: the code stands in ``extra``.
BIND = "bind"
DROP = "drop"
# Registers of the oversight: the list of them; one of them, with the entry a page begins before.
REGISTERS = "regs"
REGISTER = "reg"
# In private: the public list of holds, with the entry a page begins before.
HOLDS = "holds"
# In private: the language stands in ``extra``.
LANGUAGE = "lang"


class Given(NamedTuple):
    """A verdict and one to five stars."""

    verdict: Verdict
    stars: int


def starred(verdict: Verdict, stars: int) -> str:
    """The ``extra`` of a star button: ``solved5``."""
    return f"{verdict.value}{stars}"


def given(extra: str) -> Given:
    """The verdict and stars of a star button; the signature says that we drew it."""
    return Given(Verdict(extra[:-1]), int(extra[-1]))
