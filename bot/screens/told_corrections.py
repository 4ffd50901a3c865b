"""What is told when somebody puts right what they said."""

from __future__ import annotations

from aiogram.utils.formatting import Text

from bot.screens.notices import Telling, Tells, Told
from bot.words import _
from core.lifecycle import Action


def corrected(t: Telling) -> Told:
    """The agency's new words, to the caller."""
    head = _(" {agency}更正了前面的话，以这次为准：").format(agency=t.agency)
    return Told(Text("✏️ ", t.number, head))


def amended(t: Telling) -> Told:
    """The caller's new words, to the agency."""
    head = _(" {caller}更正了前面的话，以这次为准：").format(caller=t.caller)
    return Told(Text("✏️ ", t.number, head), hides=True)


TO_CALLER: dict[Action, Tells] = {Action.CORRECT: corrected}
TO_AGENCY: dict[Action, Tells] = {Action.AMEND: amended}
