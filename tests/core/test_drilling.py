"""The legs behind a figure, page by page and on every store."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.behind import Behind
from core.board import Board
from core.drilling import Opened, opened
from core.figures import Span
from tests.core.playing import LIGHTS, STREET, Stage

DAY = timedelta(days=1)


@pytest.fixture
async def stage(units) -> Stage:
    """Two calls of one day, a third of five days later."""
    stage = (await Stage(units).set_up()).without("calls_per_day")
    for draft in ("a", "b"):
        await stage.raised(draft=draft)
    stage.now += 5 * DAY
    await stage.raised(draft="c")
    return stage


async def page(stage: Stage, behind: Behind, after: int = 0, code: str = STREET) -> Opened:
    span = Span(stage.now - 30 * DAY, stage.now + DAY)
    async with stage.units.read() as work:
        board = Board(work, stage.district)
        return await opened(board, behind, code, span, after=after, size=2, now=stage.now)


def drafts(found: Opened) -> list[str]:
    return [view.call.draft_id for view in found.views]


@pytest.mark.parametrize("behind", [Behind.LATE, Behind.UNHEARD])
async def test_what_was_never_taken_up_is_late_and_unheard_and_what_just_came_is_not(
    stage, behind
):
    found = await page(stage, behind)

    assert (drafts(found), found.after) == (["a", "b"], None)


async def test_what_is_open_goes_on_where_the_first_page_ended(stage):
    first = await page(stage, Behind.OPEN)
    assert drafts(first) == ["a", "b"]
    assert first.after is not None

    assert drafts(await page(stage, Behind.OPEN, first.after)) == ["c"]


async def test_another_agency_has_none_of_them(stage):
    for behind in Behind:
        assert await page(stage, behind, code=LIGHTS) == Opened(())
