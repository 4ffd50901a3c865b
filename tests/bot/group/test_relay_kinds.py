"""Every kind of message in both directions: whole, as a copy, and told plainly where it cannot."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from core.call import NameShown
from core.lifecycle import Action
from tests.bot.group.room import Room, Shown
from tests.core.playing import CHATS, COMMUNITY, LI, LIN, STRANGER

GROUP = CHATS[COMMUNITY]
LIN_CHAT = LIN.account or 0
FILE = {"file_id": "kept-1", "file_unique_id": "u1", "file_size": 1000}
SIZE = {"width": 9, "height": 9}
LONG = "路" * 4096
CAPTION = "灯" * 1024
KINDS: dict[str, dict[str, Any]] = {
    "text": {"text": "路灯今晚修"},
    "long text": {"text": LONG},
    "photo": {"photo": [FILE | SIZE], "caption": "现场照片"},
    "long caption": {"photo": [FILE | SIZE], "caption": CAPTION},
    "video": {"video": FILE | SIZE | {"duration": 3}},
    "voice": {"voice": FILE | {"duration": 3}},
    "file": {"document": FILE | {"mime_type": "application/pdf"}, "caption": "通知"},
    "location": {"location": {"latitude": 23.12, "longitude": 113.23}},
    "entities": {
        "text": "请看这里",
        "entities": [{"type": "text_link", "offset": 2, "length": 2, "url": "https://x.cn/"}],
    },
    "mention": {
        "text": "问张三吧",
        "entities": [
            {
                "type": "text_mention",
                "offset": 1,
                "length": 2,
                "user": {"id": 5, "is_bot": False, "first_name": "张三"},
            }
        ],
    },
}
METHODS = {
    "photo": "sendPhoto",
    "long caption": "sendPhoto",
    "video": "sendVideo",
    "voice": "sendVoice",
    "file": "sendDocument",
    "location": "sendVenue",
}
UNFIT: dict[str, dict[str, Any]] = {
    "sticker": {
        "sticker": FILE | SIZE | {"type": "regular", "is_animated": False, "is_video": False}
    },
    "dice": {"dice": {"emoji": "🎲", "value": 3}},
    "video note": {"video_note": FILE | {"length": 9, "duration": 3}},
    "somebody's card": {"contact": {"phone_number": "13812345678", "first_name": "陈"}},
    "picture as a file": {"document": FILE | {"mime_type": "image/jpeg"}},
    "spreadsheet": {"document": FILE | {"mime_type": "application/vnd.ms-excel"}},
}
DIRECTIONS = ("down", "up")


async def in_hand(room: Room, **more: Any) -> Any:
    """Lin's call, signed by Li; the call."""
    call = await room.stage.raised(**more)
    await room.delivers()
    await room.taps(LI, GROUP, "签收")
    return call


async def relayed(room: Room, way: str, **content: Any) -> list[Shown]:
    """One message answered to the other side's last; what is new there after a moment."""
    who, here, there = (LI, GROUP, LIN_CHAT) if way == "down" else (LIN, LIN_CHAT, GROUP)
    above = room.card(GROUP) if way == "down" else room.last(LIN_CHAT)
    before = len(room.shown[there])
    await room.says(who, here, content.pop("text", ""), above=above, **content)
    room.stage.now += timedelta(seconds=3)
    await room.delivers()
    return room.shown[there][before:]


@pytest.mark.parametrize("way", DIRECTIONS)
@pytest.mark.parametrize("kind", KINDS)
async def test_it_arrives_whole_behind_a_headline_and_shows_no_account(
    room: Room, kind: str, way: str
):
    call = await in_hand(room, name_shown=NameShown.WITHHELD)

    heard = await relayed(room, way, **KINDS[kind])

    said = "".join(one.text for one in heard)
    words = KINDS[kind].get("text") or KINDS[kind].get("caption") or ""
    assert words in said.replace("\n", "")
    assert call.number in said + str([one.params.get("title") for one in heard])
    assert METHODS.get(kind, "sendMessage") in [one.method for one in heard]
    assert all(len(one.params.get("caption", "")) <= 1024 for one in heard)
    assert all(len(one.params.get("text", "")) <= 4096 for one in heard)
    told = str([{**one.params, "chat_id": 0} for one in heard])
    assert "forward" not in told and "from_chat_id" not in told
    assert not any(name in told for name in ("李敏", "林阿姨", "1001", "2001", "'id': 5"))


@pytest.mark.parametrize("way", DIRECTIONS)
@pytest.mark.parametrize("kind", UNFIT)
async def test_what_cannot_be_passed_on_is_told_to_whoever_sent_it(
    room: Room, kind: str, way: str
):
    await in_hand(room)
    here = GROUP if way == "down" else LIN_CHAT
    before = len(room.shown[here])

    heard = await relayed(room, way, **UNFIT[kind])

    assert heard == []
    (told,) = room.shown[here][before:]
    assert "请" in told.text


