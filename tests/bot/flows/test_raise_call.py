"""Raising a call, from the first words to the promise."""

from __future__ import annotations

from bot.screens import cards
from core.agency import Point
from core.call import Medium, NameShown
from core.guide import Guide
from core.lifecycle import Status
from tests.bot.flows.visiting import BEIJING, HERE, SEA, Visitor
from tests.core.playing import liwan

LAMP = "我家楼下的路灯坏了三天，晚上很黑"
COMMUNITY = "440103006114"


async def reaches_the_look(lin: Visitor, words: str = LAMP) -> None:
    await lin.says(words)
    await lin.taps("路灯不亮", "没有")
    await lin.says("逢源北社区")
    await lin.taps("说不清")


async def test_words_item_no_danger_place_and_send_are_enough(lin):
    await lin.says(LAMP)
    await lin.taps("路灯不亮", "没有")
    await lin.says("逢源北社区")
    await lin.taps("说不清", "发送")

    (call,) = lin.calls
    assert (call.item, call.community, call.words) == ("10", COMMUNITY, LAMP)
    assert call.name_shown is NameShown.WITHHELD


async def test_what_an_item_has_to_know_is_answered_or_said_to_be_unknown(lin):
    await lin.says(LAMP)
    await lin.taps("路灯不亮", "没有")
    asked = await lin.says("逢源北社区")
    await lin.taps("说不清", "发送")

    assert asked.labels == ["说不清", "‹ 上一步", "取消"]
    assert lin.calls[0].details == "（说不清）坏了几盏？灯杆编号是多少？"


async def test_a_language_of_the_caller_is_not_that_of_the_group(lin):
    await lin.says("/language")
    await lin.taps("English")
    await lin.says(LAMP)
    await lin.taps("路灯不亮", "No")
    await lin.says("逢源北社区")
    await lin.taps("I cannot say", "Send")

    assert lin.calls[0].details.startswith("（说不清）")


async def test_what_is_urgent_goes_out_without_an_answer(lin):
    await lin.says("路面积水很深，排水口堵住了")
    await lin.taps("积水、排水堵塞", "没有")
    asked = await lin.says("逢源北社区")
    await lin.taps("先发出，以后再说", "发送")

    assert "水有多深？" in asked.text
    assert lin.calls[0].details == ""


async def test_the_promise_names_number_agency_clause_and_times(lin):
    await reaches_the_look(lin)

    shown = await lin.taps("发送")

    (call,) = lin.calls
    assert call.number in shown.text
    assert "逢源北社区" in shown.text
    assert "《呼应事项清单（示例）》" in shown.text
    assert "类型：求助 · 一般" in shown.text
    assert "今天 12:00 前有人接手" in shown.text
    assert shown.buttons[0][0]["copy_text"] == {"text": call.number}


async def test_nothing_said_before_consent_is_lost(newcomer):
    notice = await newcomer.says(LAMP)
    assert "同意并继续" in notice.labels
    await newcomer.shows()

    await newcomer.presses(notice, "同意并继续")

    assert "路灯不亮" in newcomer.chat[notice.id].labels
    assert newcomer.talk.draft["pieces"][0]["text"] == LAMP
    assert len(newcomer.talk.draft["pieces"]) == 2
    assert newcomer.units.tables.residents[newcomer.account].consented_at == newcomer.now


async def test_consent_is_asked_once(newcomer):
    await newcomer.says(LAMP)
    await newcomer.taps("同意并继续", "取消")

    shown = await newcomer.says(LAMP)

    assert "路灯不亮" in shown.labels


async def test_steps_are_counted_without_those_that_are_skipped(lin):
    first = await lin.says(LAMP)
    assert first.text.startswith("第 1 步，共 4 步")

    second = await lin.taps("路灯不亮")

    assert second.text.startswith("第 2 步，共 4 步")


async def test_a_call_begun_by_command_has_five_steps(lin):
    first = await lin.says("/call")
    await lin.says(LAMP)
    second = await lin.taps("说完了")

    assert first.text.startswith("第 1 步，共 5 步")
    assert second.text.startswith("第 2 步，共 5 步")


