"""An administrator changes rules while the service runs, by command and by file, over HTTP."""

from __future__ import annotations

import base64
import io
from datetime import datetime

import pytest
from openpyxl import Workbook, load_workbook

from tests.journeys.town import Town
from tests.people import Json, Message

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


async def test_a_sheet_goes_out_is_mended_and_comes_back_as_a_file(town: Town) -> None:
    """As an office worker does it: take it, slip, mend it, confirm it, go back, take figures."""
    su = await town.known("苏晴")
    await su.says("/sheet 日历")
    sent = await su.sees("《日历》表", "现行：资料文件夹里的版本。")
    assert sent.raw["document"]["file_name"] == "日历-第1版.xlsx"
    book = load_workbook(io.BytesIO(await _content(town, sent)))
    sheet = book.active
    assert sheet is not None
    sheet.append(["2031-13-01", "歇", "元旦"])
    await su.sends(document=_file(book, "日历.xlsx"))
    await su.sees("没有改动。共 2 处要改", "不是有效的日期", "安排“歇”不能用")

    sheet.delete_rows(sheet.max_row)
    sheet.append([datetime(2031, 1, 1), "休", "元旦"])  # noqa: DTZ001 - Excel knows no zones
    await su.sends(document=_file(book, "日历.xlsx"), caption="明天 8:00 起")
    await su.sees("增加 1 行", "· 增加：2031-01-01", "08:00 起生效", "/rollback 日历 1")
    await su.taps("确认")
    await su.sees("✅ 已定好：《日历》表第 2 版")
    await su.says("/rollback 日历 1")
    await su.sees("取消计划：第 2 版")
    await su.taps("确认")
    await su.sees("已生效：《日历》表第 3 版")

    await su.says("/export 人员 csv")
    await su.sees("姓名、电话已遮住")
    await su.taps("确认")
    await su.sees("✅ 已导出")
    files = [message for message in await su.messages() if message.raw.get("document")]
    content = await _content(town, files[-1])
    assert "李**".encode() in content
    assert "导出人：苏晴".encode() in content


def _file(book: Workbook, name: str) -> Json:
    written = io.BytesIO()
    book.save(written)
    return {"base64": base64.b64encode(written.getvalue()).decode(), "name": name}


async def _content(town: Town, message: Message) -> bytes:
    number = message.raw["document"]["file_id"]
    answer = await town.sandbox.http.get(f"/sandbox/files/{number}")
    return answer.content
