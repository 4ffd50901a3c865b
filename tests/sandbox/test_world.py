"""What people do and what becomes of it: albums, keyboards, membership, topics, the clock."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.people import NotPossible, Person, Sandbox


@pytest.fixture
async def lin(sandbox: Sandbox) -> Person:
    return await sandbox.person("林阿姨", started=True)


async def updates(sandbox: Sandbox, kind: str = "message") -> list[dict[str, Any]]:
    """What the bot hears of one kind; confirms nothing."""
    waiting = (await sandbox.bot("getUpdates", timeout=1))["result"]
    return [each[kind] for each in waiting if kind in each]


async def test_a_deep_link_starts_with_its_payload(sandbox: Sandbox) -> None:
    lin = await sandbox.person("林阿姨")

    await lin.starts("place_7")

    said = (await updates(sandbox))[0]
    assert said["text"] == "/start place_7"
    assert said["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]


@pytest.mark.parametrize("payload", ["应", "a b", "x" * 65])
async def test_a_deep_link_takes_64_plain_characters_only(sandbox: Sandbox, payload: str) -> None:
    lin = await sandbox.person("林阿姨")

    with pytest.raises(NotPossible, match="64"):
        await lin.starts(payload)


async def test_ids_count_in_each_chat(sandbox: Sandbox, lin: Person) -> None:
    group = await sandbox.group("东风社区", members=[lin], bot="absent")

    said = [await lin.says("一"), await lin.in_group(group).says("二")]

    assert [each.id for each in said] == [2, 1]


async def test_an_album_is_several_updates_under_one_group_id(
    sandbox: Sandbox, lin: Person
) -> None:
    await lin.sends_album(3, caption="三张")

    heard = [each for each in await updates(sandbox) if "photo" in each]

    assert len(heard) == 3
    assert len({each["media_group_id"] for each in heard}) == 1
    assert [each.get("caption") for each in heard] == ["三张", None, None]


async def test_twenty_photos_are_two_albums(lin: Person) -> None:
    sent = await lin.sends_album(20)

    groups = [each.raw["media_group_id"] for each in sent]
    assert [groups.count(group) for group in dict.fromkeys(groups)] == [10, 10]


async def test_a_text_too_long_goes_out_in_pieces(lin: Person) -> None:
    sent = await lin.sends_all(text="好" * 4097)

    assert [len(each.text) for each in sent] == [4096, 1]


async def test_a_sample_picture_can_be_looked_at(sandbox: Sandbox, lin: Person) -> None:
    photos = [await lin.sends_photo(n) for n in (1, 2)]

    seen = [
        await sandbox.http.get(f"/sandbox/files/{each.raw['photo'][-1]['file_id']}")
        for each in photos
    ]

    assert [each.headers["Content-Type"] for each in seen] == ["image/png", "image/png"]
    assert seen[0].content != seen[1].content


async def test_a_made_up_file_has_the_size_it_says(sandbox: Sandbox, lin: Person) -> None:
    sent = await lin.sends_document(size=123_456)

    file = sent.raw["document"]["file_id"]
    content = (await sandbox.http.get(f"/sandbox/files/{file}")).content
    assert (sent.raw["document"]["file_size"], len(content)) == (123_456, 123_456)


async def test_an_edit_without_change_is_not_told(sandbox: Sandbox, lin: Person) -> None:
    said = await lin.says("楼道灯坏了")

    await lin.edits(said, "楼道灯坏了")

    assert await updates(sandbox, "edited_message") == []


async def test_an_edit_carries_its_date(sandbox: Sandbox, lin: Person) -> None:
    await lin.edits(await lin.says("楼到灯坏了"), "楼道灯坏了")

    edited = (await updates(sandbox, "edited_message"))[0]

    assert (edited["text"], "edit_date" in edited) == ("楼道灯坏了", True)


async def test_blocking_and_coming_back_is_told(sandbox: Sandbox, lin: Person) -> None:
    await lin.blocks()
    await lin.starts()

    told = await updates(sandbox, "my_chat_member")

    assert [each["new_chat_member"]["status"] for each in told] == ["kicked", "member"]


async def test_who_blocked_the_bot_cannot_write_to_it(lin: Person) -> None:
    await lin.blocks()

    with pytest.raises(NotPossible, match="blocked"):
        await lin.says("在吗")


async def test_a_new_group_tells_the_bot_that_it_was_added(sandbox: Sandbox) -> None:
    await sandbox.group("东风社区", bot="administrator")

    change = (await updates(sandbox, "my_chat_member"))[0]

    told = (change["old_chat_member"]["status"], change["new_chat_member"]["status"])
    assert told == ("left", "administrator")


async def test_a_group_of_the_seed_was_always_there(sandbox: Sandbox) -> None:
    people = [{"id": 11, "first_name": "陈主任", "started": True}]
    chats = [{"id": -41, "title": "东风社区", "creator": 11, "bot": "administrator"}]

    await sandbox.reset({"people": people, "chats": chats})

    assert await sandbox.pending() == 0
    assert (await sandbox.bot("sendMessage", chat_id=-41, text="好"))["ok"]
    assert (await sandbox.bot("sendMessage", chat_id=11, text="好"))["ok"]


async def test_an_upgrade_leaves_a_word_in_both_chats(sandbox: Sandbox, lin: Person) -> None:
    group = await sandbox.group("东风社区", members=[lin])
    old = group.id

    new = await group.upgrades()

    heard = await updates(sandbox)
    assert [each["migrate_to_chat_id"] for each in heard if "migrate_to_chat_id" in each] == [new]
    assert [each["migrate_from_chat_id"] for each in heard if "migrate_from_chat_id" in each] == [
        old
    ]


async def test_an_anonymous_administrator_speaks_as_the_group(
    sandbox: Sandbox, lin: Person
) -> None:
    group = await sandbox.group("东风社区", creator=lin, bot="administrator")

    said = await lin.in_group(group, face="anonymous").says("请处理")

    assert (said.raw["from"]["id"], said.raw["from"]["is_bot"]) == (1087968824, True)
    assert said.raw["sender_chat"]["id"] == group.id


async def test_a_channel_speaks_through_the_channel_bot(sandbox: Sandbox, lin: Person) -> None:
    group = await sandbox.group("东风社区", members=[lin], bot="administrator")

    said = await lin.in_group(group, face="channel").says("通知")

    assert (said.raw["from"]["id"], said.raw["sender_chat"]["type"]) == (136817688, "channel")


async def test_a_linked_channel_posts_by_itself(sandbox: Sandbox, lin: Person) -> None:
    group = await sandbox.group("东风社区", members=[lin], bot="administrator")

    said = await lin.in_group(group, face="linked").says("公告")

    assert (said.raw["from"]["id"], said.raw["is_automatic_forward"]) == (777000, True)


async def test_a_reply_in_a_topic_stays_in_it(sandbox: Sandbox, lin: Person) -> None:
    wish = {"type": "supergroup", "is_forum": True}
    group = await sandbox.group("东风社区", members=[lin], **wish)
    topic = await group.topic("照明")
    said = await lin.in_group(group, thread=topic).says("灯坏了")

    answer = await sandbox.bot(
        "sendMessage", chat_id=group.id, text="好", reply_parameters={"message_id": said.id}
    )

    assert answer["result"]["message_thread_id"] == topic


async def test_a_one_time_keyboard_goes_when_it_was_used(sandbox: Sandbox, lin: Person) -> None:
    keyboard = {"keyboard": [["好"]], "one_time_keyboard": True}
    await sandbox.bot("sendMessage", chat_id=lin.id, text="好吗？", reply_markup=keyboard)
    before = await lin.keyboard()

    await lin.presses("好")

    assert (before is not None, await lin.keyboard()) == (True, None)


async def test_a_keyboard_is_removed(sandbox: Sandbox, lin: Person) -> None:
    wish = {"chat_id": lin.id, "text": "好吗？"}
    await sandbox.bot("sendMessage", **wish, reply_markup={"keyboard": [["好"]]})

    await sandbox.bot("sendMessage", **wish, reply_markup={"remove_keyboard": True})

    assert await lin.keyboard() is None


async def test_a_selective_keyboard_is_for_the_one_replied_to(
    sandbox: Sandbox, lin: Person
) -> None:
    chen = await sandbox.person("陈主任")
    group = await sandbox.group("东风社区", members=[lin, chen])
    said = await chen.in_group(group).says("结论？")
    markup = {"keyboard": [["好"]], "selective": True}
    wish = {"chat_id": group.id, "text": "请选", "reply_markup": markup}

    await sandbox.bot("sendMessage", **wish, reply_parameters={"message_id": said.id})

    assert await lin.in_group(group).keyboard() is None
    assert await chen.in_group(group).keyboard() is not None


async def test_a_forced_reply_waits_until_the_person_writes(sandbox: Sandbox, lin: Person) -> None:
    markup = {"force_reply": True, "input_field_placeholder": "写几句"}
    await sandbox.bot("sendMessage", chat_id=lin.id, text="结论？", reply_markup=markup)
    asked = await sandbox.get(f"/chats/{lin.id}/keyboard", person=lin.id)

    await lin.says("修好了")

    after = await sandbox.get(f"/chats/{lin.id}/keyboard", person=lin.id)
    assert asked["force_reply"] == {"message_id": 2, "placeholder": "写几句"}
    assert after["force_reply"] is None


async def test_a_button_with_an_address_opens_it(sandbox: Sandbox, lin: Person) -> None:
    markup = {"inline_keyboard": [[{"text": "地图", "url": "https://example.org/map"}]]}
    await sandbox.bot("sendMessage", chat_id=lin.id, text="看", reply_markup=markup)

    tapped = await lin.taps("地图")

    assert tapped.url == "https://example.org/map"


async def test_a_tap_on_a_deleted_message_comes_without_its_content(
    sandbox: Sandbox, lin: Person
) -> None:
    own = (await sandbox.bot("sendMessage", chat_id=lin.id, text="旧卡"))["result"]
    await sandbox.bot("deleteMessage", chat_id=lin.id, message_id=own["message_id"])
    wish = {"from": lin.id, "chat": lin.id, "message": own["message_id"], "data": "x"}

    await sandbox.post("/taps", wish)

    query = (await updates(sandbox, "callback_query"))[0]
    assert (query["message"]["date"], "text" in query["message"]) == (0, False)


async def test_the_clock_moves_dates_and_wakes_who_follows_it(
    sandbox: Sandbox, lin: Person
) -> None:
    here = await sandbox.get("/clock")
    query = {"offset": here["offset"], "epoch": here["epoch"], "wait": 10}

    async with asyncio.TaskGroup() as both:
        follower = both.create_task(sandbox.get("/clock", **query))
        both.create_task(sandbox.clock_to("2031-05-01T08:00:00+08:00"))

    said = await lin.says("早")
    assert follower.result()["now"].startswith("2031-05-01T00:00:0")
    assert said.raw["date"] == pytest.approx(1_935_360_000, abs=60)


async def test_a_reset_starts_a_new_epoch_with_the_seed(sandbox: Sandbox) -> None:
    await sandbox.reset({"people": [{"first_name": "陈"}], "now": "2030-01-01T00:00:00+00:00"})
    before = await sandbox.get("/state")
    await sandbox.person("林阿姨")
    await sandbox.fault("500")

    await sandbox.reset()

    after = await sandbox.get("/state")
    assert after["epoch"] == before["epoch"] + 1
    assert [each["first_name"] for each in after["people"]] == ["陈"]
    assert (after["faults"], after["now"][:10]) == ([], "2030-01-01")


async def test_events_stream_as_they_happen(sandbox: Sandbox, lin: Person) -> None:
    wish = {"headers": {"Accept": "text/event-stream"}, "params": {"after": 0, "chat": lin.id}}

    async with sandbox.http.stream("GET", "/sandbox/events", **wish) as stream:
        lines = stream.aiter_lines()
        first = [await anext(lines) for _ in range(4)]
        await lin.says("你好")
        while "你好" not in (line := await anext(lines)):
            assert not line or line.startswith(("id: ", "data: "))

    assert first[2].startswith("id: ") and first[3].startswith('data: {"seq"')


async def test_introductions_are_kept_by_audience_and_language(sandbox: Sandbox) -> None:
    scope = {"type": "all_group_chats"}
    commands = [{"command": "calls", "description": "呼叫"}]
    await sandbox.bot("setMyCommands", commands=commands, scope=scope, language_code="zh")
    await sandbox.bot("setMyName", name="呼应", language_code="zh")

    same = await sandbox.bot("getMyCommands", scope=scope, language_code="zh")
    other = await sandbox.bot("getMyCommands", scope=scope)

    assert (same["result"], other["result"]) == (commands, [])
    assert (await sandbox.get("/state"))["commands"][0]["scope"] == scope


async def test_nonsense_is_answered_with_a_sentence(sandbox: Sandbox) -> None:
    lost = await sandbox.http.post("/sandbox/messages", json={"from": 1, "chat": 2, "text": "x"})
    odd = await sandbox.http.post("/sandbox/faults", json={"kind": "rain"})
    empty = await sandbox.http.post("/sandbox/people", content=b"{")

    assert (lost.status_code, lost.json()) == (404, {"error": "there is no person 1"})
    assert (odd.status_code, empty.status_code) == (400, 400)


async def test_words_in_a_topic_answer_what_made_it(sandbox: Sandbox, lin: Person) -> None:
    group = await sandbox.group("区呼应办", type="supergroup", bot="administrator", is_forum=True)
    await group.member(lin, "member")
    topic = await group.topic("照明")

    said = await lin.in_group(group, thread=topic).says("灯坏了")

    assert said.raw["reply_to_message"]["forum_topic_created"]["name"] == "照明"


async def test_an_administrator_without_the_right_makes_no_topic_and_pins_nothing(
    sandbox: Sandbox, lin: Person
) -> None:
    group = await sandbox.group("区呼应办", type="supergroup", creator=lin, is_forum=True)
    said = await lin.in_group(group).says("大家好")
    lacks = ["can_manage_topics", "can_pin_messages"]
    await group.member("bot", "administrator", by=lin, without=lacks)

    topic = await sandbox.bot("createForumTopic", chat_id=group.id, name="照明")
    pin = await sandbox.bot("pinChatMessage", chat_id=group.id, message_id=said.id)

    assert topic["description"] == "Bad Request: not enough rights to create a topic"
    assert "not enough rights to manage pinned messages" in pin["description"]


async def test_topics_are_switched_on_in_a_supergroup_only(sandbox: Sandbox) -> None:
    group = await sandbox.group("东风社区", type="supergroup", bot="administrator")
    refused = await sandbox.bot("createForumTopic", chat_id=group.id, name="照明")

    await sandbox.post(f"/chats/{group.id}/forum", {"is_forum": True})
    made = await sandbox.bot("createForumTopic", chat_id=group.id, name="照明")

    assert refused["description"] == "Bad Request: the chat is not a forum"
    assert made["result"]["name"] == "照明"
