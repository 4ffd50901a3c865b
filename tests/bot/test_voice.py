"""The voice over HTTP: what was recorded arrives as meant, and troubles have their names."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.delivery.speech import Speech
from bot.delivery.transport import Transport
from bot.delivery.verdicts import Finding, verdict
from bot.delivery.voice import Voice
from tests.people import TOKEN, Person, Sandbox

BUTTONS = {"inline_keyboard": [[{"text": "好", "callback_data": "ok"}]]}
BOLD = [{"type": "bold", "offset": 0, "length": 2}]


@pytest.fixture
async def voice(sandbox: Sandbox) -> AsyncIterator[Voice]:
    voice = Voice(token=TOKEN, api_root=sandbox.url)
    await voice.open()
    yield voice
    await voice.close()


@pytest.fixture
async def lin(sandbox: Sandbox) -> Person:
    return await sandbox.person("林阿姨", started=True)


async def finding(voice: Voice, method: str, **params: Any) -> Finding:
    with pytest.raises(Exception) as caught:
        await voice.say(Speech(method, params))
    return verdict(caught.value).finding


async def test_words_entities_and_buttons_arrive_as_recorded(voice, lin):
    params = {"chat_id": lin.id, "text": "收到 🙂 & <b>", "entities": BOLD}

    (number,) = await voice.say(Speech("sendMessage", {**params, "reply_markup": BUTTONS}))

    shown = await lin.latest()
    assert (shown.id, shown.text, shown.buttons) == (number, "收到 🙂 & <b>", ["好"])
    assert shown.raw["entities"] == BOLD


async def test_a_reply_an_edit_and_a_reaction_find_their_message(voice, lin):
    asked = await lin.says("在吗")
    reply = {"message_id": asked.id, "allow_sending_without_reply": True}

    (number,) = await voice.say(
        Speech("sendMessage", {"chat_id": lin.id, "text": "在", "reply_parameters": reply})
    )
    again = await voice.say(
        Speech("editMessageText", {"chat_id": lin.id, "message_id": number, "text": "在的"})
    )

    assert again == (number,)
    assert (await lin.latest()).text == "在的"


async def test_an_album_gives_an_id_for_each_item(voice, lin):
    sent = await lin.sends_album(2)
    media = [
        {"type": "photo", "media": each.raw["photo"][-1]["file_id"], "caption": "两张"}
        for each in sent
    ]

    numbers = await voice.say(Speech("sendMediaGroup", {"chat_id": lin.id, "media": media}))

    assert len(numbers) == 2
    assert (await lin.latest()).text == "两张"


async def test_a_photo_and_a_pin_are_sent_by_what_telegram_has_already(voice, lin):
    photo = (await lin.sends_photo()).raw["photo"][-1]["file_id"]

    numbers = [
        await voice.say(Speech("sendPhoto", {"chat_id": lin.id, "photo": photo, "caption": "灯"})),
        await voice.say(
            Speech("sendLocation", {"chat_id": lin.id, "latitude": 23.1, "longitude": 113.2})
        ),
    ]

    assert all(len(each) == 1 for each in numbers)


async def test_menus_are_set_with_their_scope(voice, sandbox):
    commands = [{"command": "start", "description": "开始"}]

    await voice.call("setMyCommands", {"commands": commands, "scope": {"type": "default"}})

    (request,) = (await sandbox.ledger("setMyCommands"))[-1:]
    assert request["status"] == 200


async def test_the_bot_introduces_itself(voice):
    assert (await voice.me())["username"] == "huying_sandbox_bot"


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("429", Finding.FLOODED),
        ("500", Finding.UNKNOWN),
        ("502", Finding.UNKNOWN),
        ("400", Finding.MALFORMED),
        ("403_blocked", Finding.UNREACHABLE),
        ("403_kicked", Finding.UNREACHABLE),
        ("chat_not_found", Finding.UNREACHABLE),
        ("not_modified", Finding.SAME),
        ("edit_not_found", Finding.GONE),
        ("drop_before", Finding.UNKNOWN),
        ("drop_after", Finding.UNKNOWN),
        ("bad_json", Finding.UNKNOWN),
        ("401", Finding.TOKEN_REFUSED),
    ],
)
async def test_every_fault_has_its_finding(voice, sandbox, lin, kind, expected):
    await sandbox.fault(kind, method="sendMessage", count=1)

    assert await finding(voice, "sendMessage", chat_id=lin.id, text="好") is expected


async def test_a_connection_that_was_never_made_is_known():
    voice = Voice(token=TOKEN, api_root="http://127.0.0.1:1")
    await voice.open()

    assert await finding(voice, "sendMessage", chat_id=1, text="好") is Finding.NOT_SENT
    await voice.close()


async def test_a_closed_transport_opens_once_and_closes_once():
    transport = Transport()

    async with transport:
        await transport.initialize()

    assert transport.read_timeout == 12
