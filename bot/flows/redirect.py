"""An officer sends a matter to the channel that answers such matters (lifecycle row 10)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.flows.accepting import choice, words
from bot.flows.form import look_step, view_of, words_step
from bot.flows.material import pieces_of
from bot.flows.steps import Chosen, Flow, Kept, Reason, Stay, Step
from bot.screens import filling, names, sorting
from bot.words import N_, _
from core.redirecting import Elsewhere

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from bot.flows.steps import Draft, Value
    from bot.screens.screen import Screen

NAME = "redirect"
WHAT = N_("转渠道")
WHY, CHANNEL, PHONE = "why", "channel", "phone"
NAMED = re.compile(r"(?P<channel>.*[^\d\s\-—+（()）,，:：])\D*?(?P<phone>\+?\d[\d \-]{2,19})\D*")


def redirect() -> Flow:
    """The coded reason, the channel with its number, what the caller should know, look."""
    return Flow(
        name=NAME,
        steps=(
            Step(WHY, asks=_why, accepts=(choice,), keeps=_keep_why),
            Step(CHANNEL, asks=_channel, accepts=(choice, words), keeps=_keep_channel),
            words_step(WHAT, N_("请写给呼叫人的说明：为什么归他们管，去了怎么说。")),
            look_step(WHAT, facts),
        ),
        ends=send_there,
        cancelled=filling.dropped,
    )


def facts(draft: Draft, scene: Scene) -> list[str]:
    """What the look shows beside the words."""
    why = _(names.ELSEWHERE[Elsewhere(draft[WHY])])
    channel = _("{channel}，电话 {phone}").format(channel=draft[CHANNEL], phone=draft[PHONE])
    return [
        _("理由：{ground}").format(ground=why),
        _("请呼叫人找：{channel}").format(channel=channel),
    ]


def parsed_channel(said: str) -> tuple[str, str] | None:
    """``区人民法院 020-81234567`` as name and number; None where either is missing."""
    found = NAMED.fullmatch(" ".join(said.split()))
    return (found["channel"].strip(), found["phone"].strip()) if found else None


async def send_there(draft: Draft, scene: Scene) -> Screen:
    """The one act of the flow."""
    leg = await scene.desk.redirect(
        draft["leg"],
        reason=Elsewhere(draft[WHY]),
        channel=draft[CHANNEL],
        phone=draft[PHONE],
        pieces=pieces_of(draft),
        by=scene.actor,
        now=scene.now,
        version=draft["version"],
    )
    return sorting.redirected(await scene.board.leg(leg.id))


async def _why(draft: Draft, scene: Scene) -> Screen:
    return sorting.reasons(await view_of(draft, scene))


async def _keep_why(draft: Draft, value: Value, scene: Scene) -> Kept:
    return {**draft, WHY: value.value} if isinstance(value, Chosen) else Stay(draft)


async def _channel(draft: Draft, scene: Scene) -> Screen:
    return sorting.channels(await view_of(draft, scene))


async def _keep_channel(draft: Draft, value: Value, scene: Scene) -> Kept:
    if isinstance(value, Chosen):
        return {**draft, CHANNEL: _(sorting.CHANNELS[value.value]), PHONE: value.value}
    named = parsed_channel(value.text)
    if named is None:
        return Reason(_("请把名称和电话一起写，例如：区人民法院 020-12345678。"))
    return {**draft, CHANNEL: named[0], PHONE: named[1]}
