"""One call, all the way: from a resident's first words to a rated, closed call."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from core.lifecycle import Outcome, Status
from tests.journeys import duty, telling
from tests.journeys.town import Town, lives

DATABASES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql))


@pytest_asyncio.fixture(params=DATABASES)
async def anywhere(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Town]:
    """The district on either database."""
    own = request.param == "sqlite"
    database = tmp_path / "huying.db" if own else request.getfixturevalue("postgresql_database")
    async with lives(database) as town:
        yield town


async def test_a_lamp_is_mended_and_the_call_rated_and_closed(anywhere: Town) -> None:
    lin, li = await anywhere.resident("林阿姨"), await anywhere.officer("李敏")

    await lin.starts()
    await lin.sees("林阿姨", "我是“呼应”", "110")
    await lin.says("楼下的路灯坏了三天，晚上很黑，电话 13800138000")
    await lin.sees("您的信息怎么用", "默认不显示")
    await lin.taps(telling.AGREE)
    await lin.sees("第 1 步", telling.ITEM)
    await lin.taps("路灯不亮")
    await lin.sees(telling.ASKS_DANGER)
    await lin.taps(telling.NO_DANGER)
    await lin.sees(telling.PLACE)
    await lin.says("逢源北社区")
    await lin.sees(telling.DETAILS, "坏了几盏")
    await lin.says("坏了两盏，在三号楼门口")
    seen = await lin.sees(telling.LOOK, "路灯不亮", "逢源北社区", "三号楼", "林**")
    assert "13800138000" not in seen.text
    await lin.taps(telling.SEND)
    sent = await lin.sees(telling.SENT, "逢源北社区", "有人接手", "办结")
    number = telling.number_in(sent)

    card = await li.card(number, "路灯不亮", "三号楼", "林**", duty.WAITING)
    assert "13800138000" not in card.text
    assert "林阿姨" not in card.text
    taken = await li.takes(number)
    assert "李敏" in taken.text
    await lin.sees(number, "逢源北社区", "已签收")
    await li.replies_to_card(number, "您好，下午三点来换灯。")
    await lin.sees(number, "回复", "下午三点来换灯")
    await li.resolves(number, "两盏灯都换好了，晚上会亮。")
    await lin.sees(number, "请您评价", "两盏灯都换好了")
    await li.card(number, duty.DONE)
    await lin.rates(number)
    closed = await li.card(number, duty.CLOSED, "已解决")

    assert not closed.buttons
    found = (await anywhere.record(number)).main
    assert (found.leg.status, found.leg.outcome) == (Status.CLOSED, Outcome.SOLVED)
    assert [rating.stars for rating in found.ratings] == [5]
    assert await anywhere.refused() == []
