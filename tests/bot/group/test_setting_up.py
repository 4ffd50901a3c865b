"""A group begins to work for an agency, moves, and is lost; officers join (I18, A12, A13)."""

from __future__ import annotations

from core.people import Actor, Footing
from tests.bot.group.room import BOT, Room
from tests.core.playing import CHATS, COMMUNITY, LI, LIN, STRANGER, SU

NEW = -100777
HE = Actor(2999, "何静")
SU_CHAT = SU.account or 0


async def code_for(room: Room, agency: str) -> str:
    """A fresh code out of what the administrator reads."""
    await room.says(SU, SU_CHAT, f"/bindcode {agency}")
    return room.last(SU_CHAT).text.split("/bind@huying_bot ")[1].split()[0]


async def test_an_administrator_binds_a_group_with_a_code_and_a_confirmation(room: Room):
    code = await code_for(room, "西村街道")
    await room.says(SU, NEW, f"/bind {code}")

    await room.taps(SU, NEW, "确认")

    async with room.stage.units.read() as work:
        binding = await work.groups.at_chat(NEW)
    assert binding and not binding.suspended
    assert all(word in room.last(NEW).text for word in ("西村街道", "👍", "✍"))


async def test_somebody_else_cannot_confirm(room: Room):
    code = await code_for(room, "西村街道")
    await room.says(SU, NEW, f"/bind {code}")

    toast = await room.taps(LI, NEW, "确认")

    async with room.stage.units.read() as work:
        assert await work.groups.at_chat(NEW) is None
    assert "用不了" in toast


async def test_a_member_who_types_the_code_is_refused(room: Room):
    code = await code_for(room, "西村街道")

    await room.says(STRANGER, NEW, f"/bind {code}")

    assert "用不了" in room.last(NEW).text


async def test_a_binding_in_a_topic_keeps_the_topic(room: Room):
    code = await code_for(room, "西村街道")
    await room.says(SU, NEW, f"/bind {code}", message_thread_id=12, is_topic_message=True)

    assert room.last(NEW).params["message_thread_id"] == 12


async def test_only_administrators_get_codes(room: Room):
    await room.says(LI, LI.account, "/bindcode 西村街道")

    assert "只给管理员" in room.last(LI.account).text


async def test_several_agencies_that_fit_are_offered(room: Room):
    await room.says(SU, SU_CHAT, "/bindcode 源")
    offered = room.last(SU_CHAT).labels

    await room.taps(SU, SU_CHAT, offered[0])

    assert len(offered) > 1
    assert "/bind@huying_bot" in room.last(SU_CHAT).text


async def test_an_officer_joins_by_a_link_that_works_once(room: Room):
    await room.says(SU, SU_CHAT, "/invite 西村街道 负责人")
    payload = room.last(SU_CHAT).text.split("start=")[1].split()[0]

    await room.says(HE, HE.account, f"/start {payload}")
    await room.says(STRANGER, STRANGER.account, f"/start {payload}")

    assert "负责人" in room.last(HE.account).text
    assert "用不了" in room.last(STRANGER.account).text


async def test_a_post_that_there_is_not_is_said_so_and_which_there_are(room: Room):
    await room.says(SU, SU_CHAT, "/invite 西村街道 皇帝")

    assert "没有“皇帝”这个职务。可写：联络员、" in room.last(SU_CHAT).text


async def test_a_verified_member_is_known_as_one_on_the_card(room: Room):
    await room.says(SU, SU_CHAT, "/member 逢源北社区")
    payload = room.last(SU_CHAT).text.split("start=")[1].split()[0]

    await room.says(LIN, LIN.account, f"/start {payload}")
    await room.stage.raised()
    await room.delivers()

    assert "已由【逢源北社区】认证" in room.texts(LIN.account)
    assert "林**（党员）" in room.card(CHATS[COMMUNITY]).text


async def test_a_command_in_a_group_nobody_bound_says_what_to_do(room: Room):
    await room.says(LI, NEW, "/calls@huying_bot")

    assert "/bind@huying_bot" in room.last(NEW).text


async def test_a_group_the_bot_is_added_to_hears_one_line(room: Room):
    await room.feeds({"my_chat_member": membership(NEW, "left", "member")})

    assert len(room.shown[NEW]) == 1
    assert "/bind@huying_bot" in room.last(NEW).text


async def test_a_lost_group_is_told_to_the_administrators(room: Room):
    await room.feeds({"my_chat_member": membership(CHATS[COMMUNITY], "member", "kicked")})

    async with room.stage.units.read() as work:
        binding = await work.groups.at_chat(CHATS[COMMUNITY])
    assert binding and binding.suspended
    assert "移出" in room.last(SU_CHAT).text


async def test_a_moved_group_gets_its_cards_anew(room: Room):
    await room.stage.raised()
    await room.delivers()

    await room.says(LI, CHATS[COMMUNITY], migrate_to_chat_id=NEW)

    assert "📍" in room.last(NEW).text


async def test_groups_are_listed(room: Room):
    await room.says(SU, SU_CHAT, "/groups")

    assert "逢源" in room.last(SU_CHAT).text
    assert "看板不能置顶" in room.last(SU_CHAT).text


async def test_a_group_whose_bot_may_pin_is_not_named_among_those_without(room: Room):
    for chat in CHATS.values():
        async with room.stage.units.begin() as work:
            await work.groups.save_footing(Footing(chat, makes_topics=False, pins=True))

    await room.says(SU, SU_CHAT, "/groups")

    assert "不能置顶" not in room.last(SU_CHAT).text


def membership(chat: int, before: str, after: str) -> dict:
    """The bot's own standing in a group changes."""
    until = {"until_date": 0}
    old = {"user": BOT, "status": before} | (until if before == "kicked" else {})
    new = {"user": BOT, "status": after} | (until if after == "kicked" else {})
    return {
        "chat": {"id": chat, "type": "supergroup", "title": "办理群"},
        "from": {"id": SU.account, "is_bot": False, "first_name": SU.name},
        "date": 1781488800,
        "old_chat_member": old,
        "new_chat_member": new,
    }
