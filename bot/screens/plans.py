"""The plan of a hold as it reads on a card, in a notice and on a resident's screen."""

from __future__ import annotations

from datetime import tzinfo

from bot.screens.names import HOLD_GROUNDS, clean
from bot.screens.times import day
from bot.words import _
from core.holding import HoldPlan, Milestone

LONGEST_STEP, LONGEST_REASON = 80, 1500
# A card has room for the caller's words first: a long plan shows what comes next.
LONGEST_PLAN, COMING, SHORT_STEP = 300, 2, 30


def on_card(plan: HoldPlan, zone: tzinfo) -> list[str]:
    """For those who work on it: the steps, the review, and who leads."""
    shown = steps(plan.milestones, zone)
    return [
        *(shown if sum(map(len, shown)) <= LONGEST_PLAN else _coming(plan, zone)),
        _("🔎 {at} 前复核").format(at=day(plan.review_due, zone)),
        _("👤 牵头领导：{name}").format(name=clean(plan.leader)),
    ]


def _coming(plan: HoldPlan, zone: tzinfo) -> list[str]:
    unmet = [step for step in plan.milestones if step.met_at is None]
    count = _("📋 计划 {total} 步，已完成 {met} 步").format(
        total=len(plan.milestones), met=len(plan.milestones) - len(unmet)
    )
    return [count, *(_step(step, zone, SHORT_STEP) for step in unmet[:COMING])]


def for_caller(plan: HoldPlan, zone: tzinfo, *, longest: int = LONGEST_REASON) -> list[str]:
    """For whoever called: why, by which steps, and when somebody looks again; no names."""
    return [
        _("暂时办不了（{ground}）：{words}").format(
            ground=_(HOLD_GROUNDS[plan.ground]), words=clipped(plan.words, longest)
        ),
        *steps(plan.milestones, zone),
        _("🔎 最迟 {at} 再告诉您进展").format(at=day(plan.review_due, zone)),
    ]


def steps(milestones: tuple[Milestone, ...], zone: tzinfo) -> list[str]:
    """``✅ 立项（6月20日完成）``, ``⏳ 7月1日 前：施工``, ``⚠️ 没有按时完成：施工``."""
    return [_step(step, zone) for step in milestones]


def clipped(words: str, longest: int = LONGEST_STEP) -> str:
    """The words of a step, kept to a length."""
    return words if len(words) <= longest else words[: longest - 1] + "…"


def _step(step: Milestone, zone: tzinfo, longest: int = LONGEST_STEP) -> str:
    title = clipped(step.title, longest)
    if step.met_at is not None:
        return _("✅ {title}（{at} 完成）").format(title=title, at=day(step.met_at, zone))
    mark = _("⚠️ 没有按时完成（{at} 前）：{title}") if step.missed else _("⏳ {at} 前：{title}")
    return mark.format(at=day(step.due, zone), title=title)
