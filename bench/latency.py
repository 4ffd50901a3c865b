"""How long one person waits: from their act to the answer leaving, beside a bare echo.

Telegram's side is the sandbox's: an act begins when it is sent there, an answer left when its
request reached the sandbox, as the ledger says. The commit in between is durable.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from itertools import cycle
from statistics import median, quantiles

from bench.figures import Figure, beside
from bench.guided import SAID, residents
from bench.stage import Stage, echoed
from tests.journeys.crowd import Crowd, Json, Player
from tests.journeys.raising import raise_call

CALLS, ECHOES, WARM = 40, 200, 10
P99_MS = 15
QUIET = ("answerCallbackQuery", "setMyCommands")
Acts = Callable[[list[Player]], Awaitable[object]]


async def measure(stage: Stage) -> list[Figure]:
    """Milliseconds of a guided step and of an aiogram echo, for a single user."""
    async with stage.echo("aiogram"):
        echo = await _alone(stage, lambda people: echoed(people[0], ECHOES))
    async with stage.service():
        guided = await _alone(stage, _raises(stage))
    return [
        Figure("aiogram_echo_p50_ms", median(echo), "ms"),
        beside("first_answer_p50_ms", median(guided), "ms", "aiogram_echo_p50_ms", median(echo)),
        beside("first_answer_p99_ms", quantiles(guided, n=100)[98], "ms", "mark", P99_MS),
    ]


def _raises(stage: Stage) -> Acts:
    async def raises(people: list[Player]) -> None:
        said = zip(people, cycle(SAID), stage.communities, strict=False)
        for n, (player, text, place) in enumerate(said):
            await raise_call(player, text, place, way=n % 3)

    return raises


async def _alone(stage: Stage, acts: Acts) -> list[float]:
    """Let residents act, one after another; the milliseconds each act waited for its answer."""
    before = (await stage.sandbox.get("/ledger", after=1 << 60))["last"]
    async with Crowd.gathered(stage.sandbox.url) as crowd:
        people = residents(crowd, CALLS)
        await acts(people)
    rows = await stage.sandbox.ledger(after=before)
    return [wait for player in people for wait in waits(player, rows)][WARM:]


def waits(player: Player, rows: list[Json]) -> list[float]:
    """For every act the milliseconds until the first message or edit reached the sandbox."""
    found, left = [], iter([at(row) for row in rows if speaks_to(row, player.chat)])
    for began in player.acted:
        answer = next((moment for moment in left if moment > began), None)
        if answer is not None:
            found.append((answer - began) * 1000)
    return found


def speaks_to(row: Json, chat: int) -> bool:
    """Whether the request shows something in that chat."""
    return row["method"] not in QUIET and row["params"].get("chat_id") in (chat, str(chat))


def at(row: Json) -> float:
    """When the request arrived, in seconds since 1970."""
    return datetime.fromisoformat(row["at"]).timestamp() - row["ms"] / 1000
