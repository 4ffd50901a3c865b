"""Deaths in the middle of a file, an export, an erasure: whoever asked gets it after all, once."""

from __future__ import annotations

import base64

from core.failpoints import KILLED
from tests.journeys.crowd import Json, words_of
from tests.journeys.everybody import ADMINISTRATOR
from tests.storms.world import World

CALENDAR = "日期,安排,说明\n2031-01-01,休,元旦\n"
WORDS = "楼下的路灯坏了"


async def dies_of_a_sheet(here: World, hit: int) -> list[str]:
    """Sheets are sent one after another, and one is half fetched when the service dies."""
    su = here.crowd.player(ADMINISTRATOR)
    file = base64.b64encode(CALENDAR.encode()).decode()
    for number in range(1, hit + 1):
        await su.sends(document={"base64": file, "name": "日历.csv"})
        if number == hit:
            assert await here.dies() == KILLED
        await su.sees("《日历》表", button="确认")
        await here.books.come_to_rest()
    return _more_than(hit, "增加", here, su.id)


async def dies_of_an_export(here: World, hit: int) -> list[str]:
    """Exports are asked for one after another, and one is half written when the service dies."""
    await here.raises(here.newcomer(), WORDS)
    su = here.crowd.player(ADMINISTRATOR)
    for number in range(1, hit + 1):
        await su.says("/export 呼叫 csv")
        await su.taps(await su.sees("导出", button="确认"), "确认")
        if number == hit:
            assert await here.dies() == KILLED
        await su.sees("✅ 已导出")
        await here.books.come_to_rest()
    here.books.unbooked.add(su.id)
    return _more_than(hit, "", here, su.id, files=True)


async def dies_of_an_erasure(here: World, hit: int) -> list[str]:
    """Residents take everything back, and one is half forgotten when the service dies."""
    wrong = []
    for number in range(1, hit + 1):
        resident = here.newcomer()
        await here.raises(resident, WORDS, calmly=True)
        await here.books.come_to_rest()
        await resident.says("/mydata")
        await resident.taps(await resident.sees("我们保存了您的这些信息"), "删除全部")
        await resident.taps(await resident.sees("要删除您的全部信息吗"), "确定删除")
        if number == hit:
            assert await here.dies() == KILLED
        await resident.sees("已删除您的全部信息")
        here.forgets(resident.id)
        await here.books.come_to_rest()
        wrong += here.books.kept_of(resident.id)
    return wrong


def _more_than(hit: int, words: str, here: World, chat: int, *, files: bool = False) -> list[str]:
    """What was shown more or less often than it was asked for."""

    def fits(message: Json) -> bool:
        return bool(message.get("document")) if files else words in words_of(message)

    events = here.crowd.chats[chat].events
    came = [e["message"]["message_id"] for e in events if fits(e["message"])]
    return [] if len(set(came)) == hit else [f"{len(set(came))} instead of {hit}"]
