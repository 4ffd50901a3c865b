"""A resident rates an answer: the verdict was the first tap, the stars are the second.

A word is taken before the stars, so that whoever stops after two taps has rated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiogram.utils.formatting import Text

from bot.flows.accepting import choice, words
from bot.flows.steps import Chosen, Done, Flow, Kept, Stay, Step
from bot.screens import judging
from bot.screens.after_closing import reopening
from bot.screens.easel import Easel
from bot.screens.screen import Screen
from bot.screens.timeline import status
from bot.screens.times import when
from core.errors import NotAllowedNow
from core.leg import speaks_of_answer
from core.lifecycle import Outcome, Status
from core.pressing import REWORKS
from core.rating import Verdict

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from bot.flows.steps import Draft, Value
    from bot.screens.taps import Tap
    from core.leg import Leg
    from core.views import LegView

NAME = "rate"
AGAIN = "again"
SAID = "words"


def rate_call() -> Flow:
    """Solved or partly: stars. Unsolved: rework, or close all the same."""
    return Flow(
        name=NAME,
        steps=(
            Step("unsolved", _choice_screen, (choice,), _keep_choice, skip=_is_decided),
            Step("wrong", _wrong_screen, (choice, words), _keep_wrong, skip=_closes),
            Step("stars", _stars_screen, (choice, words), _keep_stars),
        ),
        ends=_thanks,
        cancelled=judging.put_off,
        numbered=False,
    )


def opening(tap: Tap) -> Draft:
    """The draft of a verdict button."""
    return {"leg": tap.leg, "version": tap.version, "verdict": Verdict(tap.extra).value}


def too_late(view: LegView, tap: Tap) -> str:
    """Why this button rates nothing any more; nothing while it does."""
    leg = view.leg
    if leg.outcome is Outcome.UNRATED:
        return ""
    if leg.status in (Status.RESOLVED, Status.VERIFYING) and speaks_of_answer(leg, tap.version):
        return ""
    return judging.settled(status(view))


def _is_decided(draft: Draft) -> bool:
    return draft["verdict"] != Verdict.UNSOLVED or AGAIN in draft


def _closes(draft: Draft) -> bool:
    return not draft.get(AGAIN)


async def _choice_screen(draft: Draft, scene: Scene) -> Screen:
    view = await scene.board.leg(draft["leg"])
    again = view.leg.rework < REWORKS
    return judging.rework_or_close(view.call.number, view.agency.short_name, again=again)


async def _keep_choice(draft: Draft, value: Value, scene: Scene) -> Kept:
    again = isinstance(value, Chosen) and value.value == AGAIN
    return {**draft, AGAIN: again}


async def _wrong_screen(draft: Draft, scene: Scene) -> Screen:
    return judging.what_is_wrong()


async def _keep_wrong(draft: Draft, value: Value, scene: Scene) -> Kept:
    said = "" if isinstance(value, Chosen) else value.text
    leg = await scene.desk.rework(
        draft["leg"], words=said, by=scene.actor, now=scene.now, version=draft["version"]
    )
    view = await scene.board.leg(leg.id)
    if leg.status is Status.VERIFYING:
        return Done(judging.thanks_ahead(view.call.number), leg=leg.id)
    zone = scene.board.district.calendar.zone
    until = when(leg.finish_due, zone) if leg.finish_due else ""
    shown = judging.reworked(view.call.number, view.agency.short_name, until)
    return Done(shown, leg=leg.id)


async def _stars_screen(draft: Draft, scene: Scene) -> Screen:
    view = await scene.board.leg(draft["leg"])
    return judging.stars(view.call.number, draft.get(SAID, ""))


async def _keep_stars(draft: Draft, value: Value, scene: Scene) -> Kept:
    if not isinstance(value, Chosen):
        said = [draft[SAID], value.text] if SAID in draft else [value.text]
        return Stay({**draft, SAID: "\n".join(said)})
    return {**draft, "stars": int(value.value)}


async def _thanks(draft: Draft, scene: Scene) -> Done:
    """The one act; somebody who rated elsewhere meanwhile is told how it stands."""
    try:
        await _rated(draft, scene)
    except NotAllowedNow:
        view = await scene.board.leg(draft["leg"])
        return Done(Screen(Text(judging.settled(status(view)))))
    view = await scene.board.leg(draft["leg"])
    number, easel = view.call.number, Easel(scene.taps, scene.bot_name, scene.board.district)
    if view.leg.open:
        return Done(judging.thanks_ahead(number), leg=view.leg.id)
    again = reopening(view.leg, scene.chat, easel)
    return Done(judging.thanks(number, again), leg=view.leg.id)


async def _rated(draft: Draft, scene: Scene) -> Leg:
    return await scene.desk.rate(
        draft["leg"],
        verdict=Verdict(draft["verdict"]),
        stars=draft["stars"],
        words=draft.get(SAID, ""),
        by=scene.actor,
        now=scene.now,
        version=draft["version"],
    )
