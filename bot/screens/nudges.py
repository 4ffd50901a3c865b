"""The automatic reminder (催办): what is late, since when, and who is called by name."""

from __future__ import annotations

from aiogram.utils.formatting import Text

from bot.screens import names
from bot.screens.notices import Telling, Told
from bot.screens.progress import TIMED
from bot.screens.times import lasting, soon
from bot.words import N_, _
from core.limits import Clock
from core.nudging import Stage, running
from core.people import Post

CALLED = {
    Stage.NEAR: (Post.LIAISON,),
    Stage.YELLOW: (Post.LIAISON, Post.DEPUTY),
    Stage.RED: (Post.LIAISON, Post.DEPUTY, Post.HEAD),
    Stage.DAILY: (Post.LIAISON, Post.DEPUTY, Post.HEAD),
}
WORDS = {
    Stage.NEAR: N_("⏳ {number} 快到时限：请在 {at} 前{clock}。"),
    Stage.YELLOW: N_("🟡 {number} {clock}已逾期（时限 {at}），请马上处理。"),
    Stage.RED: N_("🔴 {number} {clock}严重逾期（时限 {at}），请负责人过问。"),
    Stage.DAILY: N_("🔴 {number} 仍未{clock}，已超时 {late}，请负责人过问。"),
}
ASKED = {Clock.SIGN: N_("签收"), Clock.CONTACT: N_("联系呼叫人"), Clock.FINISH: N_("办结")}


def nudged(t: Telling) -> Told | None:
    """The rung of the entry; nothing when what it asks for has been done since."""
    stage, clock = Stage(t.entry.facts["stage"]), Clock(t.entry.facts["clock"])
    due = dict(running(t.view.leg)).get(clock)
    if t.view.leg.status not in TIMED or due is None:
        return None
    words = _(WORDS[stage]).format(
        number=t.view.call.number,
        clock=_(ASKED.get(clock, names.CLOCKS[clock])),
        at=soon(due, t.entry.at, t.easel.zone),
        late=lasting(t.entry.at - due),
    )
    return Told(Text(words, " ", *rung_for(t, *CALLED[stage])))


def rung_for(t: Telling, *posts: Post) -> list[Text | str]:
    """These officers of the agency by name, so that their phones ring; all where none fits."""
    called = tuple(officer for officer in t.officers if officer.post in posts)
    return names.mentions(called or t.officers)
