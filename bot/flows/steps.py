"""What a guided conversation is made of: flows, steps, and what may become of an answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiogram.types import Message

from bot.flows.scene import Scene
from bot.screens.screen import Screen
from core.call import Piece

Draft = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A button of the current screen was pressed, or its label typed."""

    value: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an answer cannot be taken: a kind sentence that says what to do."""

    text: str


@dataclass(frozen=True, slots=True)
class Stay:
    """Kept, and the same step goes on; ``quiet`` says nothing, ``note`` says only this."""

    draft: Draft
    note: str = ""
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Goto:
    """Kept, and the named step comes next, answered before or not.

    The step just before this one is gone back to, any other one is gone on to.
    """

    draft: Draft
    step: str


@dataclass(frozen=True, slots=True)
class Done:
    """The conversation is over; ``leg`` is what the last screen is about.

    ``memo`` is what late material of it should still find. ``forgets``: nothing stays of the
    conversation, nor of what waited under it.
    """

    screen: Screen
    memo: Mapping[str, Any] = field(default_factory=dict)
    leg: int | None = None
    forgets: bool = False


Value = Chosen | Piece
Kept = Draft | Reason | Stay | Goto | Done
Heard = Message | Chosen
Parser = Callable[[Heard], Value | Reason | None]
Asks = Callable[[Draft, Scene], Awaitable[Screen]]
Prepares = Callable[[Draft, Scene], Awaitable[Draft]]
Keeps = Callable[[Draft, Value, Scene], Awaitable[Kept]]
Echoes = Callable[[Draft, Scene], str]
Ends = Callable[[Draft, Scene], Awaitable[Screen | Done]]


def never(draft: Draft) -> bool:
    """The step is always asked."""
    return False


def nothing_always(value: str, scene: Scene) -> bool:
    """Only what its screen offers."""
    return False


def nowhere(draft: Draft) -> Draft | None:
    """The step has no screens within itself to go back through."""
    return None


def no_echo(draft: Draft, scene: Scene) -> str:
    """The answer needs no words of its own."""
    return ""


@dataclass(frozen=True, slots=True)
class Step:
    """One question. Its name is stored: never rename one, retire it.

    ``skip`` tells whether the answer is known already; ``counted`` steps make up "第 3 步，共 6
    步"; ``retreats`` gives the draft one screen back within the step, None at its first screen.
    Steps that are not counted are not gone back to either; ``surely`` False is for those that
    are, but may turn out to be needless, which would make the total jump. ``echoes`` is said
    where a reply keyboard goes away with the answer. ``prepares`` looks up what ``skip`` needs to
    know, whenever the conversation comes by. What anybody may answer ``always``, offered or
    not, is heard without the screen being drawn once more to look for it.
    """

    name: str
    asks: Asks
    accepts: tuple[Parser, ...]
    keeps: Keeps
    skip: Callable[[Draft], bool] = never
    counted: bool = True
    surely: bool = True
    echoes: Echoes = no_echo
    retreats: Callable[[Draft], Draft | None] = nowhere
    prepares: Prepares | None = None
    always: Callable[[str, Scene], bool] = nothing_always


async def nothing_aside(draft: Draft, value: Value, scene: Scene) -> Kept:
    """The flow has no use for anything beside its steps."""
    return Stay(draft)


@dataclass(frozen=True, slots=True)
class Flow:
    """Steps in order; ``asides`` are taken at any step and kept by ``keeps_aside``.

    ``numbered`` flows say "第 3 步，共 6 步". A ``loose`` flow only looks: what it cannot take,
    or another flow, simply ends it.
    """

    name: str
    steps: tuple[Step, ...]
    ends: Ends
    cancelled: Callable[[], Screen]
    asides: tuple[Parser, ...] = ()
    keeps_aside: Keeps = nothing_aside
    loose: bool = False
    numbered: bool = True

    def has(self, name: str) -> bool:
        """Whether there is a step of this name; a stored one may be of another version."""
        return any(step.name == name for step in self.steps)

    def named(self, name: str) -> Step:
        """The step of this name; the first one where it was retired."""
        return next((step for step in self.steps if step.name == name), self.steps[0])

    def after(self, name: str, draft: Draft) -> Step | None:
        """The first step behind ``name`` that is not known yet; None at the end."""
        names = [step.name for step in self.steps]
        later = self.steps[names.index(name) + 1 :] if name in names else self.steps
        return next((step for step in later if not step.skip(draft)), None)
