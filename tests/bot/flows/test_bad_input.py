"""Bad input: each gets a clear sentence that says what to do, and nothing said is lost."""

from __future__ import annotations

import pytest

LAMP = "我家楼下的路灯坏了三天，晚上很黑"
MB = 1024 * 1024
STICKER = {
    "file_id": "s",
    "file_unique_id": "s",
    "type": "regular",
    "width": 1,
    "height": 1,
    "is_animated": False,
    "is_video": False,
}
POLL = {
    "id": "1",
    "question": "?",
    "options": [],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": False,
    "members_only": False,
}
ODD = {
    "a sticker": {"sticker": STICKER},
    "a dice": {"dice": {"emoji": "🎲", "value": 3}},
    "a poll": {"poll": POLL},
    "a contact": {"contact": {"phone_number": "13800000000", "first_name": "林"}},
}
SENTENCES = {
    "a sticker": "表情贴图",
    "a dice": "表情贴图",
    "a poll": "投票",
    "a contact": "这是别人的名片",
}


@pytest.mark.parametrize("kind", ODD)
async def test_what_nobody_can_pass_on_is_refused_in_words(lin, kind):
    first = await lin.sends(**ODD[kind])
    assert SENTENCES[kind] in first.text

    await lin.says(LAMP)
    during = await lin.sends(**ODD[kind])

    assert SENTENCES[kind] in during.text
    assert lin.talk.draft["pieces"][0]["text"] == LAMP


@pytest.mark.parametrize("text", ["😀", "。。。！！", " ‼️ "])
async def test_emoji_alone_ask_for_words(lin, text):
    first = await lin.says(text)
    assert "请用文字说一说" in first.text

    await lin.says("/call")
    during = await lin.says(text)

    assert "请用文字说一说" in during.text
    assert not lin.talk.draft.get("pieces")


async def test_four_thousand_and_ninety_seven_characters_arrive_whole(lin):
    text = "路灯坏了" + "字" * 4093

    asked = await lin.says(text[:4096])
    await lin.says(text[4096:])
    await lin.presses(asked, "路灯不亮")

    said = "".join(piece["text"] for piece in lin.talk.draft["pieces"])
    assert said == text


async def test_twenty_photos_keep_ten_and_say_so_once(lin):
    await lin.says("/call")
    before = len(lin.chat)

    for number in range(20):
        await lin.shows(album=f"album-{number // 10}")

    notices = [s for s in [*lin.chat.values()][before:] if "最多 10 个" in s.text]
    assert len(lin.talk.draft["pieces"]) == 10
    assert len(notices) == 1
    assert len(lin.chat) - before == 2


async def test_an_album_is_answered_once_and_kept_whole(lin):
    await lin.says("/call")
    before = len(lin.chat)

    for number in range(5):
        await lin.shows(album="one", caption=LAMP if number == 0 else "")

    assert len(lin.chat) - before == 1
    assert len(lin.talk.draft["pieces"]) == 5


async def test_an_album_that_starts_a_call_is_kept_whole(lin):
    for number in range(5):
        await lin.shows(album="one", caption=LAMP if number == 0 else "")

    assert len(lin.chat) == 1
    assert len(lin.talk.draft["pieces"]) == 5


async def test_a_late_photo_of_the_album_follows_the_call(lin):
    await lin.shows(album="one", caption=LAMP)
    await lin.taps("路灯不亮", "没有")
    await lin.says("逢源北社区")
    await lin.taps("说不清", "发送")

    shown = await lin.shows(album="one")

    assert "已转给逢源北社区" in shown.text
    assert len((await lin.view()).entries[-1].pieces) == 1


async def test_a_video_of_sixty_megabytes_is_refused_and_the_rest_kept(lin):
    await lin.says(LAMP)

    shown = await lin.shows_video(60 * MB)

    assert "超过 20 MB" in shown.text
    assert lin.talk.draft["pieces"][0]["text"] == LAMP
    await lin.shows_video(5 * MB)
    assert len(lin.talk.draft["pieces"]) == 2


async def test_a_program_sent_as_a_file_is_refused(lin):
    exe = {"file_id": "f", "file_unique_id": "f", "mime_type": "application/x-msdownload"}

    shown = await lin.sends(document=exe)

    assert "PDF" in shown.text
    assert lin.talk is None