async def test_the_total_never_jumps_on_the_way_nor_when_something_is_changed(lin):
    await reaches_the_look(lin)
    first = lin.sees.text

    await lin.taps("改内容", "说完了")
    await lin.taps("改事项", "都不是，自己选", "综合管理", "市容环境", "占道经营", "说不清")

    assert first.startswith("第 4 步，共 4 步")
    assert lin.sees.text.startswith("第 4 步，共 4 步")


async def test_the_place_is_repeated_as_the_keyboard_goes_away(lin):
    await lin.says(LAMP)
    await lin.taps("路灯不亮", "没有")

    await lin.says("逢源北社区")

    assert "好的，地点记下了：逢源北社区。" in [shown.text for shown in lin.chat.values()]


async def test_only_the_likeliest_item_is_explained(lin):
    shown = await lin.says(LAMP)

    assert shown.labels[0] + "：" in shown.text
    assert all(label in shown.text for label in shown.labels[:3])
    assert shown.labels[1] + "：" not in shown.text


async def test_a_photo_first_asks_for_words_and_keeps_both(lin):
    asked = await lin.shows()
    assert "请再用一两句话" in asked.text
    await lin.says("路灯坏了")
    await lin.taps("说完了", "路灯不亮", "没有")
    await lin.says("逢源北社区")
    await lin.taps("说不清", "发送")

    (call,) = lin.calls
    assert [piece.medium for piece in call.pieces] == [Medium.PHOTO, Medium.WORDS]


async def test_a_voice_message_is_a_telling_of_its_own(lin):
    shown = await lin.speaks()

    assert "属于哪个方面" in shown.text


async def test_a_pin_first_is_confirmed_at_the_place(lin):
    await lin.pins(HERE)
    await lin.says(LAMP)
    await lin.taps("说完了", "路灯不亮")
    shown = await lin.taps("没有")

    assert "附近有这几个社区" in shown.text
    assert len(shown.labels) == 6
    await lin.taps(shown.labels[0], "说不清", "发送")
    (call,) = lin.calls
    assert call.point is not None
    assert call.pieces[-1].medium is Medium.PLACE


async def test_an_item_is_browsed_down_and_up_again(lin):
    first = await lin.says(LAMP)
    await lin.taps("都不是，自己选", "综合管理", "市容环境")
    assert "垃圾堆积、清运中断" in lin.sees.labels

    await lin.taps("上一步", "上一步", "上一步")

    assert lin.sees.labels == first.labels


async def test_typed_words_search_for_another_item(lin):
    await lin.says("有件事")

    shown = await lin.says("路灯不亮")

    assert "路灯不亮" in shown.labels[0]
    assert "按“路灯不亮”找到这些" in shown.text


async def test_a_long_sentence_at_the_item_is_part_of_the_matter_too(lin):
    await lin.says("有件事想说一下")

    await lin.says("就是楼下垃圾堆了好几天都没有人来收，臭得很")

    assert "垃圾堆了好几天" in lin.talk.draft["pieces"][1]["text"]


async def test_the_label_of_a_button_may_be_typed(lin):
    await lin.says(LAMP)
    await lin.says("路灯不亮")

    shown = await lin.says("没有")

    assert "事情发生在哪里" in shown.text


async def test_danger_shows_the_numbers_before_anything_else(lin):
    await lin.says(LAMP)
    await lin.taps("路灯不亮")

    shown = await lin.taps("有")

    assert all(number in shown.text for number in ("110", "119", "120"))
    assert shown.labels[:2] == ["已报警，继续上报", "其实没有危险"]


async def test_a_dangerous_call_goes_to_community_and_street(lin):
    await lin.says(LAMP)
    await lin.taps("路灯不亮", "有", "已报警")
    await lin.says("逢源北社区")
    await lin.taps("先发出，以后再说", "发送")

    assert (await lin.view()).call.danger
    assert len((await lin.view()).legs) == 2


async def test_a_false_alarm_is_no_danger(lin):
    await lin.says(LAMP)
    await lin.taps("路灯不亮", "有", "其实没有危险")

    assert lin.talk.draft["danger"] is False


