"""Setting up groups and officers, and a group that becomes a supergroup in the middle."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.journeys import duty
from tests.journeys.telling import Resident
from tests.journeys.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="module")
CONFIRM, USELESS = "确认", "这个码用不了"


async def test_a_group_is_set_up_and_an_officer_joins_and_acts(town: Town) -> None:
    su, lin = await town.known("苏晴"), await town.resident()
    group = await town.sandbox.group("德星社区工作群", creator=su)
    wu = await town.newcomer("吴德星", group)
    await su.in_group(group).sees("/bind@", "办理群", earlier=True)
    line = await _bind_line(su, "德星社区")

    await su.in_group(group).says(line)
    await su.in_group(group).sees("德星社区", "办理群")
    await su.in_group(group).taps(CONFIRM)
    await wu.hears("本群已是【德星社区】的办理群")
    await wu.starts(await _invitation(su, "德星社区"))
    await wu.sees("您已加入【德星社区】", "联络员")

    number = await lin.raises("德星这边路灯不亮", at="德星社区")
    await wu.takes(number)
    assert (await town.record(number)).main.leg.signed_by == "吴德星"


async def test_a_card_that_waited_appears_once_its_group_is_set_up_again(town: Town) -> None:
    su, lin = await town.known("苏晴"), await town.resident()
    feng = await town.officer("冯晓")
    number = await lin.raises("光复里的路灯不亮", at="光复社区")
    await feng.card(number, button=duty.TAKE)
    await su.starts()
    await feng.group.member("bot", "left", by=feng)
    await su.sees("光复社区", "移出", earlier=True)
    await feng.group.member("bot", "member", by=feng)

    await su.in_group(feng.group).says(await _bind_line(su, "光复社区"))
    await su.in_group(feng.group).taps(CONFIRM)

    await feng.hears("本群已是【光复社区】")
    await feng.takes(number)
    await lin.sees(number, "光复社区", "已签收", earlier=True)


async def test_codes_of_others_used_ones_and_expired_ones_are_refused(town: Town) -> None:
    su, group = await town.known("苏晴"), await town.sandbox.group("荔广社区工作群")
    nosy = await town.newcomer("好奇的人", group)
    await group.member(su, "member")
    line = await _bind_line(su, "荔广社区")

    await nosy.desk.says(line)
    await nosy.desk.sees(USELESS)
    await su.in_group(group).says(line)
    await su.in_group(group).taps(CONFIRM)
    await su.in_group(group).sees("本群已是【荔广社区】")

    second = await town.sandbox.group("寺前社区工作群", creator=su)
    await su.in_group(second).says(line)
    await su.in_group(second).sees(USELESS)
    late = await _bind_line(su, "寺前社区")
    await town.sandbox.forward(11 * 60)
    await su.in_group(second).says(late)
    refused = await su.in_group(second).sees(USELESS)

    assert not refused.buttons


async def test_a_stranger_cannot_confirm_an_administrators_question(town: Town) -> None:
    su, group = await town.known("苏晴"), await town.sandbox.group("彩园社区工作群")
    nosy = await town.newcomer("好奇的人", group)
    await group.member(su, "member")
    await su.in_group(group).says(await _bind_line(su, "彩园社区"))
    question = await su.in_group(group).sees("彩园社区")

    told = await nosy.desk.taps(CONFIRM, on=question)

    assert told.show_alert and told.text
    await su.in_group(group).taps(CONFIRM, on=question)
    await su.in_group(group).sees("本群已是【彩园社区】")


async def test_only_administrators_give_codes_and_an_invitation_works_once(town: Town) -> None:
    su, feng = await town.known("苏晴"), await town.officer("冯晓")
    nosy = await town.resident("好奇的人")
    payload = await _invitation(su, "光复社区 副职")
    deputy = await town.newcomer("何副", feng.group)

    await nosy.says("/bindcode 光复社区")
    await nosy.sees("只给管理员")
    await deputy.starts(payload)
    await deputy.sees("您已加入【光复社区】", "副职")
    await nosy.starts(payload)
    refused = await nosy.sees(USELESS)

    assert "您已加入" not in refused.text


@pytest.mark.conformance
async def test_10_a_group_upgraded_in_the_middle_gets_its_cards_anew_and_they_work(
    town: Town,
) -> None:
    lin, liang = await town.resident(), await town.officer("梁静")
    li = await town.officer("李敏")
    number = await lin.raises("路灯电线垂下来了", danger=True)
    before = await liang.card(number)
    assert duty.TAKE in before.buttons

    await liang.group.upgrades()

    anew = await liang.card(number, button=duty.TAKE)
    assert anew.raw["chat"]["id"] == liang.group.id
    await liang.takes(number)
    await liang.replies_to_card(number, "我们马上到场。")
    await li.card(number)
    legs = (await town.record(number)).legs
    assert {leg.agency.short_name for leg in legs} == {"逢源北社区", "逢源街道"}
    assert next(leg for leg in legs if "街道" in leg.agency.short_name).leg.signed_by == "梁静"


async def _bind_line(administrator: Resident, agency: str) -> str:
    await administrator.says(f"/bindcode {agency}")
    given = await administrator.sees("绑定码", "只能用一次")
    found = re.search(r"/bind@\S+ \w+", given.text)
    assert found
    return found.group()


async def _invitation(administrator: Resident, whom: str) -> str:
    await administrator.says(f"/invite {whom}")
    given = await administrator.sees("加入链接")
    link = re.search(r"https://t\.me/\S+", given.text)
    assert link
    return parse_qs(urlsplit(link.group()).query)["start"][0]


async def test_officers_read_how_it_goes_as_a_picture_with_words_below(town: Town) -> None:
    lin, li = await town.resident(), await town.officer("李敏")
    number = await lin.raises("九巷口的路灯不亮")
    await li.takes(number)

    await li.desk.says("/stats 今天")
    shown = await li.hears("📊 逢源北社区 · 今天", "最多的事项：路灯不亮", "权重 响应/解决/满意")

    assert shown.raw["photo"]
    assert await town.refused() == []
