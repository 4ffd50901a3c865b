"""The flow engine: what every guided conversation in private chat has in common.

To declare a flow, write data::

    def rate() -> Flow:
        return Flow(
            name="rate",
            steps=(
                Step("stars", asks=stars_screen, accepts=(choice,), keeps=keep_stars),
                Step("words", asks=words_screen, accepts=(choice, words), keeps=keep_words),
            ),
            ends=thanks,
            cancelled=rating_dropped,
        )

``asks``, ``keeps`` and ``ends`` are coroutines. ``asks(draft, scene)`` gives a ``Screen`` whose
buttons carry plain values (``Button("很好", data="5")``): the engine puts the token of the screen
around them, the line "第 3 步，共 6 步" above, and 上一步 / 取消 below. ``accepts`` are parsers of
``bot.flows.accepting``; ``keeps(draft, value, scene)`` gets a ``Chosen`` or a ``Piece`` and gives
the changed draft (on to the next unknown step), or a ``Reason``, ``Stay``, ``Goto`` or ``Done``.
``ends(draft, scene)`` makes the one desk call, with ``draft["id"]``. Drafts are plain JSON; keys
that begin with ``_`` belong to the engine. Refusals of the desk travel up to ``bot.failures``.

To run one: ``await engine.start("rate", {"leg": 7}, scene, event)`` from a handler of a router
with ``set_the_scene`` as its middleware; what follows comes back through ``handlers.resident``.
A flow started while another runs pauses that one, unless it is ``loose`` (only looks); it goes
on when the new one ends. A message that a loose flow cannot take ends it and starts a call.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from aiogram.types import CallbackQuery, Message
from aiogram.utils.formatting import Text

from bot.flows.accepting import parsed, unfit
from bot.flows.dressing import KEYS, SEEN, chosen_by_label, control, dressed, offers
from bot.flows.pace import Pace, paced
from bot.flows.pausing import UNDER, paused, resumed
from bot.flows.scene import Event, Scene
from bot.flows.steps import Chosen, Done, Draft, Flow, Goto, Heard, Kept, Reason, Stay, Step
from bot.flows.telling import say, show, spoken_to
from bot.screens.screen import Screen
from bot.screens.taps import StepTap
from bot.words import _
from core.conversation import Conversation

SCREENS_A_TALK = 1000
OUT_OF_SIGHT = timedelta(minutes=10)


class Engine:
    """Runs flows; holds nothing but their declarations."""

    def __init__(self, flows: Iterable[Flow]) -> None:
        self.flows = {flow.name: flow for flow in flows}

    async def start(self, name: str, draft: Draft, scene: Scene, event: Event) -> None:
        """Begin a flow at its first unknown step, in place of whatever was going on."""
        before = await scene.conversations.get(scene.account)
        draft_id = uuid4().hex
        talk = Conversation(
            account=scene.account,
            flow=name,
            step="",
            draft_id=draft_id,
            token=int(draft_id[:5], 16) * SCREENS_A_TALK,
            touched_at=scene.now,
            draft={**_carried(before), **draft, "id": draft_id, **self._pausing(before, name)},
        )
        await self._forward(talk, scene, event)

    async def running(self, scene: Scene) -> Conversation | None:
        """The conversation somebody is in; one past its time is forgotten on the way."""
        talk = await scene.conversations.get(scene.account)
        if talk is None or not self._step(talk):
            return None
        district = scene.board.district
        if district.calendar.add(talk.touched_at, district.limits.step("draft")) > scene.now:
            return talk
        await scene.conversations.clear(scene.account)
        return None

    async def feed(self, message: Message, scene: Scene) -> bool:
        """Give a message to the running flow; False when there is none."""
        talk = await self.running(scene)
        if talk is None:
            return False
        draft, pace = paced(dict(talk.draft), scene.now)
        talk = replace(talk, draft=draft)
        if pace is not Pace.CALM:
            await self._hurried(talk, scene, message, tells=pace is Pace.TELL)
        elif self.flows[talk.flow].loose and not await self._takes(talk, message, scene):
            return False
        elif asked := control(message.text):
            await (self.cancel if asked == "cancel" else self.back)(scene, message)
        else:
            await self._heard(talk, message, scene, message)
        return True

    async def tap(self, query: CallbackQuery, tap: StepTap, scene: Scene) -> None:
        """Give a step button to the running flow; one of an earlier screen changes nothing."""
        talk = await self.running(scene)
        if talk is None:
            await say(query, _("这一步已经结束了。有事请直接发消息给我，查进展请点 /mycalls。"))
        elif tap.token != talk.token:
            await self._outdated(talk, scene, query)
        elif tap.value == "_cancel":
            await self.cancel(scene, query)
        elif tap.value == "_back":
            await self.back(scene, query)
        elif offers(await self._drawn(talk, scene), tap.value):
            await self._heard(talk, Chosen(tap.value), scene, query)
        else:
            await self.again(scene, query)

    async def cancel(self, scene: Scene, event: Event) -> bool:
        """Drop the running flow and its draft; False when there is none."""
        talk = await self.running(scene)
        if talk is None:
            return False
        await self._over(talk, Done(self.flows[talk.flow].cancelled()), scene, event)
        return True

    async def back(self, scene: Scene, event: Event) -> None:
        """One screen back; the first screen is shown again."""
        talk = await self.running(scene)
        step = self._step(talk) if talk else None
        if talk is None or step is None:
            return
        within = step.retreats(dict(talk.draft))
        if within is not None:
            await self._ask(replace(talk, draft=within), step, scene, event)
        elif talk.trail:
            earlier = self.flows[talk.flow].step(talk.trail[-1]) or step
            await self._ask(replace(talk, trail=talk.trail[:-1]), earlier, scene, event)
        else:
            await self._ask(talk, step, scene, event)

    async def again(self, scene: Scene, event: Event, *before: Text) -> bool:
        """Show the current screen once more; False when nothing is going on."""
        talk = await self.running(scene)
        step = self._step(talk) if talk else None
        if talk is None or step is None:
            return False
        await self._ask(talk, step, scene, event, before=before)
        return True

    def _step(self, talk: Conversation) -> Step | None:
        flow = self.flows.get(talk.flow)
        return flow.step(talk.step) if flow else None

    async def _heard(self, talk: Conversation, heard: Heard, scene: Scene, event: Event) -> None:
        flow, step = self.flows[talk.flow], self._step(talk)
        assert step is not None  # noqa: S101 - running() gave it
        if isinstance(heard, Message):
            heard = chosen_by_label(heard, await self._drawn(talk, scene)) or heard
        draft = dict(talk.draft)
        value = parsed(heard, step.accepts)
        if value is not None:
            kept = value if isinstance(value, Reason) else await step.keeps(draft, value, scene)
        else:
            kept = await _aside(flow, draft, heard, scene)
        await self._settle(talk, kept, scene, event)

    async def _settle(self, talk: Conversation, kept: Kept, scene: Scene, event: Event) -> None:
        """Do what the answer asks for: on, stay, elsewhere, over, or a kind no."""
        if isinstance(kept, Done):
            await self._over(talk, kept, scene, event)
        elif isinstance(kept, Reason):
            await scene.conversations.save(replace(talk, touched_at=scene.now))
            await say(event, kept.text)
        elif isinstance(kept, Stay):
            await self._stay(replace(talk, draft=kept.draft), kept, scene, event)
        elif isinstance(kept, Goto):
            step = self.flows[talk.flow].step(kept.step)
            assert step is not None  # noqa: S101 - flows name their own steps
            trail = (*talk.trail, talk.step)
            await self._ask(replace(talk, draft=kept.draft, trail=trail), step, scene, event)
        else:
            trail = (*talk.trail, talk.step)
            await self._forward(replace(talk, draft=kept, trail=trail), scene, event)

    async def _stay(self, talk: Conversation, kept: Stay, scene: Scene, event: Event) -> None:
        step = self._step(talk)
        if step is None or kept.quiet or kept.note:
            await scene.conversations.save(replace(talk, touched_at=scene.now))
            if kept.note:
                await say(event, kept.note)
        else:
            await self._ask(talk, step, scene, event)

    async def _forward(self, talk: Conversation, scene: Scene, event: Event) -> None:
        flow = self.flows[talk.flow]
        step = flow.after(talk.step, dict(talk.draft))
        if step is not None:
            await self._ask(talk, step, scene, event)
            return
        ended = await flow.ends(dict(talk.draft), scene)
        done = ended if isinstance(ended, Done) else Done(ended)
        await self._over(talk, done, scene, event)

    async def _ask(
        self,
        talk: Conversation,
        step: Step,
        scene: Scene,
        event: Event,
        before: tuple[Text, ...] = (),
    ) -> None:
        """Show a step's screen under a new token, and remember that it was shown."""
        seen = [*dict.fromkeys([*talk.draft.get(SEEN, ()), step.name])]
        had_keys = bool(talk.draft.get(KEYS))
        talk = replace(talk, step=step.name, token=talk.token + 1, touched_at=scene.now)
        talk = replace(talk, draft={**talk.draft, SEEN: seen})
        screen = await self._drawn(talk, scene)
        talk = replace(talk, draft={**talk.draft, KEYS: bool(screen.keys)})
        await scene.conversations.save(talk)
        screen = dressed(screen, self.flows[talk.flow], step, talk)
        screen = replace(screen, before=(*before, *screen.before))
        await show(event, screen, drops_keys=had_keys and not screen.keys)

    async def _drawn(self, talk: Conversation, scene: Scene) -> Screen:
        step = self._step(talk)
        assert step is not None  # noqa: S101 - running() gave it
        return await step.asks(dict(talk.draft), scene)

    async def _over(self, talk: Conversation, done: Done, scene: Scene, event: Event) -> None:
        memo = {**_carried(talk), **done.memo}
        rest = replace(talk, flow="", step="", draft=memo, trail=(), touched_at=scene.now)
        await scene.conversations.save(resumed(talk, rest))
        await show(event, done.screen, drops_keys=bool(talk.draft.get(KEYS)))
        if UNDER in talk.draft and (message := spoken_to(event)):
            await self.again(scene, message, Text(_("我们接着说刚才没说完的事。")))

    async def _outdated(self, talk: Conversation, scene: Scene, query: CallbackQuery) -> None:
        """A button of an earlier screen: say so, and show the current one if it is far up."""
        await query.answer(_("这是之前的按钮，请看最下面的新消息。"))
        if scene.now - talk.touched_at > OUT_OF_SIGHT and (message := spoken_to(query)):
            await self.again(scene, message)

    async def _takes(self, talk: Conversation, message: Message, scene: Scene) -> bool:
        step = self._step(talk)
        if step is None or control(message.text):
            return step is not None
        chosen = chosen_by_label(message, await self._drawn(talk, scene))
        return parsed(chosen or message, step.accepts) is not None

    def _pausing(self, before: Conversation | None, name: str) -> Draft:
        flow = self.flows.get(before.flow) if before else None
        if before is None or flow is None or flow.loose or flow.name == name:
            return {UNDER: before.draft[UNDER]} if before and UNDER in before.draft else {}
        return {UNDER: paused(before)}

    async def _hurried(
        self, talk: Conversation, scene: Scene, message: Message, *, tells: bool
    ) -> None:
        """Somebody sends very fast: keep what can be kept, and say so once."""
        kept = await _aside(self.flows[talk.flow], dict(talk.draft), message, scene)
        draft = kept.draft if isinstance(kept, Stay) else talk.draft
        await scene.conversations.save(replace(talk, draft=draft, touched_at=scene.now))
        if tells:
            await say(
                message,
                _("您发得有点快。后面发的我先记下，不再一条一条回复；请看上面的提示继续。"),
            )


async def _aside(flow: Flow, draft: Draft, heard: Heard, scene: Scene) -> Kept:
    value = parsed(heard, flow.asides)
    if value is None:
        return Reason(unfit(heard)) if isinstance(heard, Message) else Stay(draft)
    if isinstance(value, Reason) or flow.keeps_aside is None:
        return value if isinstance(value, Reason) else Stay(draft)
    return await flow.keeps_aside(draft, value, scene)


def _carried(talk: Conversation | None) -> Draft:
    """What outlives a conversation: how fast the person speaks."""
    return {key: talk.draft[key] for key in ("_pace",) if talk and key in talk.draft}
