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

To run one: ``await engine.start("rate", {"leg": 7}, scene, event)`` from any handler, which may
ask for ``scene``; what follows comes back through ``handlers.resident``.
A flow started while another runs pauses that one, unless it is ``loose`` (only looks); it goes
on when the new one ends. A message that a loose flow cannot take ends it and starts a call.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import uuid4

from aiogram.types import CallbackQuery, Message
from aiogram.utils.formatting import Text

from bot.flows.dressing import control, offers
from bot.flows.pace import Pace, paced
from bot.flows.pausing import UNDER, paused, resumed
from bot.flows.scene import Event, Scene
from bot.flows.steps import Chosen, Done, Draft, Flow
from bot.flows.telling import Teller
from bot.flows.turn import AT, Turn, carried
from bot.screens.taps import StepTap
from bot.words import _
from core.conversation import Conversation
from core.records import replace

SCREENS_A_TALK = 1000
OUT_OF_SIGHT = timedelta(minutes=10)


class Engine:
    """Runs flows; holds nothing but their declarations."""

    def __init__(self, flows: Iterable[Flow]) -> None:
        self.flows = {flow.name: flow for flow in flows}

    async def start(self, name: str, draft: Draft, scene: Scene, event: Event) -> None:
        """Begin a flow at its first unknown step, in a new message; what runs is paused."""
        before = await scene.conversations.get(scene.account)
        draft_id = uuid4().hex
        talk = Conversation(
            account=scene.account,
            flow=name,
            step="",
            draft_id=draft_id,
            token=int(draft_id[:5], 16) * SCREENS_A_TALK,
            touched_at=scene.now,
            draft={**carried(before), **draft, **self._pausing(before, name), "id": draft_id},
        )
        await Turn(self.flows, talk, Teller(event, scene, anew=True)).forward()

    async def running(self, scene: Scene) -> Conversation | None:
        """The conversation somebody is in; one past its time is forgotten on the way."""
        talk = await scene.conversations.get(scene.account)
        flow = self.flows.get(talk.flow) if talk else None
        if talk is None or flow is None or not flow.has(talk.step):
            return None
        district = scene.board.district
        if district.calendar.add(talk.touched_at, district.limits.step("draft")) > scene.now:
            return talk
        await scene.conversations.clear(scene.account)
        return None

    async def feed(self, message: Message, scene: Scene) -> bool:
        """Give a message to the running flow; False when none is running or wants it."""
        talk = await self.running(scene)
        if talk is None:
            return False
        turn = Turn(self.flows, talk, Teller(message, scene))
        while turn.flow.loose and not await turn.takes(message):
            if UNDER not in turn.talk.draft:
                return False
            turn = replace(turn, talk=resumed(turn.talk, turn.talk))
        album = message.media_group_id or ""
        draft, pace = paced(dict(turn.talk.draft), scene.now, album=album)
        turn = replace(turn, talk=replace(turn.talk, draft=draft))
        if pace is not Pace.CALM:
            await turn.keep_quietly(message, told=_hurry() if pace is Pace.TELL else "")
        elif asked := control(message.text):
            await (self._drop(turn) if asked == "cancel" else turn.back())
        else:
            await turn.hear(message)
        return True

    async def takes(self, message: Message, scene: Scene) -> bool:
        """Whether the step that runs is waiting for just such a message."""
        talk = await self.running(scene)
        return talk is not None and await Turn(self.flows, talk, Teller(message, scene)).takes(
            message
        )

    async def tap(self, query: CallbackQuery, tap: StepTap, scene: Scene) -> None:
        """Give a step button to the running flow; one of an earlier screen changes nothing."""
        talk = await self.running(scene)
        teller = Teller(query, scene)
        if talk is None:
            await teller.say(_("这一步已经结束了。有事请直接发消息给我，查进展请点 /mycalls。"))
            self._strip(teller, await scene.conversations.get(scene.account))
            return
        turn = Turn(self.flows, talk, teller)
        if tap.token != talk.token:
            await self._outdated(turn)
        elif tap.value == "_cancel":
            await self._drop(turn)
        elif tap.value == "_back":
            await turn.back()
        elif turn.step.always(tap.value, scene) or offers(await turn.drawn(), tap.value):
            await turn.hear(Chosen(tap.value))
        else:
            await turn.ask(turn.step)

    async def cancel(self, scene: Scene, event: Event) -> bool:
        """Drop the running flow and its draft; False when there is none."""
        talk = await self.running(scene)
        if talk is None:
            return False
        await self._drop(Turn(self.flows, talk, Teller(event, scene)))
        return True

    async def again(self, scene: Scene, event: Event, *before: Text) -> bool:
        """Show the current screen once more, in a new message; False when there is none."""
        talk = await self.running(scene)
        if talk is None:
            return False
        turn = Turn(self.flows, talk, Teller(event, scene, anew=True))
        await turn.ask(turn.step, *before)
        return True

    async def recall(self, name: str, scene: Scene, event: Event, *before: Text) -> bool:
        """Show the current screen of this flow if it runs or waits; False when it does not."""
        talk = await self.running(scene)
        if talk and talk.flow != name and talk.draft.get(UNDER, {}).get("flow") == name:
            talk = resumed(talk, talk)
            await scene.conversations.save(talk)
        return bool(talk and talk.flow == name) and await self.again(scene, event, *before)

    async def _drop(self, turn: Turn) -> None:
        await turn.over(Done(turn.flow.cancelled()))

    async def _outdated(self, turn: Turn) -> None:
        """A button of an earlier screen: say so, take it away, show the current one if far up."""
        await turn.teller.toast(_("这是之前的按钮，请看最下面的新消息。"))
        self._strip(turn.teller, turn.talk)
        if turn.scene.now - turn.talk.touched_at > OUT_OF_SIGHT:
            anew = replace(turn.teller, anew=True, silent=True)
            await replace(turn, teller=anew).ask(turn.step)

    def _strip(self, teller: Teller, talk: Conversation | None) -> None:
        """Buttons of a screen that is over go once they are tapped, at no cost while nobody does.

        A second tap at once finds its message showing the next screen: that keeps its own.
        """
        if talk is None or talk.draft.get(AT) != teller.scene.message:
            teller.strips()

    def _pausing(self, before: Conversation | None, name: str) -> Draft:
        flow = self.flows.get(before.flow) if before else None
        if before is None or flow is None:
            return {}
        if flow.loose or flow.name == name:
            return {UNDER: before.draft[UNDER]} if UNDER in before.draft else {}
        return {UNDER: paused(before)}


def _hurry() -> str:
    return _("您发得有点快。后面发的我先记下，不再一条一条回复；请等一分钟再回答上面的问题。")
