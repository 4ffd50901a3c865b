"""Following one's calls: the list, the timeline, adding, urging, withdrawing."""

from __future__ import annotations

from core.lifecycle import Action, Outcome
from tests.bot.flows.visiting import Visitor
from tests.core.playing import LI, STRANGER, words


async def test_without_calls_somebody_is_told_how_to_begin(lin):
    shown = await lin.says("/mycalls")

    assert "您还没有反映过事情" in shown.text


async def test_the_list_names_number_item_and_state(lin):
    call = await lin.raised()

    shown = await lin.says("/mycalls")

    assert f"{call.number} 路灯不亮：待签收" in shown.text


async def test_the_timeline_tells_what_happened_newest_first(lin):
    await lin.raised()
    leg = (await lin.view()).main.leg
    async with lin.desk() as desk:
        await desk.reply(leg.id, words("师傅下午到"), by=LI, now=lin.now)
    await lin.says("/mycalls")

    shown = await lin.taps("路灯不亮")

    replied = shown.text.index("【逢源北社区】回复：师傅下午到")
    signed = shown.text.index("【逢源北社区】已签收")
    assert replied < signed < shown.text.index("交给【逢源北社区】办理")


async def test_the_timeline_shows_neither_notes_nor_names_of_the_staff(lin):
    await lin.raised()
    leg = (await lin.view()).main.leg
    async with lin.desk() as desk:
        await desk.acknowledge(leg.id, by=LI, now=lin.now)
        await desk.note(leg.id, words("这户人家老投诉"), by=LI, now=lin.now)
    await lin.says("/mycalls")

    shown = await lin.taps("路灯不亮")

    assert "老投诉" not in shown.text
    assert LI.name not in shown.text


async def test_what_is_added_reaches_the_leg_piece_by_piece(lin):
    await lin.raised()
    await lin.says("/mycalls")
    await lin.taps("路灯不亮", "补充内容")

    shown = await lin.says("今天更黑了")
    await lin.shows()

    added = [entry for entry in (await lin.view()).entries if entry.action is Action.ADD]
    assert "已转给逢源北社区" in shown.text
    assert len(added) == 2


async def test_an_album_is_added_whole_and_answered_once(lin):
    await lin.raised()
    await lin.says("/mycalls")
    await lin.taps("路灯不亮", "补充内容")
    before = len(lin.chat)

    for _photo in range(4):
        await lin.shows(album="one")

    added = [entry for entry in (await lin.view()).entries if entry.action is Action.ADD]
    assert len(lin.chat) - before == 1
    assert len(added) == 4


async def test_done_adding_comes_back_to_the_timeline(lin):
    await lin.raised()
    await lin.says("/mycalls")
    await lin.taps("路灯不亮", "补充内容")

    shown = await lin.taps("说完了")
    await lin.taps("上一步")

    assert "现在：待签收" in shown.text
    assert "我的呼叫" in lin.sees.text


async def test_urging_twice_tells_when_it_may_be_done_again(lin):
    await lin.raised()
    await lin.says("/mycalls")
    await lin.taps("路灯不亮", "催办")
    assert "已替您催办" in lin.toast

    await lin.taps("催办")

    assert "明天 10:00" in lin.toast


async def test_withdrawing_asks_why_and_closes(lin):
    await lin.raised()
    await lin.says("/mycalls")
    await lin.taps("路灯不亮", "撤回")
    assert (await lin.view()).call.closed_at is None

    shown = await lin.taps("问题已经解决")

    assert "已撤回" in shown.text
    assert (await lin.view()).main.leg.outcome is Outcome.WITHDRAWN
    assert (await lin.view()).entries[-1].facts["why"] == "问题已经解决"


async def test_the_reason_of_a_withdrawal_may_be_typed(lin):
    await lin.raised()
    await lin.says("/mycalls")
    await lin.taps("路灯不亮", "撤回")

    await lin.says("已经自己换了灯泡")

    assert (await lin.view()).entries[-1].facts["why"] == "已经自己换了灯泡"


async def test_a_closed_call_offers_nothing_to_do(lin):
    await lin.raised()
    await lin.says("/mycalls")
    await lin.taps("路灯不亮", "撤回", "不想说原因")
    await lin.says("/mycalls")

    shown = await lin.taps("路灯不亮")

    assert "已结案（呼叫人已撤回）" in shown.text
    assert "催办" not in shown.labels


async def test_a_new_matter_typed_while_looking_starts_a_call(lin):
    await lin.raised()
    await lin.says("/mycalls")

    shown = await lin.says("楼道垃圾堆成山没人收")

    assert "一件新事" in shown.labels


async def test_nobody_sees_the_calls_of_somebody_else(lin):
    await lin.raised()
    stranger = Visitor(STRANGER, units=lin.units)

    shown = await stranger.says("/mycalls")

    assert "您还没有反映过事情" in shown.text


async def test_a_reply_to_a_message_about_a_call_is_added_to_it(lin):
    await lin.raised()
    leg = (await lin.view()).main.leg
    notice = await lin.gets("逢源北社区已签收", leg.id)

    shown = await lin.replies(notice, text="麻烦快一点")

    assert "已转给逢源北社区" in shown.text
    entry = (await lin.view()).entries[-1]
    assert (entry.action, entry.pieces[0].text) == (Action.ADD, "麻烦快一点")
    assert entry.origin.message == lin.said


async def test_a_reply_to_the_promise_is_added_too(lin):
    await lin.says("我家楼下的路灯坏了三天，晚上很黑")
    await lin.taps("路灯不亮", "没有")
    await lin.says("逢源北社区")
    promise = await lin.taps("说不清", "发送")

    await lin.replies(promise, text="麻烦快一点")

    assert (await lin.view()).entries[-1].pieces[0].text == "麻烦快一点"


async def test_a_reply_about_a_closed_call_begins_a_new_one(lin):
    await lin.raised()
    leg = (await lin.view()).main.leg
    notice = await lin.gets("逢源北社区已签收", leg.id)
    async with lin.desk() as desk:
        await desk.withdraw((await lin.view()).call.id, by=lin.actor, now=lin.now)

    shown = await lin.replies(notice, text="路灯又坏了，麻烦再来看看")

    assert "路灯不亮" in shown.labels


async def test_a_stranger_replying_adds_nothing(lin):
    await lin.raised()
    leg = (await lin.view()).main.leg
    stranger = await Visitor(STRANGER, units=lin.units, now=lin.now).moves_in()
    notice = await stranger.gets("逢源北社区已签收", leg.id)

    shown = await stranger.replies(notice, text="路灯坏了好几天了")

    assert "路灯不亮" in shown.labels
    assert (await lin.view()).entries[-1].action is Action.DISPATCH