async def test_a_pin_offers_the_nearest_three_and_can_be_corrected(lin):
    await lin.says(LAMP)
    await lin.taps("路灯不亮", "没有")
    assert "📍 发送我的位置" in lin.keys

    shown = await lin.pins(HERE)
    assert lin.keys == []
    await lin.taps("都不是，按街道选", "沙面街道")

    assert len(shown.labels) == 6
    assert "请选社区" in lin.sees.text


async def test_pins_outside_the_district_are_told_what_to_do(lin):
    await lin.says(LAMP)
    await lin.taps("路灯不亮", "没有")

    for place in (SEA, BEIJING):
        shown = await lin.pins(place)

        assert "不在荔湾区范围内" in shown.text
        assert lin.talk.step == "place"


async def test_a_pin_on_the_sea_first_starts_nothing_and_says_what_to_do(lin):
    shown = await lin.pins(SEA)

    assert "请重新发一次位置" in shown.text
    assert lin.talk is None


async def test_an_unknown_address_is_kept_and_the_street_is_picked(lin):
    await lin.says(LAMP)
    await lin.taps("路灯不亮", "没有")
    shown = await lin.says("某某花园 3 栋 502")
    assert "已记下" in shown.text

    await lin.taps("沙面街道")
    await lin.taps(lin.sees.labels[0], "说不清", "发送")

    (call,) = lin.calls
    assert call.address == "某某花园 3 栋 502"


async def test_streets_can_be_chosen_from_the_reply_keyboard(lin):
    await lin.says(LAMP)
    await lin.taps("路灯不亮", "没有")

    shown = await lin.says("按街道选")

    assert "沙面街道" in shown.labels
    assert len(shown.labels) >= 22


async def test_the_notice_boards_link_knows_the_community(lin):
    shown = await lin.says(f"/start place_{COMMUNITY}")
    assert "逢源北社区" in shown.text
    await lin.says(LAMP)
    await lin.taps("说完了", "路灯不亮", "没有", "说不清")

    assert "逢源北社区" in lin.sees.text
    await lin.taps("改地点")
    assert "现在记的是：逢源北社区" in lin.sees.text


async def test_an_unknown_link_gets_a_kind_word(lin):
    for payload in ("place_999", "nonsense"):
        shown = await lin.says(f"/start {payload}")

        assert "这个链接用不了" in shown.text


async def test_a_pin_at_the_last_look_is_confirmed_at_once(lin):
    await reaches_the_look(lin)

    shown = await lin.pins(HERE)
    await lin.taps(shown.labels[0])

    assert "附近有这几个社区" in shown.text
    assert "请看一遍" in lin.sees.text
    assert lin.talk.draft["point"] == list(HERE)


async def test_a_pin_may_correct_the_notice_boards_community(lin):
    await lin.says(f"/start place_{COMMUNITY}")
    await lin.pins(HERE)
    await lin.says(LAMP)
    await lin.taps("说完了", "路灯不亮")

    shown = await lin.taps("没有")

    assert "附近有这几个社区" in shown.text


async def test_the_last_look_shows_what_handlers_see_with_the_masked_name(lin):
    await reaches_the_look(lin, LAMP + "，我的电话13912345678")

    shown = lin.sees

    assert "林**" in shown.text
    assert "林阿姨" not in shown.text
    assert "13912345678" not in shown.text


async def test_the_name_turns_over_from_withheld_to_shown_to_anonymous(lin):
    await reaches_the_look(lin)

    shown = [(await lin.taps("改称呼")).text for _turn in range(3)]

    assert "称呼：林阿姨" in shown[0]
    assert "称呼：匿名" in shown[1]
    assert "称呼：林**（姓名不显示）" in shown[2]


async def test_changing_the_item_comes_straight_back_to_the_look(lin):
    await reaches_the_look(lin)

    await lin.taps("改事项", "都不是，自己选", "综合管理", "市容环境", "占道经营", "说不清")

    assert "占道经营" in lin.sees.text
    assert "发送" in lin.sees.labels[0]


async def test_words_and_photos_at_the_look_are_added(lin):
    await reaches_the_look(lin)
    await lin.says("昨天有人绊倒了")
    await lin.shows()

    await lin.taps("发送")

    (call,) = lin.calls
    assert call.words == f"{LAMP}\n昨天有人绊倒了"
    assert len(call.pieces) == 3


