"""What a party is told of a step: a headline, whether the words go with it, which buttons.

One small function a step and listener. The resident hears agency names, dates and public words;
never who of the staff acted, never what was noted inside.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from aiogram.utils.formatting import Bold, Text

from bot.screens import names
from bot.screens.buttons import Rows
from bot.screens.easel import Easel
from bot.screens.times import when
from bot.words import _
from core.journal import Entry
from core.people import Officer, Party
from core.views import LegView


@dataclass(frozen=True, slots=True)
class Telling:
    """One journal entry on its way to one party in one chat, and the leg as it is now."""

    entry: Entry
    view: LegView
    to: Party
    chat: int
    easel: Easel
    officers: tuple[Officer, ...] = ()

    @property
    def number(self) -> Text:
        """The public number of the call."""
        return Bold(self.view.call.number)

    @property
    def agency(self) -> str:
        """The agency that answers, in brackets."""
        return f"【{self.view.agency.short_name}】"

    @property
    def caller(self) -> str:
        """Whom the agency answers: the caller, or in brackets the agency that called."""
        return names.caller_of(self.view)

    @property
    def to_resident(self) -> bool:
        """Whether the listener reads in private: the person who raised it, or a supporter."""
        calls = self.to is Party.CALLER and self.view.caller_agency is None
        return calls or self.to in (Party.SUPPORTER, Party.RESIDENT)

    @property
    def finish(self) -> str:
        """``，6月19日（周五）18:00 前办结`` where the leg has such a date."""
        due = self.view.leg.finish_due
        return _("，{at} 前办结").format(at=when(due, self.easel.zone)) if due else ""

    def named(self, code: object) -> str:
        """Another agency of the facts, in brackets."""
        return f"【{self.easel.name_of(str(code))}】"


@dataclass(frozen=True, slots=True)
class Told:
    """``relays``: what was said goes along; ``hides`` masks numbers in it, for a group."""

    head: Text
    relays: bool = True
    hides: bool = False
    buttons: Rows = ()


Tells = Callable[[Telling], Told | None]


def score(telling: Telling) -> str:
    """``已解决 ⭐⭐⭐⭐`` of a rating, without whose it is."""
    facts = telling.entry.facts
    verdict = next((_(w) for v, w in names.VERDICTS.items() if v == facts.get("verdict")), "")
    return f"{verdict} {'⭐' * int(facts.get('stars') or 0)}".strip()
