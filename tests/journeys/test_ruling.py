"""An administrator changes a limit while the service runs, over HTTP."""

from __future__ import annotations

import pytest

from tests.journeys.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_limit_is_changed_and_given_back_while_the_service_runs(town: Town) -> None:
    su = await town.known("苏晴")
    await su.says("/limit P2 办结 3 工作日")
    await su.sees("P2 办结：数值 5 → 3")
    await su.taps("确认")
    await su.sees("已生效", "第 2 版")
    await su.says("/rule P2 办结")
    await su.sees("P2 办结：3 工作日", "现行：第 2 版")

    await su.says("/rollback 时限 1")
    await su.sees("P2 办结：数值 3 → 5")
    await su.taps("确认")
    await su.sees("已生效", "第 3 版")
    await su.says("/rule P2 办结")
    shown = await su.sees("P2 办结：5 工作日")

    assert "第 3 版" in shown.text
