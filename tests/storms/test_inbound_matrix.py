"""C4: every shape in which updates may come, taken both ways, on both databases."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field

import pytest
import pytest_asyncio
from sqlalchemy import Engine

from storage.engine import Store
from tests.bot.raw import message, tap
from tests.people import Json
from tests.storms.inbound import SHOWN, Door, Step, polled, pushed
from tests.storms.stores import BOTH, opened

INVARIANT = "C4 inbound shapes"
pytestmark = pytest.mark.asyncio(loop_scope="module")
NUMBERS = itertools.count(1)
LANES, MANY, PARTS, BIG, TOO_BIG = 10, 100, 35, 20_000, 4 << 20
WAYS = {"polling": polled, "webhook": pushed}
Kept = Mapping[tuple[int, int], str]


@dataclass(frozen=True)
class Case:
    """The steps; the fates of all updates; what follows in each lane; what is refused."""

    steps: Sequence[Step]
    kept: Kept
    said: Mapping[int, Sequence[str]]
    refusals: Sequence[int] = ()
    rests: int = 0
    taps: int = 0


@dataclass(frozen=True)
class Talk:
    """Makes updates of one person, whose number is new for every case."""

    person: int
    pushed: bool
    chat: Json = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "chat", {"id": self.person, "type": "private"})

    def says(self, number: int, text: str = "", lane: int = 0) -> Json:
        """Words; of the ``lane``-th person of this case."""
        chat = {**self.chat, "id": self.person + lane}
        return message(number, text or str(number), chat=chat)

    def taps(self, number: int) -> Json:
        return tap(number, chat=self.chat)

    def photo(self, number: int) -> Json:
        size = {"file_id": "x", "file_unique_id": "x", "width": 9, "height": 9}
        more = {"photo": [size], "media_group_id": "g", "chat": self.chat}
        update = message(number, **more)
        del update["message"]["text"]
        return update

    def ends(self, steps: Sequence[Step], *numbers: int, **more) -> Case:
        """All of these are done, and each was answered with its number."""
        kept = {(0, number): "done" for number in numbers}
        said = {self.person: [str(number) for number in numbers]}
        return Case(steps, kept, said, **more)


def duplicate_id(t: Talk) -> Case:
    one, two = t.says(1), t.says(2)
    return t.ends([Step([one, one]), Step([one, two])], 1, 2)


def duplicate_content(t: Talk) -> Case:
    kept = {(0, 1): "done", (0, 2): "done", (0, 3): "done"}
    steps = [Step([t.taps(1), t.taps(2)]), Step([t.taps(3)])]
    return Case(steps, kept, {t.person: ["已签收"]}, taps=3)


def out_of_order(t: Talk) -> Case:
    return t.ends([Step([t.says(3), t.says(1), t.says(2)])], 1, 2, 3)


def gap(t: Talk) -> Case:
    return t.ends([Step([t.says(1), t.says(50)]), Step([t.says(51)])], 1, 50, 51)


def reset_lower(t: Talk) -> Case:
    return t.ends([Step([t.says(900_000)]), Step([t.says(3)]), Step([t.says(4)])], 900_000, 3, 4)


def reset_higher(t: Talk) -> Case:
    high = 2_000_000_000
    return t.ends([Step([t.says(5)]), Step([t.says(high)])], 5, high)


def other_bot(t: Talk) -> Case:
    steps = [Step([t.says(1, "甲")]), Step([t.says(1, "乙")], bot=1)]
    return Case(steps, {(0, 1): "done", (1, 1): "done"}, {t.person: ["甲", "乙"]})


def undecodable(t: Talk) -> Case:
    broken = {"update_id": 1, "message": {"chat": t.chat, "text": 5}}
    kept = {(0, 1): "dead", (0, 2): "done"}
    return Case([Step([broken, t.says(2)])], kept, {t.person: ["2"]})


def unknown_type(t: Talk) -> Case:
    new = {"update_id": 1, "brand_new": {"chat": t.chat}}
    kept = {(0, 1): "ignored", (0, 2): "done"}
    return Case([Step([new, t.says(2)])], kept, {t.person: ["2"]})


def full_batch(t: Talk) -> Case:
    updates = [t.says(n, lane=n % LANES) for n in range(MANY)]
    said = {t.person + lane: [str(n) for n in range(lane, MANY, LANES)] for lane in range(LANES)}
    return Case([Step(updates)], {(0, n): "done" for n in range(MANY)}, said)


def four_mebibytes(t: Talk) -> Case:
    """Pushed, one update of that size is refused and stops nobody; Telegram sends none."""
    updates = [
        t.says(n, f"{n:0{SHOWN}}" + "水" * BIG, lane=n % LANES) for n in range(1, PARTS + 1)
    ]
    said: dict[int, list[str]] = {}
    for n in range(1, PARTS + 1):
        said.setdefault(t.person + n % LANES, []).append(f"{n:0{SHOWN}}")
    kept = {(0, n): "done" for n in range(1, PARTS + 1)}
    if not t.pushed:
        return Case([Step(updates)], kept, said)
    huge = Step([t.says(99, "x" * TOO_BIG)], answer=413)
    return Case([huge, Step(updates)], kept, said, refusals=[413])


def conflict(t: Talk) -> Case:
    """Somebody else polls; pushed, the same update comes by two doors at once."""
    if t.pushed:
        return t.ends([Step([t.says(1)] * 4, at_once=True), Step([t.says(2)])], 1, 2)
    steps = [Step([t.says(1)]), Step(status=409), Step(status=409), Step([t.says(2)])]
    return t.ends(steps, 1, 2, rests=2)


def unauthorised(t: Talk) -> Case:
    """The token is refused, and works again after a new start; pushed, a wrong secret."""
    refused = Step(status=401)
    if t.pushed:
        refused = Step([t.says(2)], secret="wrong", answer=401)
    return t.ends([Step([t.says(1)]), refused, Step([t.says(2)])], 1, 2, refusals=[401])


def edited(t: Talk) -> Case:
    changed = t.says(2, "新")
    changed["edited_message"] = {
        **changed.pop("message"),
        "message_id": 1,
        "edit_date": 1772596900,
    }
    kept = {(0, 1): "done", (0, 2): "done"}
    return Case([Step([t.says(1, "旧"), changed])], kept, {t.person: ["旧", "改为新"]})


def late_photo(t: Talk) -> Case:
    steps = [Step([t.photo(1), t.photo(2)]), Step([t.says(3)]), Step([t.photo(4)])]
    kept = {(0, n): "done" for n in range(1, 5)}
    return Case(steps, kept, {t.person: ["图片", "图片", "3", "图片"]})


def expired_tap(t: Talk) -> Case:
    kept = {(0, 1): "done", (0, 2): "done"}
    return Case([Step([t.taps(1), t.says(2)])], kept, {t.person: ["已签收", "2"]}, taps=1)


SHAPES: dict[str, Callable[[Talk], Case]] = {
    "duplicate id": duplicate_id,
    "duplicate content new id": duplicate_content,
    "out of order": out_of_order,
    "gap": gap,
    "reset lower": reset_lower,
    "reset higher": reset_higher,
    "other bot id": other_bot,
    "undecodable": undecodable,
    "unknown type": unknown_type,
    "100-batch": full_batch,
    "4 MiB batch": four_mebibytes,
    "409": conflict,
    "401": unauthorised,
    "edited": edited,
    "album with a late photo": late_photo,
    "expired callback": expired_tap,
}


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=BOTH)
async def database(request, tmp_path_factory) -> AsyncIterator[tuple[Store, Engine]]:
    async with opened(request, tmp_path_factory) as both:
        yield both


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("shape", SHAPES)
async def test_each_update_is_kept_once_and_takes_effect_once(database, shape, way):
    number = next(NUMBERS)
    door = Door(*database, bots=(number * 2, number * 2 + 1))
    case = SHAPES[shape](Talk(number * 1000, pushed=way == "webhook"))

    await WAYS[way](door, case.steps)

    assert door.lost == []
    assert door.kept() == case.kept
    assert {lane: door.said(lane) for lane in case.said} == case.said
    assert (door.refusals, door.rests) == (list(case.refusals), case.rests)
    assert await door.answered() == case.taps
