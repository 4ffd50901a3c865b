"""What keeps the service from its work, or soon will: found in the store, told by the bot."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.agency import Agency, AgencyKind
from core.district import District
from core.foresight import unknown_year
from core.load import Load
from core.people import Binding, Post
from core.ports import Work

SLOW = timedelta(minutes=5)
LEVELS = (
    AgencyKind.STREET,
    AgencyKind.COMMUNITY,
    AgencyKind.DEPARTMENT,
    AgencyKind.ENTERPRISE,
)


class Ill(StrEnum):
    """What may be wrong."""

    NO_OFFICE = "no_office"
    NO_GROUPS = "no_groups"
    SILENT = "silent"
    UNSTAFFED = "unstaffed"
    ALONE = "alone"
    YEAR_UNKNOWN = "year_unknown"
    YEAR_ENDS = "year_ends"
    UNREAD = "unread"
    BURIED = "buried"
    UNSENT = "unsent"
    DOUBTFUL = "doubtful"
    HELD = "held"
    MUTED = "muted"
    NO_PINS = "no_pins"
    EMPTY = "empty"
    CHANNEL_LOST = "channel_lost"
    TOKEN_REFUSED = "token_refused"  # noqa: S105 - a word, not a secret
    OUT_OF_REACH = "out_of_reach"
    JOINS_NOTHING = "joins_nothing"
    HOOK_IN_THE_WAY = "hook_in_the_way"
    HOOK_MISSING = "hook_missing"
    HOOK_FAILING = "hook_failing"
    PILED_UP = "piled_up"
    CLOCK_WRONG = "clock_wrong"
    DISK_FULL = "disk_full"


GRAVE = frozenset(
    {Ill.NO_OFFICE, Ill.SILENT, Ill.MUTED, Ill.UNSTAFFED, Ill.YEAR_UNKNOWN, Ill.UNREAD}
    | {Ill.UNSENT, Ill.TOKEN_REFUSED, Ill.JOINS_NOTHING, Ill.HOOK_IN_THE_WAY, Ill.HOOK_MISSING}
    | {Ill.HOOK_FAILING, Ill.CLOCK_WRONG, Ill.DISK_FULL}
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: which agencies, or how many of what, or since when, or which."""

    ill: Ill
    agencies: tuple[Agency, ...] = ()
    count: int = 0
    since: datetime | None = None
    title: str = ""

    @property
    def grave(self) -> bool:
        """Whether somebody is not reached today because of it."""
        return self.ill in GRAVE


async def looked_over(
    work: Work, district: District, *, administrators: Collection[int], now: datetime
) -> tuple[Finding, ...]:
    """Everything found, what is grave first; nothing is changed."""
    bindings = {one.code: await work.groups.of_agency(one.code) for one in district.tree.agencies}
    found = [
        *_rooms(district, bindings),
        *await _unpinned(work, district),
        *await _channel(work),
        *await _staff(work, district, bindings),
        *_year(district, now),
        *traffic(await work.load(now), now),
    ]
    if len(administrators) < 2:
        found.append(Finding(Ill.ALONE, count=len(administrators)))
    return tuple(sorted(found, key=lambda one: not one.grave))


def _rooms(district: District, bindings: Mapping[str, Binding | None]) -> list[Finding]:
    """Who has no group, and whose group the bot cannot speak in."""
    found, tree = [], district.tree
    if bindings[tree.district.code] is None:
        found.append(Finding(Ill.NO_OFFICE, (tree.district,)))
    without = tuple(one for one in tree.of_kind(*LEVELS) if bindings[one.code] is None)
    if without:
        found.append(Finding(Ill.NO_GROUPS, without, len(without)))
    resting = {code: one for code, one in bindings.items() if one and one.suspended}
    for ill, muted in ((Ill.MUTED, True), (Ill.SILENT, False)):
        some = tuple(tree.get(code) for code, one in resting.items() if one.muted is muted)
        if some:
            found.append(Finding(ill, some, len(some)))
    empty = tuple(one for one in tree.of_kind(AgencyKind.STREET) if not tree.children(one.code))
    return found + ([Finding(Ill.EMPTY, empty, len(empty))] if empty else [])


async def _unpinned(work: Work, district: District) -> list[Finding]:
    """Where Telegram told that the bot is no administrator, so that nothing is pinned."""
    rooms = await work.groups.in_force()
    codes = [one.agency for one, may in rooms if may and not may.pins]
    some = tuple(district.tree.get(code) for code in codes if code in district.tree.by_code)
    return [Finding(Ill.NO_PINS, some, len(some))] if some else []


async def _channel(work: Work) -> list[Finding]:
    """The district's channel, where Telegram lets nothing into it any more."""
    bound = await work.channels.bound()
    if bound is None or bound.posts:
        return []
    return [Finding(Ill.CHANNEL_LOST, title=bound.title)]


async def _staff(
    work: Work, district: District, bindings: Mapping[str, Binding | None]
) -> list[Finding]:
    """Agencies with a group in which nobody may answer."""
    empty = []
    for code, binding in bindings.items():
        if binding and not any(
            officer.post is not Post.AUDITOR for officer in await work.people.officers_of(code)
        ):
            empty.append(district.tree.get(code))
    return [Finding(Ill.UNSTAFFED, tuple(empty), len(empty))] if empty else []


def _year(district: District, now: datetime) -> list[Finding]:
    calendar = district.calendar
    unknown = unknown_year(calendar, now.astimezone(calendar.zone).date())
    if unknown is None:
        return []
    return [Finding(Ill.YEAR_UNKNOWN if unknown.begun else Ill.YEAR_ENDS, count=unknown.year)]


def traffic(load: Load, now: datetime) -> list[Finding]:
    """What has waited for more than five minutes, and what was set aside."""
    found = []
    for ill, since in ((Ill.UNREAD, load.oldest_waiting), (Ill.UNSENT, load.oldest_owed)):
        if since and now - since > SLOW:
            found.append(Finding(ill, since=since))
    aside = {
        Ill.BURIED: load.inbox.get("dead", 0),
        Ill.DOUBTFUL: load.outbox.get("unknown", 0) + load.outbox.get("dead", 0),
        Ill.HELD: load.outbox.get("held", 0),
    }
    return found + [Finding(ill, count=many) for ill, many in aside.items() if many]
