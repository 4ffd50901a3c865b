"""What a caller wants: to ask, to be helped, to complain, to report, to suggest or to praise.

It is guessed from the words and never asked, so that nobody has a question more to answer; what is
not said plainly is a call for help. What it is decides which limits apply (limits.md).
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from core.catalogue import Urgency

if TYPE_CHECKING:
    from core.call import Call, NewCall
    from core.catalogue import Item
    from core.limits import Limits

BEGINNING = 40  # characters: a title, or a first sentence, says what it is
GRIEVANCES = re.compile(r"投诉|控诉|抗议|扰民|乱收费|不作为|强烈不满|欺负|乱象")
REPORTS = re.compile(r"举报|检举")
SUGGESTS = re.compile(r"建议|提议|提个意见")
ASKS = re.compile(
    r"咨询|想问|请教|请问.{0,24}(?:如何|怎么|怎样|哪|多少|什么|是否|能否|可以|需要|吗)"
)
PRAISES = re.compile(r"表扬|点赞|锦旗|好人好事|拾金不昧")
# Whoever also wants something does not only praise.
WANTS = re.compile(r"请求|希望|建议|投诉|举报|反映|解决|但是|可是|不过|没人|[^对]不起|坏了|太差")


class Intent(StrEnum):
    """The six kinds of a hotline; a call that does not say is for ``HELP``."""

    CONSULT = "consult"
    HELP = "help"
    COMPLAINT = "complaint"
    REPORT = "report"
    SUGGESTION = "suggestion"
    PRAISE = "praise"


# What needs nothing done on the spot: no photo, nobody else who looks whether it is finished.
LIGHT = frozenset({Intent.CONSULT, Intent.SUGGESTION, Intent.PRAISE})
# What nobody waits for: an agency does not make this of its own work by itself.
LEISURELY = frozenset({Intent.SUGGESTION, Intent.PRAISE})
CLASSES = {
    Intent.CONSULT: Urgency.CONSULT,
    Intent.SUGGESTION: Urgency.SUGGESTION,
    Intent.REPORT: Urgency.REPORT,
    Intent.PRAISE: Urgency.PRAISE,
}


def guessed(words: str) -> Intent:
    """The likeliest one, by words that say it themselves, in simplified characters."""
    said = words.strip()
    beginning = said[:BEGINNING]
    if PRAISES.search(said) and not WANTS.search(said):
        return Intent.PRAISE
    if REPORTS.search(beginning):
        return Intent.REPORT
    if GRIEVANCES.search(beginning):
        return Intent.COMPLAINT
    if SUGGESTS.search(beginning):
        return Intent.SUGGESTION
    if ASKS.search(beginning):
        return Intent.CONSULT
    return Intent.COMPLAINT if GRIEVANCES.search(said) else Intent.HELP


def wants_photo(item: Item, intent: Intent) -> bool:
    """Whether the answer has to show what was done: words alone answer a question."""
    return item.needs_photo and intent not in LIGHT


def class_of(item: Item, call: NewCall | Call, limits: Limits) -> Urgency:
    """Which limits a call about this item has: those of its intent, where the sheet has some.

    Else those of the item. Danger is P0 and what is urgent stays so, whatever it is called. A
    report has its own limits with named people only: a guess makes no ordinary matter slower.
    """
    if call.danger:
        return Urgency.P0
    own = CLASSES.get(call.intent)
    urgent = item.urgency in (Urgency.P0, Urgency.P1)
    open_report = call.intent is Intent.REPORT and not (call.restricted or item.restricted)
    if own is None or urgent or open_report or not limits.clocks.get(own):
        return item.urgency
    return own
