"""The automatic reminder (催办): what is late, since when, and who is called by name."""

from __future__ import annotations

from datetime import datetime

from aiogram.utils.formatting import Text

from bot.screens import names
from bot.screens.notices import Telling, Told
from bot.screens.progress import TIMED
from bot.screens.times import by_then, day, lasting
from bot.screens.urging import asked, matter, paged, staff
from bot.words import N_, _
from core.limits import Clock
from core.nudging import Stage, running
from core.people import Post, on_duty

CALLED = {
    Stage.NEAR: (Post.LIAISON,),
    Stage.PAGE: (),
    Stage.TREE: (),
    Stage.YELLOW: (Post.LIAISON, Post.DEPUTY),
    Stage.RED: (Post.LIAISON, Post.DEPUTY, Post.HEAD),
    Stage.DAILY: (Post.LIAISON, Post.DEPUTY, Post.HEAD),
    Stage.PRESSED: (Post.LIAISON, Post.DEPUTY, Post.HEAD),
}
WORDS = {
    Stage.NEAR: N_("⏳ {matter}快到时限，请在{at} 前{clock}。"),
    Stage.YELLOW: N_("🟡 {matter}还没有{clock}，已超过时限（{at}）。"),
    Stage.RED: N_("🔴 {matter}还没有{clock}，严重超过时限（{at}）。"),
    Stage.DAILY: N_("🔴 {matter}仍未{clock}，已超时 {late}（时限：{at}）。"),
}
ASKS = {
    Stage.NEAR: "",
    Stage.YELLOW: N_("请马上{clock}。"),
    Stage.RED: N_("请负责人过问。"),
    Stage.DAILY: N_("请负责人过问。"),
}
SIGN_FIRST = {
    Stage.NEAR: N_("请先签收。"),
    Stage.YELLOW: N_("请先签收。"),
    Stage.RED: N_("请先签收，并请负责人过问。"),
    Stage.DAILY: N_("请先签收，并请负责人过问。"),
}


def nudged(t: Telling) -> Told | None:
    """The rung of the entry; nothing when what it asks for has been done since."""
    if t.entry.facts["clock"] == Clock.MILESTONE:
        return step_near(t)
    stage, clock = Stage(t.entry.facts["stage"]), Clock(t.entry.facts["clock"])
    if stage is Stage.PRESSED:
        return _pressed(t)
    owed = dict(running(t.view.leg))
    due = owed.get(clock)
    if t.view.leg.status not in TIMED or due is None:
        return None
    if stage in (Stage.PAGE, Stage.TREE):
        return paged(t, stage)
    words = _(WORDS[stage]).format(
        matter=matter(t),
        clock=asked(t, clock),
        at=by_then(due, t.entry.at, t.easel.zone),
        late=lasting(t.entry.at - due),
    )
    unsigned = Clock.SIGN in owed and clock is not Clock.SIGN
    asks = _asks(t, stage, clock, unsigned=unsigned)
    return Told(Text(words, asks, " ", *rung_for(t, *CALLED[stage])))


def _asks(t: Telling, stage: Stage, clock: Clock, *, unsigned: bool) -> str:
    """What to do about it now; of what takes longer, a word to the caller."""
    words = (SIGN_FIRST if unsigned else ASKS)[stage]
    if stage is Stage.YELLOW and clock is Clock.FINISH and not unsigned:
        return _("请抓紧办，并告诉呼叫人进展。")
    return _(words).format(clock=asked(t, clock)) if words else ""


def _pressed(t: Telling) -> Told | None:
    """Every working morning until it is closed, late or not."""
    if t.view.leg.status not in TIMED:
        return None
    head = _("🔺 区级督办：{matter}还没有办结。请负责人过问，今天写一条进展。")
    called = rung_for(t, *CALLED[Stage.PRESSED])
    return Told(Text(head.format(matter=matter(t)), " ", *called))


def step_near(t: Telling) -> Told | None:
    """A step of the plan is due soon; nothing once it was reached or the hold is over."""
    title, plan = t.entry.facts["title"], t.view.leg.plan
    if plan is None or not any(step.title == title for step in plan.ahead):
        return None
    words = _(
        "⏳ {matter}：计划节点“{title}”快到时限（{at} 前），做完请在卡片上点“完成”。"
    ).format(
        matter=matter(t),
        title=title,
        at=day(datetime.fromisoformat(t.entry.facts["due"]), t.easel.zone),
    )
    return Told(Text(words, " ", *rung_for(t, Post.LIAISON)))


def rung_for(t: Telling, *posts: Post) -> list[Text | str]:
    """These officers of the agency by name, so that their phones ring; all where none fits."""
    there = on_duty(t.officers, now=t.entry.at)
    called = tuple(officer for officer in there if officer.post in posts)
    return names.mentions(called or staff(t) or there)
