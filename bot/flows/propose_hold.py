"""An officer asks for a hold: the ground, steps with dates, who leads, the review, why."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.flows.accepting import choice, words
from bot.flows.dated import dated
from bot.flows.form import look_step, text_step, view_of, words_step
from bot.flows.material import pieces_of
from bot.flows.steps import Chosen, Flow, Kept, Reason, Stay, Step
from bot.screens import filling, names, planning, plans
from bot.screens.times import day
from bot.words import N_, _
from core.clockwork import after_step
from core.holding import MOST_STEPS, HoldGround, HoldPlan, Milestone

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from bot.flows.steps import Draft, Value
    from bot.screens.screen import Screen

NAME = "hold"
WHAT = N_("申请挂账")
STEPS, LEADER, REVIEW, GROUND = "steps", "leader", "review", "ground"
WHO_LEADS = N_("哪位领导牵头？写单位和姓名，例如：区城管局 王副局长。")
BETWEEN = re.compile(r"[\n；;]")
UNREAD = N_("“{line}”没看懂。请写“日期 要做的事”，例如：8月15日 完成招标。")
ASKED = N_("为什么现在办不了？同意后呼叫人会看到，请写清楚、写得让人明白。可以附材料照片。")


def propose_hold() -> Flow:
    """Ground, steps, leader, review, reason, look."""
    return Flow(
        name=NAME,
        steps=(
            Step(GROUND, asks=_grounds, accepts=(choice,), keeps=_keep_ground),
            Step(STEPS, asks=_steps_screen, accepts=(choice, words), keeps=_keep_steps),
            text_step(LEADER, WHAT, WHO_LEADS),
            Step(REVIEW, asks=_reviews, accepts=(choice, words), keeps=_keep_review),
            words_step(WHAT, ASKED),
            look_step(WHAT, facts),
        ),
        ends=propose,
        cancelled=filling.dropped,
    )


def facts(draft: Draft, scene: Scene) -> list[str]:
    """What the look shows beside the words: the whole plan."""
    ground = _(names.HOLD_GROUNDS[HoldGround(draft[GROUND])])
    zone = scene.board.district.calendar.zone
    return [
        _("挂账原因：{ground}").format(ground=ground),
        *plans.on_card(plan_of(draft), zone),
        _("理由（同意后呼叫人会看到）："),
    ]


def plan_of(draft: Draft) -> HoldPlan:
    """The plan as far as the draft knows it; its words are the pieces of the form."""
    return HoldPlan(
        ground=HoldGround(draft[GROUND]),
        words="",
        leader=draft[LEADER],
        milestones=steps_of(draft),
        review_due=datetime.fromisoformat(draft[REVIEW]),
    )


def steps_of(draft: Draft) -> tuple[Milestone, ...]:
    """The steps so far, the earliest first."""
    kept = [(datetime.fromisoformat(at), title) for at, title in draft.get(STEPS, ())]
    return tuple(Milestone(title, at) for at, title in sorted(kept))


async def propose(draft: Draft, scene: Scene) -> Screen:
    """The one act of the flow."""
    leg = await scene.desk.propose_hold(
        draft["leg"],
        plan_of(draft),
        pieces=pieces_of(draft),
        by=scene.actor,
        now=scene.now,
        version=draft["version"],
    )
    return planning.asked(await scene.board.leg(leg.id), scene.board.district)


async def _grounds(draft: Draft, scene: Scene) -> Screen:
    return planning.grounds(await view_of(draft, scene))


async def _keep_ground(draft: Draft, value: Value, scene: Scene) -> Kept:
    return {**draft, GROUND: value.value} if isinstance(value, Chosen) else Stay(draft)


async def _steps_screen(draft: Draft, scene: Scene) -> Screen:
    zone = scene.board.district.calendar.zone
    return planning.steps(await view_of(draft, scene), steps_of(draft), zone)


async def _keep_steps(draft: Draft, value: Value, scene: Scene) -> Kept:
    """A line, or what stands between semicolons, is a step.

    What was kept before stays when something cannot be read.
    """
    if isinstance(value, Chosen):
        return draft if value.value == "done" else Stay({**draft, STEPS: []})
    calendar, kept = scene.board.district.calendar, list(draft.get(STEPS, ()))
    for line in filter(str.strip, BETWEEN.split(value.text)):
        step = dated(line, now=scene.now, calendar=calendar)
        if step is None or not step.title:
            return Reason(_(UNREAD).format(line=plans.clipped(line)))
        if step.at <= scene.now:
            return Reason(_("日期要在今天以后，请再写一次。"))
        kept.append([step.at.isoformat(), step.title])
    if len(kept) > MOST_STEPS:
        return Reason(_("最多写 {n} 步，请合并几步。").format(n=MOST_STEPS))
    return Stay({**draft, STEPS: kept})


def _latest(scene: Scene) -> datetime:
    return after_step(scene.board.district, "hold_review", scene.now)


async def _reviews(draft: Draft, scene: Scene) -> Screen:
    days = (_latest(scene) - scene.now) // timedelta(days=1)
    return planning.reviews(await view_of(draft, scene), days)


async def _keep_review(draft: Draft, value: Value, scene: Scene) -> Kept:
    if isinstance(value, Chosen):
        at = scene.now + timedelta(days=int(value.value))
        return {**draft, REVIEW: at.isoformat()}
    typed = dated(value.text, now=scene.now, calendar=scene.board.district.calendar)
    latest = _latest(scene)
    if typed is None or typed.at <= scene.now or typed.at.date() > latest.date():
        shown = day(latest, scene.board.district.calendar.zone)
        return Reason(_("请写今天以后、{at} 以前的一个日期，例如：{at}。").format(at=shown))
    return {**draft, REVIEW: min(typed.at.astimezone(UTC), latest).isoformat()}
