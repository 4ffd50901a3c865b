"""Faults on demand strike the right requests, as often as they should."""

from __future__ import annotations

import httpx
import pytest

from tests.people import Json, Person, Sandbox


@pytest.fixture
async def lin(sandbox: Sandbox) -> Person:
    return await sandbox.person("林阿姨", started=True)


async def send(sandbox: Sandbox, chat: int, text: str = "好") -> Json:
    return await sandbox.bot("sendMessage", chat_id=chat, text=text)


REFUSALS = [
    ("429", 429, "Too Many Requests: retry after 3"),
    ("500", 500, "Internal Server Error: restart"),
    ("400", 400, "Bad Request: the sandbox was told to refuse this"),
    ("401", 401, "Unauthorized"),
    ("403_blocked", 403, "Forbidden: bot was blocked by the user"),
    ("403_kicked", 403, "Forbidden: bot was kicked from the group chat"),
    ("chat_not_found", 400, "Bad Request: chat not found"),
    ("edit_not_found", 400, "Bad Request: message to edit not found"),
    ("thread_not_found", 400, "Bad Request: message thread not found"),
]


@pytest.mark.parametrize(("kind", "code", "sentence"), REFUSALS)
async def test_a_fault_refuses_and_nothing_is_sent(
    sandbox: Sandbox, lin: Person, kind: str, code: int, sentence: str
) -> None:
    await sandbox.fault(kind)

    answer = await send(sandbox, lin.id)

    assert (answer["error_code"], answer["description"]) == (code, sentence)
    assert len(await lin.messages()) == 1


@pytest.mark.parametrize(
    ("kind", "delivered"), [("refuse", 0), ("drop_before", 0), ("drop_after", 1)]
)
async def test_a_cut_connection_says_nothing_of_what_was_done(
    sandbox: Sandbox, lin: Person, kind: str, delivered: int
) -> None:
    await sandbox.fault(kind, method="sendMessage")

    with pytest.raises(httpx.TransportError):
        await send(sandbox, lin.id)

    assert len(await lin.messages()) == 1 + delivered


async def test_a_timeout_holds_the_answer_back_though_it_is_done(
    sandbox: Sandbox, lin: Person
) -> None:
    await sandbox.fault("timeout")
    path = f"/bot{sandbox.token}/sendMessage"

    with pytest.raises(httpx.ReadTimeout):
        await sandbox.http.post(path, json={"chat_id": lin.id, "text": "好"}, timeout=0.2)

    assert (await lin.sees("好")).id == 2


async def test_half_an_answer_is_no_json(sandbox: Sandbox, lin: Person) -> None:
    await sandbox.fault("bad_json")

    with pytest.raises(ValueError, match=r"Expecting|Unterminated"):
        await send(sandbox, lin.id)


async def test_a_gateway_answers_in_html(sandbox: Sandbox) -> None:
    await sandbox.fault("502")

    answer = await sandbox.http.get(f"/bot{sandbox.token}/getMe")

    assert (answer.status_code, answer.headers["Content-Type"]) == (502, "text/html")


async def test_a_migration_moves_the_group_without_a_word(sandbox: Sandbox) -> None:
    group = await sandbox.group("东风社区")
    await sandbox.fault("migrate", chat=group.id, count=1)
    before = await sandbox.pending()

    answer = await send(sandbox, group.id)

    moved = answer["parameters"]["migrate_to_chat_id"]
    assert (await send(sandbox, moved))["ok"]
    assert await sandbox.pending() == before


async def test_a_fault_strikes_its_chat_and_method_so_often(sandbox: Sandbox, lin: Person) -> None:
    zhou = await sandbox.person("周伯", started=True)
    await sandbox.fault("500", method="sendMessage", chat=lin.id, count=2)

    answers = [await send(sandbox, chat) for chat in (zhou.id, lin.id, lin.id, lin.id)]

    assert [answer["ok"] for answer in answers] == [True, False, False, True]
    assert (await sandbox.bot("getMe"))["ok"]


async def test_a_fault_of_all_methods_leaves_polling_alone(sandbox: Sandbox) -> None:
    await sandbox.fault("500")

    answers = [await sandbox.bot(method) for method in ("getUpdates", "getMe")]

    assert [answer["ok"] for answer in answers] == [True, False]


async def test_a_fault_without_probability_never_strikes(sandbox: Sandbox) -> None:
    await sandbox.fault("500", probability=0)

    answer = await sandbox.bot("getMe")

    assert answer["ok"]


async def test_faults_are_taken_back(sandbox: Sandbox) -> None:
    await sandbox.fault("500")
    await sandbox.no_faults()

    answer = await sandbox.bot("getMe")

    assert answer["ok"]


async def test_a_download_can_fail_too(sandbox: Sandbox, lin: Person) -> None:
    photo = await lin.sends_photo()
    file = await sandbox.bot("getFile", file_id=photo.raw["photo"][0]["file_id"])
    path = f"/file/bot{sandbox.token}/{file['result']['file_path']}"
    await sandbox.fault("500", method="download", count=1)

    answers = [await sandbox.http.get(path) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [500, 200]
    assert answers[1].content.startswith(b"\x89PNG")


async def test_the_ledger_tells_what_came_of_each_request(sandbox: Sandbox, lin: Person) -> None:
    mark = (await sandbox.get("/ledger", after=1 << 40))["last"]
    await send(sandbox, lin.id)
    await sandbox.fault("429", count=1)
    await send(sandbox, lin.id)

    rows = await sandbox.ledger("sendMessage", after=mark)

    assert [row["status"] for row in rows] == [200, 429]
    assert (rows[1]["fault"], rows[1]["params"]) == ("429", {"chat_id": lin.id, "text": "好"})
