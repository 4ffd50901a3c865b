"""What corrections teach: words worth offering to an administrator, and words that are not."""

from __future__ import annotations

import pytest

from core.aliases import Correction, candidates, corrections, with_alias
from core.board import Board
from core.suggesting import Suggester
from tests.core.playing import LI, Stage, liwan

CATALOGUE = liwan().catalogue
LAMP, LITTER = "10", "1"
SAYINGS = ("我家门口的幽灵柱坏了", "那根幽灵柱好几天了", "幽灵柱又不行", "巷子里的幽灵柱要换")


def said(*sayings: str, item: str = LAMP, first: int = 1) -> list[Correction]:
    """Each by a resident of its own."""
    return [Correction(first + n, one, item) for n, one in enumerate(sayings)]


def found(told: list[Correction], names: tuple[str, ...] = ()):
    return candidates(told, CATALOGUE, Suggester, names=names)


def test_what_several_people_call_an_item_is_offered_with_what_it_changes():
    (best, *_) = found(said(*SAYINGS))

    assert (best.item.code, best.word) == (LAMP, "幽灵柱")
    assert (best.people, best.better, best.worse) == (3, 3, 0)


def test_with_the_word_the_item_is_suggested():
    taught = with_alias(CATALOGUE, LAMP, "幽灵柱")

    assert Suggester(taught).best("幽灵柱坏了")[0].code == LAMP


def test_one_person_who_says_it_often_teaches_nothing():
    assert found([Correction(7, one, LAMP) for one in SAYINGS]) == ()


def test_what_is_said_of_other_items_as_well_is_no_word_for_one():
    others = said(*[one.replace("坏了", "脏了") for one in SAYINGS], item=LITTER, first=50)

    assert not [one for one in found(said(*SAYINGS) + others) if one.word == "幽灵柱"]


def test_where_it_is_says_nothing_of_what_it_is():
    told = said(*SAYINGS)

    assert not [one for one in found(told, names=("幽灵柱社区",)) if "幽灵柱" in one.word]


def test_without_corrections_nothing_is_offered():
    assert found([]) == ()


@pytest.fixture
async def stage(units) -> Stage:
    return await Stage(units).set_up()


async def test_corrections_are_what_staff_gave_another_item_to(stage):
    call = await stage.raised(LITTER)
    leg = await stage.leg(call)
    async with stage.desk() as desk:
        await desk.acknowledge(leg.id, by=LI, now=stage.now)
        await desk.reclass(leg.id, item=LAMP, by=LI, now=stage.now)
    await stage.raised(LITTER, "draft-2")
    async with stage.units.read() as work:
        told = await corrections(Board(work, stage.district))

    assert [(one.words, one.item) for one in told] == [("楼下的路灯不亮", LAMP)]


async def test_what_is_for_named_people_teaches_nobody(stage):
    call = await stage.raised("", "draft-3", sure=False, restricted=True)
    async with stage.units.read() as work:
        told = await corrections(Board(work, stage.district))

    assert call.restricted
    assert told == ()
