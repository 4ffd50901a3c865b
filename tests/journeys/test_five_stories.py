"""Five matters of a district from the first word to the last, days passing by the clock."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from core.lifecycle import Outcome, Status
from tests.journeys import duty, telling
from tests.journeys.duty import Officer
from tests.journeys.town import SEED, Town, lives
from tests.journeys.transcript import HERE, transcript
from tests.people import Json
from tests.storms.born import Nursery, born_in

pytestmark = pytest.mark.asyncio(loop_scope="module")
MINUTE, HOUR, DAY = 60, 3600, 86_400
MORE, APPROVE, AGAIN = "⋯ 更多", "同意申请", "🔁 请原单位重办"
# Who takes part beside the people of the example: agency, officer, post.
OTHERS = (
    ("BM04", 2104, "罗琳", "liaison"),
    ("QY04", 2105, "郭凯", "liaison"),
    ("BM03", 2106, "许可", "liaison"),
    ("440103006", 2107, "何建", "head"),
    ("440103006114", 2108, "赵芳", "head"),
)
TITLES = {"BM04": "区交通局", "QY04": "单车企业", "BM03": "区规资局"}


def a_wider_world() -> Json:
    """The example, and the groups and officers these stories need beside it."""
    seed: Json = json.loads(SEED.read_text(encoding="utf-8"))
    chats = {group["agency"]: group["chat"] for group in seed["service"]["groups"]}
    for agency, account, name, post in OTHERS:
        seed["people"].append({"id": account, "first_name": name, "language_code": "zh-hans"})
        officer = {"account": account, "agency": agency, "name": name, "post": post}
        seed["service"]["officers"].append(officer)
        if agency in chats:
            chat = next(c for c in seed["chats"] if c["id"] == chats[agency])
            chat["members"].append(account)
            continue
        title, number = f"{TITLES[agency]}·呼应群", -1_002_000_000_000 - account
        chat = {"id": number, "title": title, "type": "supergroup", "creator": account}
        seed["chats"].append({**chat, "members": [3001], "bot": "member"})
        seed["service"]["groups"].append({"agency": agency, "chat": number, "title": title})
    return seed


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory, nursery: Nursery) -> AsyncIterator[Town]:
    """The wider district, shared by the stories."""
    database = tmp_path_factory.mktemp("town") / "huying.db"
    async with lives(database, a_wider_world(), kind=born_in(nursery)) as town:
        yield town
        assert await town.refused() == []


@pytest_asyncio.fixture(autouse=True, loop_scope="module")
async def told(town: Town, request: pytest.FixtureRequest) -> AsyncIterator[None]:
    """Each story begins on a Monday at half past nine and can be read afterwards."""
    await _next_monday(town)
    before = await town.sandbox.last()
    yield
    if folder := os.environ.get("TRANSCRIPTS"):
        told = await transcript(town.sandbox, after=before)
        (Path(folder) / f"{request.node.name}.txt").write_text(told, encoding="utf-8")


async def test_rubbish_after_the_property_firm_left_is_cleared_and_looked_back_at(
    town: Town,
) -> None:
    chen = await town.resident("陈伯")
    li, liang, he, huang = [await town.officer(n) for n in ("李敏", "梁静", "何建", "黄海")]

    number = await chen.raises("物业公司走了以后，楼下垃圾堆成山，十几天没人收")
    await li.takes(number)
    await li.replies_to_card(number, "我们先请环卫来看，今天给您回话。")
    await li.calls_up(number, to="逢源街道", after="物业撤场，社区没有清运车。")
    await liang.takes(number)
    await liang.opens(number, duty.CALL_UP)
    await liang.writes("街道调了一辆车，还差大车。")
    await liang.taps("区城市管理和综合执法局")
    await liang.taps("工作推进哨")
    await liang.sends_form("上呼", number)
    await he.taps_newest(number, APPROVE)
    await huang.takes(number)
    await chen.sees(number, "已呼叫", earlier=True)
    await town.sandbox.forward(DAY)
    await huang.resolves(number, "十吨垃圾已清走，之后每天清运。", photo=True)
    await he.hears(number, "请您评价", "十吨垃圾")
    await he.rates(number, telling.SOLVED, "5⭐")
    await liang.resolves(number, "城管局已清走，新物业到位前每天清运。", photo=True)
    await li.hears(number, "请您评价", "新物业到位前")
    await li.rates(number, telling.SOLVED, "5⭐")
    await li.resolves(number, "垃圾已清走，新物业到位前由环卫每天清运。", photo=True)
    await chen.sees(number, "请您评价", "环卫每天清运", earlier=True)
    await chen.rates(number)
    await li.card(number, duty.CLOSED, "已解决")

    await town.sandbox.forward(28 * DAY + HOUR)
    await chen.sees(number, "现在还好吗", earlier=True)
    await chen.taps("又出现了")
    await chen.sees("哪里还没好")
    await chen.says("这个星期又没人来收了")
    sent = await chen.sees(telling.SENT)
    again = telling.number_in(sent)
    await li.card(again, "又没人来收")
    await li.takes(again)
    await li.resolves(again, "已补上车次，街道盯着新物业进场。", photo=True)
    await chen.sees(again, "请您评价", earlier=True)
    await chen.rates(again)

    assert again != number
    assert (await town.record(again)).main.leg.outcome is Outcome.SOLVED


async def test_shared_bikes_the_department_talks_to_the_company(town: Town) -> None:
    he = await town.resident("何小姐")
    li, liang, head = [await town.officer(name) for name in ("李敏", "梁静", "何建")]
    luo, guo = await town.officer("罗琳"), await town.officer("郭凯")

    number = await he.raises("地铁口的共享单车堆了几十辆，盲道都被占了")
    await li.takes(number)
    await li.calls_up(number, to="逢源街道", after="社区挪了一部分，当天又堆满。")
    await liang.takes(number)
    await liang.opens(number, duty.CALL_UP)
    await liang.writes("街道联系过企业，没有固定车次。")
    await liang.taps("区交通运输局")
    await liang.taps("工作推进哨")
    await liang.sends_form("上呼", number)
    await head.taps_newest(number, APPROVE)
    await luo.takes(number)
    await luo.replies_to_card(number, "我们请单车企业今天来清。")
    await _turns_the_page(luo, number, "🤝 请协办")
    await luo.sees("请哪个单位协办", number)
    await luo.taps("共享单车运营企业")
    await luo.sees("请写明要对方做什么")
    await luo.writes("地铁口 A 出口，四十辆左右，今天清走，以后每天两次。")
    await luo.sends_form("请协办", number)
    await liang.hears(number, "共享单车运营企业")
    await guo.card(number, "四十辆左右")
    await guo.takes(number)
    await town.sandbox.forward(3 * HOUR)
    await guo.resolves(number, "已清走四十二辆，以后早晚各一次。", photo=True)
    await luo.hears(number, "请您评价", "四十二辆")
    await luo.rates(number, telling.SOLVED, "5⭐")
    await luo.resolves(number, "单车已清走，企业以后早晚各清一次。", photo=True)
    await head.hears(number, "请您评价", "早晚各清一次")
    await head.rates(number, telling.SOLVED, "5⭐")
    await liang.resolves(number, "交通局约谈了企业，早晚各清一次。", photo=True)
    await li.hears(number, "请您评价", "约谈")
    await li.rates(number, telling.SOLVED, "4⭐")
    await li.resolves(number, "单车已清走，以后早晚各清一次。", photo=True)
    await he.sees(number, "请您评价", "早晚各清一次", earlier=True)
    await he.rates(number, telling.SOLVED, telling.GOOD)

    legs = (await town.record(number)).legs
    assert [one.ratings[-1].stars for one in legs] == [4, 4, 5, 5]
    assert not any(one.leg.open for one in legs)


async def test_two_departments_deny_it_and_what_the_district_says_is_binding(
    town: Town,
) -> None:
    lin = await town.resident()
    li, liang, tan, deng = [await town.officer(n) for n in ("李敏", "梁静", "谭勇", "邓洁")]

    number = await lin.raises("堤岸栏杆上的路灯不亮")
    await li.takes(number)
    await li.returns(number, ground="权属在别的单位", to="区照明管理所", why="灯杆不归社区。")
    await liang.taps_card(number, duty.AGREE)
    await lin.sees(number, "已转由【区照明管理所】办理", earlier=True)
    await tan.takes(number)
    await tan.returns(number, ground="不是本单位职责", to="荔湾供电局", why="是堤岸上的灯。")
    await lin.sees(number, "正由区里明确责任单位", earlier=True)
    await deng.hears(number, "第 2 次退单", "是堤岸上的灯")
    await town.sandbox.forward(2 * HOUR)
    await deng.opens(number, "⚖️ 指定主办")
    await deng.sees("指定哪个单位主办", number)
    await deng.taps("区照明管理所")
    await deng.sends_form("指定主办", "已指定【区照明管理所】主办", number)

    await lin.sees(number, "区里已明确由【区照明管理所】办理", earlier=True)
    card = await tan.card(number, duty.AT_WORK)
    assert duty.RETURN not in card.buttons
    await tan.replies_to_card(number, "明天上午来修。")
    await town.sandbox.forward(DAY)
    await tan.resolves(number, "灯修好了。")
    await lin.sees(number, "请您评价", "灯修好了", earlier=True)
    await lin.rates(number)
    assert (await town.record(number)).main.leg.outcome is Outcome.SOLVED


async def test_a_call_up_comes_back_unsolved_twice_and_the_third_time_the_district_presses(
    town: Town,
) -> None:
    he = await town.resident("何小姐")
    li, liang, zhao = [await town.officer(name) for name in ("李敏", "梁静", "何建")]
    deng = await town.officer("邓洁")
    number = await he.raises("巷口的路灯不亮，杆子也歪了")
    await li.takes(number)
    await li.replies_to_card(number, "我们先来看看。")
    await li.calls_up(number, to="逢源街道", after="社区没有登高车。")
    await liang.takes(number)
    first = (await town.record(number)).legs[1].leg.finish_due

    for turn in (1, 2):
        await liang.resolves(number, f"第 {turn} 次派人看过，拧紧了。")
        await li.hears(number, "请您评价", f"第 {turn} 次派人")
        await li.taps_newest(number, telling.UNSOLVED)
        await li.taps_newest(number, AGAIN)
        await liang.hears(number, f"第 {turn} 次")
        await liang.card(number, duty.AT_WORK, f"第 {turn} 次重办")
        await town.sandbox.forward(HOUR)
    half = (await town.record(number)).legs[1].leg.finish_due
    await liang.resolves(number, "第 3 次派人看过。")
    await li.hears(number, "请您评价", "第 3 次派人")
    await li.taps_newest(number, telling.UNSOLVED)
    await li.taps_newest(number, AGAIN)
    await deng.hears(number, "列为区级督办")
    await liang.resolves(number, "换了新灯杆，灯亮了。")
    await li.hears(number, "请您评价", "换了新灯杆")
    await li.rates(number, telling.SOLVED, "5⭐")
    await li.resolves(number, "街道换了新灯杆，让您久等。")
    await he.sees(number, "请您评价", "新灯杆", earlier=True)
    await he.rates(number)

    above = (await town.record(number)).legs[1].leg
    assert first is not None and half is not None and half < first
    assert above.rework == 3
    assert above.pressed_at is not None
    assert zhao


async def test_an_old_problem_is_put_on_hold_with_steps_and_taken_up_when_they_are_missed(
    town: Town,
) -> None:
    lin = await town.resident()
    li, liang, tan, deng = [await town.officer(n) for n in ("李敏", "梁静", "谭勇", "邓洁")]
    number = await lin.raises("整条巷子的路灯线路老化，反映三年了还是经常不亮")
    await li.takes(number)
    await li.replies_to_card(number, "线路要整条重做，我们去申请资金。")
    today = await _today(town)

    await _turns_the_page(li, number, "📌 申请挂账")
    await li.sees("挂账", number)
    await li.taps("要等资金")
    await li.sees("日期")
    first, second, third = [today + timedelta(days=n) for n in (10, 24, 45)]
    await li.says(f"{_day(first)} 立项；{_day(second)} 招标；{_day(third)} 完工")
    await li.sees("立项", "招标")
    await li.taps(duty.NEXT)
    await li.sees("哪位领导牵头")
    await li.says("逢源街道 何主任")
    await li.sees("复核")
    await li.taps("30 天后")
    await li.writes("整条巷的线路要重做，专项资金下半年才到。")
    await li.sends_form("申请挂账", number)
    assert "还要等" in (await liang.taps_newest(number, APPROVE)).text
    await deng.taps_newest(number, APPROVE)
    await lin.sees(number, "专项资金下半年才到", "立项", earlier=True)
    await li.card(number, "挂账")

    await town.sandbox.clock_to((first - timedelta(hours=4)).isoformat())
    await li.taps_newest(number, next(b for b in (await li.card(number)).buttons if "立项" in b))
    await lin.sees(number, "立项", "完成", earlier=True)
    await town.sandbox.clock_to((second + timedelta(days=2)).isoformat())
    await li.hears(number, "招标")
    await town.sandbox.clock_to((today + timedelta(days=31)).isoformat())
    await lin.sees(number, "还在照计划办理", "完工", earlier=True)
    await _turns_the_page(li, number, "", tap="▶️ 恢复办理")
    await lin.sees(number, "恢复办理", earlier=True)
    await li.resolves(number, "资金到了，线路已重做。")
    await lin.sees(number, "请您评价", earlier=True)
    await lin.rates(number)

    assert (await town.record(number)).main.leg.status is Status.CLOSED
    assert tan


async def _turns_the_page(officer: Officer, number: str, button: str, *, tap: str = "") -> None:
    """Open, or tap, one of the rarer acts of a card."""
    await officer.taps_card(number, MORE)
    if tap:
        await officer.taps_card(number, tap)
    else:
        await officer.opens(number, button)


async def _today(town: Town) -> datetime:
    now = (await town.sandbox.get("/state"))["now"]
    return datetime.fromisoformat(now).astimezone(HERE)


async def _next_monday(town: Town) -> None:
    now = await _today(town)
    ahead = now + timedelta(days=(7 - now.weekday()) % 7 or 7)
    monday = ahead.replace(hour=9, minute=30, second=0, microsecond=0)
    await town.sandbox.clock_to(monday.isoformat())


def _day(at: datetime) -> str:
    return f"{at.month}月{at.day}日"