@pytest.mark.security("S14")
@pytest.mark.security("S15")
@pytest.mark.parametrize("kind", ["image/jpeg", "image/tiff", "image/webp", "video/mp4"])
async def test_a_picture_sent_as_a_file_is_asked_for_as_a_photo(lin, kind):
    """It would carry where it was taken into a group."""
    await lin.says(LAMP)

    shown = await lin.sends(document={"file_id": "f", "file_unique_id": "f", "mime_type": kind})

    assert "拍摄地点" in shown.text
    assert len(lin.talk.draft["pieces"]) == 1


@pytest.mark.security("S14")
async def test_a_pdf_is_taken_whatever_its_name_is(lin):
    await lin.says(LAMP)
    for name in ("../../etc/passwd", "/abs.pdf", "a\0b.pdf", "\u202efdp.exe", "x" * 300):
        file = {"file_id": "f", "file_unique_id": "f", "mime_type": "application/pdf"}
        await lin.sends(document={**file, "file_name": name})

    pieces = lin.talk.draft["pieces"]
    assert [piece["file"] for piece in pieces[1:]] == ["f"] * 5
    assert "passwd" not in str(pieces)


async def test_a_forwarded_message_is_words_with_a_remark(lin):
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "老王"}

    await lin.says(LAMP, forward_origin=origin)

    assert lin.talk.draft["pieces"][0]["text"] == f"（以下是转发的消息）\n{LAMP}"


async def test_a_message_edited_before_sending_changes_the_draft(lin):
    await lin.says(LAMP)

    await lin.edits("楼道垃圾堆成山没人收")

    assert lin.talk.draft["pieces"][0]["text"] == "楼道垃圾堆成山没人收"
    assert "已按您改过的内容更新" in [*lin.chat.values()][-2].text
    assert "垃圾堆积、清运中断" in lin.sees.labels


async def test_a_message_edited_after_sending_changes_nothing_and_says_how_to_add(lin):
    await lin.says(LAMP)
    words = lin.said
    await lin.taps("路灯不亮", "没有")
    await lin.says("逢源北社区")
    await lin.taps("说不清", "发送")

    for text in ("没事了", "/cancel"):
        shown = await lin.edits(text, words)

        assert "请重新发一条" in shown.text
    assert lin.calls[0].words == LAMP


async def test_two_hundred_messages_are_kept_but_not_answered_one_by_one(lin):
    for number in range(200):
        await lin.says(f"第{number}句：路灯坏了很久都没有人来修")
        lin.later(milliseconds=100)

    told = [s for s in lin.chat.values() if "您发得有点快" in s.text]
    kept = "".join(piece["text"] for piece in lin.talk.draft["pieces"])
    assert len(lin.chat) < 30
    assert len(told) == 1
    assert all(f"第{number}句" in kept for number in range(200))


async def test_a_flood_of_additions_is_stopped_with_one_notice(lin):
    await lin.says(LAMP)
    await lin.taps("路灯不亮", "没有")
    await lin.says("逢源北社区")
    promise = await lin.taps("说不清", "发送")
    before = len(lin.chat)

    for number in range(60):
        await lin.replies(promise, text=f"第{number}句补充")

    assert len(lin.chat) - before < 25
    assert "您发得太快" in lin.sees.text


async def test_an_unknown_command_leaves_the_conversation_alone(lin):
    await lin.says(LAMP)

    shown = await lin.says("/whatever")

    assert "没有这个命令" in shown.text
    assert lin.talk.step == "item"


@pytest.mark.parametrize("text", ["谢谢！", "您好", "好的"])
async def test_a_pleasantry_starts_no_call(lin, text):
    await lin.says(text)

    assert lin.talk is None


async def test_a_place_name_that_is_far_too_long_is_kept_whole(lin):
    await lin.says(LAMP)
    await lin.taps("路灯不亮", "没有")
    address = "某某花园往东走再往西走" * 30
    await lin.says(address)
    await lin.taps("沙面街道")
    await lin.taps(lin.sees.labels[0], "说不清", "发送")

    (call,) = lin.calls
    assert address in call.words
    assert len(call.address) <= 150