async def test_details_stand_in_the_call(lin):
    await lin.says(LAMP)
    await lin.taps("路灯不亮", "没有")
    await lin.says("逢源北社区")

    await lin.says("灯杆编号 A12，坏了两盏")
    await lin.taps("发送")

    assert lin.calls[0].details == "灯杆编号 A12，坏了两盏"


async def test_details_that_are_too_long_for_the_card_become_part_of_the_words(lin):
    await lin.says(LAMP)
    await lin.taps("路灯不亮", "没有")
    await lin.says("逢源北社区")
    long = "很长的说明。" * 200

    await lin.says(long)
    await lin.taps("发送")

    assert lin.calls[0].pieces[-1].text == long


async def test_the_second_press_of_send_raises_nothing_new(lin):
    await reaches_the_look(lin)
    look = lin.sees
    await lin.presses(look, "发送")

    await lin.presses(look, "发送")

    assert len(lin.calls) == 1
    assert "已经结束" in lin.toast


async def test_a_thousand_characters_and_odd_signs_arrive_unchanged(lin):
    odd = "路灯坏了 <b>&amp; \u200b ‼️ 👨‍👩‍👧 *_[x](y)_*\n" + "字" * 2700

    await reaches_the_look(lin, odd)
    await lin.taps("发送")

    assert lin.calls[0].pieces[0].text == odd


async def test_words_too_long_for_one_look_are_shown_whole_before_it(lin):
    long = "路灯坏了。" + "字" * 4000
    await reaches_the_look(lin, long[:4096])

    before = [shown.text for shown in lin.chat.values() if "字字" in shown.text]

    assert "".join(before) == long[:4096]


async def test_open_calls_are_offered_before_a_new_one(lin):
    await reaches_the_look(lin)
    await lin.taps("发送")
    (call,) = lin.calls

    shown = await lin.says("今天还是没有人来修")

    assert shown.labels[0].startswith(call.number)
    await lin.taps(call.number)
    assert "已补充到" in lin.sees.text
    assert (await lin.view()).entries[-1].pieces[0].text == "今天还是没有人来修"


async def test_a_new_matter_beside_an_open_call_is_a_call_of_its_own(lin):
    await reaches_the_look(lin)
    await lin.taps("发送")

    await lin.says("楼道垃圾堆成山没人收")
    await lin.taps("一件新事")

    assert "垃圾堆积、清运中断" in lin.sees.labels


async def test_the_call_is_dispatched_to_the_community(lin):
    await reaches_the_look(lin)
    await lin.taps("发送")

    leg = (await lin.view()).main.leg

    assert (leg.agency, leg.status) == (COMMUNITY, Status.DISPATCHED)


async def at_an_edge(lin: Visitor) -> list[str]:
    """A pin half-way between two communities; the names of both."""
    guide = Guide(liwan())
    own, other, *_far = guide.near(Point(*HERE))
    middle = (
        (own.centre.latitude + other.centre.latitude) / 2,
        (own.centre.longitude + other.centre.longitude) / 2,
    )
    await lin.says(LAMP)
    await lin.taps("路灯不亮", "没有")
    shown = await lin.pins(middle)
    return shown.labels


async def test_a_pin_on_a_border_asks_which_of_the_two(lin):
    labels = await at_an_edge(lin)
    assert labels[2:4] == ["说不准", "都不是，按街道选"]
    assert "交界处" in lin.sees.text

    await lin.taps(labels[1], "说不清", "发送")

    view = await lin.view()
    assert labels[1].startswith(view.community.short_name)
    assert "（靠近与【" in view.call.address


async def test_whoever_cannot_say_leaves_it_to_the_nearer_one_and_the_card_says_so(lin):
    labels = await at_an_edge(lin)
    await lin.taps("说不准", "说不清")
    assert "呼叫人说不准是哪边" in lin.sees.text

    await lin.taps("发送")

    view = await lin.view()
    assert labels[0].startswith(view.community.short_name)
    assert "呼叫人说不准是哪边" in cards.place(view.main)


async def test_another_place_chosen_later_is_at_no_edge(lin):
    await at_an_edge(lin)
    await lin.taps("说不准", "说不清", "改地点")
    await lin.says("逢源北社区")

    await lin.taps("发送")

    assert (await lin.view()).call.address == ""
