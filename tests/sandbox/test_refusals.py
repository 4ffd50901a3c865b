"""What Telegram refuses, the sandbox refuses, in the same words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from tests.people import Group, Json, Person, Sandbox

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are"
    " exactly the same as a current content and reply markup of the message"
)
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


@dataclass
class Scene:
    """A resident who has started the bot, and a group it is in."""

    sandbox: Sandbox
    lin: Person
    group: Group
    own: int
    photo: str


@pytest.fixture
async def scene(sandbox: Sandbox) -> Scene:
    lin = await sandbox.person("林阿姨", started=True)
    group = await sandbox.group("东风社区", members=[lin])
    own = (await sandbox.bot("sendMessage", chat_id=lin.id, text="旧文"))["result"]["message_id"]
    photo = (await lin.sends_photo()).raw["photo"][-1]["file_id"]
    return Scene(sandbox, lin, group, own, photo)


def inline(**button: Any) -> Json:
    return {"inline_keyboard": [[{"text": "好", **button}]]}


def many(count: int) -> Json:
    return {"inline_keyboard": [[{"text": "好", "callback_data": "x"}] * count]}


def bold(offset: int, length: int) -> list[Json]:
    return [{"type": "bold", "offset": offset, "length": length}]


def say(**more: Any) -> Callable[[Scene], Json]:
    return lambda s: {"chat_id": s.lin.id, "text": "好", **more}


def in_group(**more: Any) -> Callable[[Scene], Json]:
    return lambda s: {"chat_id": s.group.id, "text": "好", **more}


def edit(**more: Any) -> Callable[[Scene], Json]:
    return lambda s: {"chat_id": s.lin.id, "message_id": s.own, "text": "新文", **more}


def photo(**more: Any) -> Callable[[Scene], Json]:
    return lambda s: {"chat_id": s.lin.id, "photo": s.photo, **more}


def album(size: int, kind: str = "photo") -> Callable[[Scene], Json]:
    return lambda s: {
        "chat_id": s.lin.id,
        "media": [{"type": kind if n else "photo", "media": s.photo} for n in range(size)],
    }


CONTACT = {"keyboard": [[{"text": "号码", "request_contact": True}]]}
PLACE = {"keyboard": [[{"text": "位置", "request_location": True}]]}
REFUSED: list[tuple[str, Callable[[Scene], Json], str]] = [
    ("sendMessage", lambda s: {"text": "好"}, "chat_id is empty"),
    ("sendMessage", lambda s: {"chat_id": s.lin.id}, "message text is empty"),
    ("sendMessage", say(text=" \n"), "message text is empty"),
    ("sendMessage", say(text="好" * 4097), "message is too long"),
    ("sendMessage", say(chat_id=77), "chat not found"),
    ("sendMessage", say(chat_id="@nobody"), "chat not found"),
    ("sendMessage", say(txet="好"), 'unknown parameter "txet" of sendMessage'),
    ("sendMessage", say(parse_mode="HTML"), "unsupported parse_mode"),
    ("sendMessage", say(reply_markup="{"), "can't parse reply markup JSON object"),
    ("sendMessage", say(reply_markup=inline(callback_data="")), "BUTTON_DATA_INVALID"),
    ("sendMessage", say(reply_markup=inline(callback_data="应" * 22)), "BUTTON_DATA_INVALID"),
    ("sendMessage", say(reply_markup=inline(url="not an address")), "BUTTON_URL_INVALID"),
    (
        "sendMessage",
        say(reply_markup=inline()),
        "Text buttons are unallowed in the inline keyboard",
    ),
    (
        "sendMessage",
        say(reply_markup=inline(callbak="x")),
        'unknown field "callbak" of InlineKeyboardButton',
    ),
    ("sendMessage", say(reply_markup=many(101)), "reply markup is too long"),
    (
        "sendMessage",
        in_group(reply_markup=CONTACT),
        "phone number can be requested in private chats only",
    ),
    (
        "sendMessage",
        in_group(reply_markup=PLACE),
        "location can be requested in private chats only",
    ),
    (
        "sendMessage",
        say(text="😀好", entities=bold(0, 4)),
        "entity beginning at UTF-16 offset 0 ends after the end of the text",
    ),
    (
        "sendMessage",
        say(entities=bold(9, 1)),
        "entity begins after the end of the text at UTF-16 offset 9",
    ),
    (
        "sendMessage",
        say(reply_parameters={"message_id": 99}),
        "message to be replied not found",
    ),
    ("sendMessage", in_group(message_thread_id=5), "message thread not found"),
    ("sendPhoto", photo(caption="好" * 1025), "message caption is too long"),
    ("sendPhoto", photo(photo="nonsense"), "wrong file identifier/HTTP URL specified"),
    ("sendPhoto", photo(photo="attach://none"), "wrong file identifier/HTTP URL specified"),
    ("sendPhoto", photo(photo="https://example.org/a.png"), "failed to get HTTP URL content"),
    (
        "sendDocument",
        lambda s: {"chat_id": s.lin.id, "document": s.photo},
        "can't use file of type Photo as Document",
    ),
    ("sendMediaGroup", album(1), "wrong number of messages in a media group, expected 2-10"),
    ("sendMediaGroup", album(11), "wrong number of messages in a media group, expected 2-10"),
    (
        "sendMediaGroup",
        album(2, "document"),
        "Document can't be mixed with other media types",
    ),
    (
        "sendLocation",
        lambda s: {"chat_id": s.lin.id, "latitude": 91, "longitude": 0},
        "invalid location specified",
    ),
    (
        "sendChatAction",
        lambda s: {"chat_id": s.lin.id, "action": "dance"},
        "wrong parameter action in request",
    ),
    ("editMessageText", edit(message_id=99), "message to edit not found"),
    ("editMessageText", edit(message_id=1), "message can't be edited"),
    ("editMessageText", edit(text="旧文"), NOT_MODIFIED.removeprefix("Bad Request: ")),
    ("editMessageText", edit(text="好" * 4097), "message is too long"),
    (
        "editMessageCaption",
        lambda s: {"chat_id": s.lin.id, "message_id": s.own, "caption": "好"},
        "there is no caption in the message to edit",
    ),
    (
        "deleteMessage",
        lambda s: {"chat_id": s.lin.id, "message_id": 99},
        "message to delete not found",
    ),
    ("answerCallbackQuery", lambda s: {"callback_query_id": "1"}, TOO_OLD[13:]),
    (
        "getFile",
        lambda s: {"file_id": "x"},
        "wrong file_id or the file is temporarily unavailable",
    ),
    (
        "pinChatMessage",
        lambda s: {"chat_id": s.group.id, "message_id": 1},
        "not enough rights to manage pinned messages in the chat",
    ),
    (
        "createForumTopic",
        lambda s: {"chat_id": s.group.id, "name": "照明"},
        "the chat is not a forum",
    ),
    (
        "setMyCommands",
        lambda s: {"commands": [{"command": "帮助", "description": "好"}]},
        "BOT_COMMAND_INVALID",
    ),
    ("setMyName", lambda s: {"name": "好" * 65}, "BOT_TITLE_TOO_LONG"),
    (
        "setWebhook",
        lambda s: {"url": "http://example.org/hook"},
        "bad webhook: An HTTPS URL must be provided for webhook",
    ),
]


@pytest.mark.parametrize(("method", "wish", "sentence"), REFUSED)
async def test_a_bad_request_is_refused_in_telegrams_words(
    scene: Scene, method: str, wish: Callable[[Scene], Json], sentence: str
) -> None:
    answer = await scene.sandbox.bot(method, **wish(scene))

    assert answer == {
        "ok": False,
        "error_code": 400,
        "description": f"Bad Request: {sentence}",
    }


ACCEPTED: list[tuple[str, Callable[[Scene], Json]]] = [
    ("sendMessage", say(text="好" * 4096)),
    ("sendMessage", say(text="😀" * 4096)),
    ("sendMessage", say(text="😀好", entities=bold(2, 1))),
    ("sendMessage", say(reply_markup=inline(callback_data="应" * 21))),
    ("sendMessage", say(reply_markup=inline(url="https://t.me/huying?start=a"))),
    ("sendMessage", say(reply_markup=many(100))),
    ("sendMessage", say(reply_markup=CONTACT)),
    (
        "sendMessage",
        say(reply_parameters={"message_id": 99, "allow_sending_without_reply": True}),
    ),
    ("sendPhoto", photo(caption="好" * 1024)),
    ("sendMediaGroup", album(10)),
]


@pytest.mark.parametrize(("method", "wish"), ACCEPTED)
async def test_what_is_just_within_the_limits_is_accepted(
    scene: Scene, method: str, wish: Callable[[Scene], Json]
) -> None:
    answer = await scene.sandbox.bot(method, **wish(scene))

    assert answer["ok"], answer


async def test_a_wrong_token_is_unauthorized(sandbox: Sandbox) -> None:
    sandbox.token = "7000000001:wrong"

    answer = await sandbox.bot("getMe")

    assert (answer["error_code"], answer["description"]) == (401, "Unauthorized")


async def test_an_unknown_method_is_not_found(sandbox: Sandbox) -> None:
    answer = await sandbox.bot("sendTelegram")

    assert (answer["error_code"], answer["description"]) == (404, "Not Found")


async def test_the_names_of_methods_are_taken_in_any_case(sandbox: Sandbox) -> None:
    answer = await sandbox.bot("GETME")

    assert answer["result"]["username"] == "huying_sandbox_bot"


async def test_a_form_and_an_address_say_the_same_as_json(scene: Scene) -> None:
    path = f"/bot{scene.sandbox.token}/sendMessage"
    said = {"chat_id": str(scene.lin.id), "text": "好", "reply_markup": '{"force_reply":true}'}

    form = await scene.sandbox.http.post(path, data=said)
    address = await scene.sandbox.http.get(path, params=said)

    assert [form.json()["result"]["text"], address.json()["result"]["text"]] == ["好", "好"]


async def test_nobody_is_written_to_who_has_not_started(sandbox: Sandbox) -> None:
    lin = await sandbox.person("林阿姨")

    answer = await sandbox.bot("sendMessage", chat_id=lin.id, text="好")

    sentence = "Forbidden: bot can't initiate conversation with a user"
    assert (answer["error_code"], answer["description"]) == (403, sentence)


async def test_nobody_is_written_to_who_has_blocked_the_bot(scene: Scene) -> None:
    await scene.lin.blocks()

    answer = await scene.sandbox.bot("sendMessage", chat_id=scene.lin.id, text="好")

    sentence = "Forbidden: bot was blocked by the user"
    assert (answer["error_code"], answer["description"]) == (403, sentence)


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("kicked", "Forbidden: bot was kicked from the group chat"),
        ("left", "Forbidden: bot is not a member of the group chat"),
    ],
)
async def test_a_bot_that_is_out_cannot_write(scene: Scene, status: str, sentence: str) -> None:
    await scene.group.member("bot", status)

    answer = await scene.sandbox.bot("sendMessage", chat_id=scene.group.id, text="好")

    assert (answer["error_code"], answer["description"]) == (403, sentence)


async def test_an_upgraded_group_names_its_new_id(scene: Scene) -> None:
    old = scene.group.id
    new = await scene.group.upgrades()

    answer = await scene.sandbox.bot("sendMessage", chat_id=old, text="好")

    sentence = "Bad Request: group chat was upgraded to a supergroup chat"
    assert (answer["description"], answer["parameters"]) == (sentence, {"migrate_to_chat_id": new})


async def test_a_closed_topic_takes_nothing(sandbox: Sandbox) -> None:
    forum = await sandbox.group("东风社区", type="supergroup", is_forum=True)
    topic = await forum.topic("照明")
    await sandbox.post(f"/chats/{forum.id}/topics", {"thread": topic, "closed": True})

    answer = await sandbox.bot("sendMessage", chat_id=forum.id, text="好", message_thread_id=topic)

    assert answer["description"] == "Bad Request: TOPIC_CLOSED"


async def test_the_general_topic_must_not_be_named(sandbox: Sandbox) -> None:
    forum = await sandbox.group("东风社区", type="supergroup", is_forum=True)

    answer = await sandbox.bot("sendMessage", chat_id=forum.id, text="好", message_thread_id=1)

    assert answer["description"] == "Bad Request: message thread not found"


async def test_a_file_over_twenty_megabytes_is_not_handed_out(scene: Scene) -> None:
    video = await scene.lin.sends_video(60_000_000)

    answer = await scene.sandbox.bot("getFile", file_id=video.raw["video"]["file_id"])

    assert answer["description"] == "Bad Request: file is too big"


async def test_a_tap_is_not_answered_after_150_seconds(scene: Scene) -> None:
    wish = {"from": scene.lin.id, "chat": scene.lin.id, "message": scene.own, "data": "x"}
    query = (await scene.sandbox.post("/taps", wish))["query"]
    await scene.sandbox.forward(151)

    answer = await scene.sandbox.bot("answerCallbackQuery", callback_query_id=query)

    assert answer["description"] == TOO_OLD


async def test_a_long_toast_is_refused(scene: Scene) -> None:
    wish = {"from": scene.lin.id, "chat": scene.lin.id, "message": scene.own, "data": "x"}
    query = (await scene.sandbox.post("/taps", wish))["query"]

    answer = await scene.sandbox.bot(
        "answerCallbackQuery", callback_query_id=query, text="好" * 201
    )

    assert answer["description"] == "Bad Request: MESSAGE_TOO_LONG"


@pytest.mark.parametrize(("hours", "gone"), [(47, True), (49, False)])
async def test_a_message_is_deleted_within_48_hours_only(
    scene: Scene, hours: int, gone: bool
) -> None:
    await scene.sandbox.forward(hours * 3600)

    answer = await scene.sandbox.bot("deleteMessage", chat_id=scene.lin.id, message_id=scene.own)

    assert answer["ok"] is gone
    assert gone or answer["description"] == "Bad Request: message can't be deleted"


async def test_surrounding_white_space_is_cut_and_entities_move_along(scene: Scene) -> None:
    wish = {"chat_id": scene.lin.id, "text": "\n 😀好 ", "entities": bold(2, 3)}

    said = (await scene.sandbox.bot("sendMessage", **wish))["result"]

    assert (said["text"], said["entities"]) == ("😀好", bold(0, 3))


async def test_the_limits_answer_429_with_the_seconds_to_wait(scene: Scene) -> None:
    await scene.sandbox.limits(enforced=True)

    answers = [
        await scene.sandbox.bot("sendMessage", chat_id=scene.lin.id, text=str(n)) for n in range(4)
    ]

    assert [answer["ok"] for answer in answers] == [True, True, True, False]
    assert answers[-1]["description"] == "Too Many Requests: retry after 3"
    assert answers[-1]["parameters"] == {"retry_after": 3}


async def test_sends_and_edits_share_the_twenty_a_minute_of_a_group(scene: Scene) -> None:
    await scene.sandbox.limits(enforced=True)
    own = (await scene.sandbox.bot("sendMessage", chat_id=scene.group.id, text="卡"))["result"]

    taken = []
    for n in range(20):
        await scene.sandbox.forward(1.5)
        wish = {"chat_id": scene.group.id, "message_id": own["message_id"], "text": str(n)}
        taken.append((await scene.sandbox.bot("editMessageText", **wish))["ok"])

    assert taken == [True] * 19 + [False]