@pytest.mark.parametrize("way", DIRECTIONS)
async def test_an_album_is_one_answer_with_its_caption(room: Room, way: str):
    await in_hand(room)
    one, two = [{"photo": [FILE | SIZE | {"file_id": n}], "media_group_id": "a1"} for n in "pq"]
    who, here, there = (LI, GROUP, LIN_CHAT) if way == "down" else (LIN, LIN_CHAT, GROUP)
    above = room.card(GROUP) if way == "down" else room.last(LIN_CHAT)
    before = len(room.shown[there])

    await room.says(who, here, above=above, caption="修前修后", **one)
    await room.says(who, here, above=above, **two)
    room.stage.now += timedelta(seconds=3)
    await room.delivers()

    (album,) = [m for m in room.shown[there][before:] if m.method == "sendMediaGroup"]
    assert [item["media"] for item in album.params["media"]] == ["p", "q"]
    assert "修前修后" in album.params["media"][0]["caption"]


async def test_every_photo_of_an_album_marked_as_inside_stays_inside(room: Room):
    call = await in_hand(room)
    above, before = room.card(GROUP), len(room.shown[LIN_CHAT])

    for caption in ({"caption": "//内部看看"}, {}, {}):
        photo = {"photo": [FILE | SIZE], "media_group_id": "a1", **caption}
        await room.says(LI, GROUP, above=above, **photo)
    room.stage.now += timedelta(seconds=3)
    await room.delivers()

    assert room.shown[LIN_CHAT][before:] == []
    said = [entry.action for entry in (await room.stage.call(call)).entries]
    assert said.count(Action.NOTE) == 3


@pytest.mark.parametrize("mark", ["//", "／／", "  //"])
async def test_marked_words_and_captions_stay_inside(room: Room, mark: str):
    await in_hand(room)

    assert await relayed(room, "down", text=f"{mark}先问物业") == []
    captioned = {"photo": [FILE | SIZE], "caption": f"{mark}别外传"}
    assert await relayed(room, "down", **captioned) == []


async def test_words_of_somebody_without_part_in_it_go_nowhere_and_they_are_told(room: Room):
    await in_hand(room)
    before = len(room.shown[LIN_CHAT])

    await room.says(STRANGER, GROUP, "我觉得没救了", above=room.card(GROUP))

    assert len(room.shown[LIN_CHAT]) == before
    assert room.last(GROUP).text


@pytest.mark.parametrize("way", DIRECTIONS)
async def test_any_message_about_the_call_may_be_answered(room: Room, way: str):
    await in_hand(room)
    first = await relayed(room, "down", text="明天修")
    back = await relayed(room, "up", text="几点来")
    above = first[0] if way == "up" else back[0]
    who, here, there = (LI, GROUP, LIN_CHAT) if way == "down" else (LIN, LIN_CHAT, GROUP)

    await room.says(who, here, "上午九点可以", above=above)

    assert "上午九点可以" in room.last(there).text


async def test_with_two_open_calls_an_answer_belongs_to_the_one_it_answers(room: Room):
    one = await in_hand(room)
    first = await relayed(room, "down", text="明天修")
    two = await room.stage.raised(draft="draft-2")
    await room.delivers()

    await room.says(LIN, LIN_CHAT, "门禁密码找保安", above=first[0])

    added = [e.action for e in (await room.stage.call(one)).entries]
    beside = [e.action for e in (await room.stage.call(two)).entries]
    assert Action.ADD in added
    assert Action.ADD not in beside


@pytest.mark.parametrize("way", DIRECTIONS)
@pytest.mark.parametrize("field", ["text", "caption"])
async def test_an_edit_of_either_side_arrives_as_a_correction(room: Room, field: str, way: str):
    await in_hand(room)
    media = {} if field == "text" else {"photo": [FILE | SIZE]}
    who, here, there = (LI, GROUP, LIN_CHAT) if way == "down" else (LIN, LIN_CHAT, GROUP)
    above = room.card(GROUP) if way == "down" else room.last(LIN_CHAT)
    await relayed(room, way, **{field: "三点来"}, **media)
    message = room.said_last

    changed = {"text": "四点来"} if field == "text" else {"caption": "四点来", "text": ""}
    await room.edits(who, here, message, above=above, **changed, **media)

    assert "更正了前面的话" in room.last(there).text
    assert "四点来" in room.last(there).text


async def test_an_edit_after_closing_is_told_to_be_of_no_use(room: Room):
    call = await in_hand(room)
    await relayed(room, "up", text="三点有人")
    message = room.said_last
    async with room.stage.desk() as desk:
        await desk.withdraw(call.id, words="", by=LIN, now=room.stage.now)
    await room.delivers()

    await room.edits(LIN, LIN_CHAT, message, "四点有人")

    assert "四点有人" not in room.texts(GROUP)
    assert "重新发一条" in room.last(LIN_CHAT).text


async def test_a_forwarded_message_is_passed_on_without_whose_it_was(room: Room):
    await in_hand(room)
    origin = {
        "type": "user",
        "date": 1781488800,
        "sender_user": {"id": 77, "is_bot": False, "first_name": "邻居老赵"},
    }

    (heard,) = await relayed(room, "up", text="昨晚又黑了", forward_origin=origin)

    assert "昨晚又黑了" in heard.text
    assert "老赵" not in str(heard.params) and "77" not in str(heard.params)
