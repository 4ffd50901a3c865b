"""Before the last look: was this very matter raised by somebody else? (lifecycle row 5)"""

from __future__ import annotations

from core.people import Actor
from tests.bot.flows.test_raise_call import LAMP, reaches_the_look
from tests.bot.flows.visiting import Visitor
from tests.core.playing import LI, LIN, Stage

HO = Actor(5001, "何伯")


async def neighbour(lin: Visitor) -> Visitor:
    """He lives where Lin's call about a lamp is open."""
    await lin.raised()
    return await Visitor(actor=HO, units=lin.units).moves_in()


async def joined(lin: Visitor) -> Visitor:
    """He says it is the same."""
    ho = await neighbour(lin)
    await reaches_the_look(ho)
    await ho.taps("和这件一样")
    return ho


async def test_where_nobody_raised_it_nothing_is_asked(lin):
    await reaches_the_look(lin)

    assert "发送" in "".join(lin.sees.labels)


async def test_an_open_call_nearby_is_offered_before_the_look(lin):
    ho = await neighbour(lin)

    await reaches_the_look(ho)

    assert "LW-260615-0001" in ho.sees.text
    assert ho.sees.labels[:2] == ["和这件一样", "都不一样，继续"]


async def test_nothing_of_the_other_caller_is_shown(lin):
    ho = await joined(lin)

    seen = "\n".join(shown.text for shown in ho.chat.values())
    assert "林" not in seen
    assert "楼下的路灯不亮" not in seen


async def test_the_same_makes_a_supporter_and_no_second_call(lin):
    ho = await joined(lin)

    (call,) = ho.calls
    assert call.supporters == 1
    assert "已算上您的一份" in ho.sees.text
    assert (await ho.view()).entries[-1].pieces[0].text == LAMP
    assert ho.talk.flow == ""


async def test_not_the_same_goes_on_to_the_look_and_is_not_asked_again(lin):
    ho = await neighbour(lin)
    await reaches_the_look(ho)

    await ho.taps("都不一样，继续", "发送")

    assert len(ho.calls) == 2
    assert ho.calls[0].supporters == 0


async def test_another_item_at_the_look_is_looked_up_anew(lin):
    await Stage(lin.units, lin.now).raised(item="2", draft="stall")
    ho = await neighbour(lin)
    await reaches_the_look(ho)
    await ho.taps("都不一样，继续")

    await ho.taps("改事项", "都不是，自己选", "综合管理", "市容环境", "占道经营", "说不清")

    assert "占道经营" in ho.sees.text
    assert "和这件一样" in ho.sees.labels


async def test_several_are_told_apart_by_number(lin):
    await Stage(lin.units, lin.now).raised(draft="another")
    ho = await neighbour(lin)

    await reaches_the_look(ho)

    assert ho.sees.labels[:2] == ["和第 1 件一样", "和第 2 件一样"]


async def test_back_from_there_leads_to_the_question_before(lin):
    ho = await neighbour(lin)
    await reaches_the_look(ho)

    await ho.taps("‹ 上一步")

    assert "说不清" in ho.sees.labels


async def test_somebody_in_danger_is_asked_nothing_more(lin):
    ho = await neighbour(lin)
    await ho.says(LAMP)
    await ho.taps("路灯不亮", "有", "已报警，继续上报")
    await ho.says("逢源北社区")
    await ho.taps("先发出，以后再说")

    assert "发送" in "".join(ho.sees.labels)


async def test_a_call_closed_meanwhile_is_told_and_nothing_is_lost(lin):
    ho = await neighbour(lin)
    await reaches_the_look(ho)
    async with ho.desk() as desk:
        await desk.withdraw(ho.calls[0].id, by=LIN, now=ho.now)

    await ho.taps("和这件一样")
    told = ho.toast
    await ho.taps("都不一样，继续", "发送")

    assert "刚刚结案" in told
    assert len(ho.calls) == 2


async def test_a_supporter_follows_it_among_their_own_calls_and_may_leave(lin):
    ho = await joined(lin)

    listed = await ho.says("/mycalls")
    await ho.taps("LW-260615-0001")
    shown = ho.sees
    await ho.taps("不再接收进展")

    assert "您也反映过的" in listed.text
    assert "共 2 位居民反映了这件事" in shown.text
    assert "林" not in shown.text
    assert ho.calls[0].supporters == 0


async def test_a_supporter_cannot_withdraw_what_is_not_theirs(lin):
    ho = await joined(lin)
    await ho.says("/mycalls")

    await ho.taps("LW-260615-0001")

    assert "撤回" not in "".join(ho.sees.labels)


async def test_a_merged_call_is_taken_apart_from_among_ones_own(lin):
    ho = await neighbour(lin)
    await reaches_the_look(ho)
    await ho.taps("都不一样，继续", "发送")
    main, other = ho.calls
    async with ho.desk() as desk:
        (leg,) = await desk.work.legs.of_call(other.id)
        await desk.merge(leg.id, into=main.id, by=LI, now=ho.now)
    await ho.says("/mycalls")
    await ho.taps(f"{other.number} 路灯不亮", "不是同一件")

    assert "单独办理" in ho.toast
    assert ho.calls[1].linked is None
