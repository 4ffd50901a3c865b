"""One turn of a conversation: an answer is heard, kept, and the next screen shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiogram.types import Message
from aiogram.utils.formatting import Text

from bot.flows.accepting import parsed, unfit
from bot.flows.dressing import KEYS, chosen_by_label, control, dressed, with_seen
from bot.flows.pace import PACE
from bot.flows.pausing import UNDER, resumed
from bot.flows.steps import Done, Draft, Flow, Goto, Heard, Kept, Reason, Stay, Step
from bot.flows.telling import Teller
from bot.screens.screen import Screen
from bot.words import _
from core.records import replace

if TYPE_CHECKING:
    from bot.flows.scene import Scene
    from core.conversation import Conversation


AT = "_at"
"""The message that may show the screen in place of an earlier one: its buttons are of today."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The conversation as it stood when the answer came; every method ends the turn."""

    flows: Mapping[str, Flow]
    talk: Conversation
    teller: Teller

    @property
    def flow(self) -> Flow:
        """The flow that is running."""
        return self.flows[self.talk.flow]

    @property
    def step(self) -> Step:
        """The step that was asked."""
        return self.flow.named(self.talk.step)

    @property
    def scene(self) -> Scene:
        """The surroundings of the update."""
        return self.teller.scene

    async def drawn(self) -> Screen:
        """The screen of the step, as it would be shown now, undressed."""
        return await self.step.asks(dict(self.talk.draft), self.scene)

    async def hear(self, heard: Heard) -> None:
        """Take an answer: by the step, or beside it."""
        if isinstance(heard, Message):
            heard = chosen_by_label(heard, await self.drawn()) or heard
        draft = dict(self.talk.draft)
        value = parsed(heard, self.step.accepts)
        if value is None:
            kept = await self._aside(heard)
        elif isinstance(value, Reason):
            kept = value
        else:
            kept = await self.step.keeps(draft, value, self.scene)
        await self._settle(kept)

    async def keep_quietly(self, message: Message, *, told: str) -> None:
        """Keep what can be kept beside the step, and say only ``told``, if anything."""
        kept = await self._aside(message)
        await self._save(kept.draft if isinstance(kept, Stay) else None)
        if told:
            await self.teller.say(told)

    async def takes(self, message: Message) -> bool:
        """Whether the step itself can do something with the message."""
        if control(message.text):
            return True
        heard = chosen_by_label(message, await self.drawn()) or message
        return parsed(heard, self.step.accepts) is not None

    async def back(self) -> None:
        """One screen back; the first screen is shown again."""
        within = self.step.retreats(dict(self.talk.draft))
        if within is not None:
            await replace(self, talk=replace(self.talk, draft=within)).ask(self.step)
        elif self.talk.trail:
            earlier = self.flow.named(self.talk.trail[-1])
            talk = replace(self.talk, trail=self.talk.trail[:-1])
            await replace(self, talk=talk).ask(earlier)
        else:
            await self.ask(self.step)

    async def forward(self) -> None:
        """Ask the next unknown step, or end the flow."""
        draft, step = await self._next()
        if step is not None:
            await self._with(draft).ask(step)
            return
        ended = await self.flow.ends(draft, self.scene)
        await self.over(ended if isinstance(ended, Done) else Done(ended))

    async def _next(self) -> tuple[Draft, Step | None]:
        """The next step that is not known, after looking up what it needs for being known."""
        draft = dict(self.talk.draft)
        step = self.flow.after(self.talk.step, draft)
        while step is not None and step.prepares is not None:
            draft = await step.prepares(draft, self.scene)
            if not step.skip(draft):
                break
            step = self.flow.after(step.name, draft)
        return draft, step

    async def ask(self, step: Step, *before: Text) -> None:
        """Show a step's screen under a new token, and remember that it was shown."""
        had_keys = bool(self.talk.draft.get(KEYS))
        draft = with_seen(dict(self.talk.draft), self.flow, step)
        screen = await step.asks(dict(draft), self.scene)
        talk = replace(
            self.talk,
            step=step.name,
            token=self.talk.token + 1,
            touched_at=self.scene.now,
            draft={**draft, KEYS: bool(screen.keys), AT: self.teller.tapped},
        )
        await self.scene.conversations.save(talk)
        screen = dressed(screen, self.flow, step, talk)
        screen = replace(screen, before=(*before, *screen.before))
        echo = self.step.echoes(draft, self.scene)
        await self.teller.show(screen, drops_keys=had_keys and not screen.keys, echo=echo)

    async def over(self, done: Done) -> None:
        """End the flow; what waited under it goes on."""
        memo = {**carried(self.talk), AT: self.teller.tapped, **done.memo}
        rest = replace(
            self.talk, flow="", step="", draft=memo, trail=(), touched_at=self.scene.now
        )
        talk = rest if done.forgets else resumed(self.talk, rest)
        if done.forgets:
            await self.scene.conversations.clear(talk.account)
        else:
            await self.scene.conversations.save(talk)
        teller = replace(self.teller, leg=done.leg)
        await teller.show(done.screen, drops_keys=bool(self.talk.draft.get(KEYS)))
        if UNDER in self.talk.draft and talk.flow in self.flows:
            under = Turn(self.flows, talk, replace(self.teller, anew=True, silent=True))
            await under.ask(under.step, Text(_("我们接着说刚才没说完的事。")))

    async def _aside(self, heard: Heard) -> Kept:
        value = parsed(heard, self.flow.asides)
        draft = dict(self.talk.draft)
        if value is None:
            return Reason(unfit(heard)) if isinstance(heard, Message) else Stay(draft)
        if isinstance(value, Reason):
            return value
        return await self.flow.keeps_aside(draft, value, self.scene)

    async def _settle(self, kept: Kept) -> None:
        """Do what the answer asks for: on, stay, elsewhere, over, or a kind no."""
        onward = (*self.talk.trail, self.talk.step) if self.step.counted else self.talk.trail
        match kept:
            case Done():
                await self.over(kept)
            case Reason(text):
                await self._save(None)
                await self.teller.say(text)
            case Stay(draft, note, quiet) if note or quiet:
                await self._save(draft)
                if note:
                    await self.teller.say(note)
            case Stay(draft):
                await self._with(draft).ask(self.step)
            case Goto(draft, name) if self.talk.trail[-1:] == (name,):
                await self._with(draft, self.talk.trail[:-1]).ask(self.flow.named(name))
            case Goto(draft, name):
                await self._with(draft, onward).ask(self.flow.named(name))
            case _:
                await self._with(kept, onward).forward()

    def _with(self, draft: Draft, trail: tuple[str, ...] | None = None) -> Turn:
        way = self.talk.trail if trail is None else trail
        return replace(self, talk=replace(self.talk, draft=draft, trail=way))

    async def _save(self, draft: Draft | None) -> None:
        kept = self.talk.draft if draft is None else draft
        talk = replace(self.talk, draft=kept, touched_at=self.scene.now)
        await self.scene.conversations.save(talk)


def carried(talk: Conversation | None) -> Draft:
    """What outlives a conversation: how fast the person speaks."""
    return {PACE: talk.draft[PACE]} if talk and PACE in talk.draft else {}
