"""Plays the real messages of the municipal data set: each raised, answered, resolved and rated."""

from __future__ import annotations

import asyncio
import csv
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from core.agency import Agency
from tests.journeys.answering import Office
from tests.journeys.crowd import Crowd, Json, Player, words_of
from tests.journeys.everybody import RESIDENTS
from tests.journeys.raising import raise_call
from tests.people import ROOT

FILE = "complaints-replied.csv"
WAYS = 3


@dataclass(frozen=True, slots=True)
class Matter:
    """What somebody wrote to the city, what the city answered, and where we let it happen."""

    text: str
    reply: str
    community: Agency
    way: int


@dataclass(frozen=True, slots=True)
class Played:
    """What became of a matter: what the group and the resident were really shown."""

    matter: Matter
    number: str
    shown_to_group: str
    shown_to_resident: str

    @property
    def unchanged(self) -> bool:
        """Whether every word arrived, on both sides."""
        told = self.matter.text in self.shown_to_group
        return told and self.shown_to_resident == self.matter.reply


def folder() -> Path:
    """Where the data set lies: as ``TESTS_DATA`` says, else beside the project."""
    return Path(os.environ.get("TESTS_DATA") or ROOT.parent / "shared" / "data")


def found() -> Path | None:
    """The data set, where it is."""
    file = folder() / FILE
    return file if file.is_file() else None


def matters(file: Path, communities: Sequence[Agency]) -> list[Matter]:
    """Every message of the file, spread over the communities."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [
        Matter(row["text"], row["reply"], community, n % WAYS)
        for n, (row, community) in enumerate(zip(rows, cycle(communities), strict=False))
    ]


async def play(
    crowd: Crowd, matters: Sequence[Matter], *, residents: int, at_once: int
) -> list[Played]:
    """Let every resident raise their share, so many at a time, until everything is closed.

    There are more residents than that, because who says twenty things a minute is slowed down.
    """
    office, played = Office(crowd), list[Played]()
    lives = iter([(crowd.player(RESIDENTS + n), matters[n::residents]) for n in range(residents)])
    async with asyncio.TaskGroup() as street:
        for _ in range(at_once):
            street.create_task(_live(lives, office, played))
    return played


async def _live(
    lives: Iterator[tuple[Player, Sequence[Matter]]], office: Office, played: list[Played]
) -> None:
    for resident, matters in lives:
        for matter in matters:
            one = await _through(resident, matter, office)
            played.append(one)


async def _through(resident: Player, matter: Matter, office: Office) -> Played:
    raised = await raise_call(resident, matter.text, matter.community, way=matter.way)
    since = resident.mark
    card = await office.work_off(raised.number, matter.reply, resident)
    resolved = await resident.sees(f"🏁 {raised.number}", button="已解决")
    heard = resident.crowd.chats[resident.chat].all_since(since)
    await resident.taps(resolved, "已解决")
    await resident.taps(await resident.sees(button="非常满意"), "非常满意")
    thanked = await resident.sees("谢谢您的评价", raised.number)
    if "还在核查" in words_of(thanked):
        await office.passes(raised.number)
        await resident.sees("已按您的评价结案", raised.number)
    return Played(matter, raised.number, _told(card, resident.crowd), _relayed(heard))


def _told(card: Json, crowd: Crowd) -> str:
    """What the group could read: the card, and what stands below it, without its headline."""
    below = [
        words_of(event["message"]).partition("\n")[2]
        if words_of(event["message"]).startswith("📎")
        else words_of(event["message"])
        for event in crowd.chats[card["chat"]["id"]].events
        if _hangs_below(event["message"], card)
    ]
    return "\n".join([words_of(card), "".join(below)])


def _hangs_below(message: Json, card: Json) -> bool:
    above = message.get("reply_to_message", {}).get("message_id")
    return bool(above == card["message_id"])


def _relayed(heard: Iterable[Json]) -> str:
    """The words of the agency: what came between the head of a reply and the resolution."""
    words, listening = [], False
    for message in heard:
        told = words_of(message)
        if told.startswith("💬"):
            listening = True
            words.append(told.partition("\n")[2])
        elif told.startswith(("🏁", "📌")):
            listening = False
        elif listening:
            words.append(told)
    return "".join(words)
