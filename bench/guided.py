"""Guided steps a second on one core: residents raise calls at once, beside echo bots."""

from __future__ import annotations

from itertools import cycle

from bench.figures import Figure, beside
from bench.stage import Pace, Stage, Together, echoed, middle, paced, together
from core.agency import Agency
from tests.journeys.crowd import Crowd, Player
from tests.journeys.everybody import RESIDENTS
from tests.journeys.process import Process
from tests.journeys.raising import raise_call

AT_ONCE, ROUNDS = 64, 3
ECHOES = 12
STEPS_A_SECOND, MEGABYTES = 500, 250
SAID = (
    "我家楼下的路灯坏了三天，晚上很黑，老人不敢出门。",
    "小区门口垃圾堆了两天没有人清运，气味很大。",
    "楼上漏水，天花板都湿了，物业一直没有人来看。",
    "门口人行道上共享单车乱停，轮椅过不去。",
)


async def measure(stage: Stage) -> list[Figure]:
    """Throughput and CPU of a guided step, and of an echo by either library."""
    echoes = {name: await _echoes(stage, name) for name in ("aiogram", "ptb")}
    guided, megabytes = await _guided(stage)
    return [
        beside("guided_steps_per_second", guided.per_second, "steps/s", "mark", STEPS_A_SECOND),
        *told("guided", guided),
        *[figure for name, echo in echoes.items() for figure in _rivalry(guided, name, echo)],
        beside("rss_mb", megabytes, "MB", "mark", MEGABYTES),
    ]


async def _echoes(stage: Stage, library: str) -> Pace:
    async with stage.echo(library) as bot, Crowd.gathered(stage.sandbox.url) as crowd:
        people = residents(crowd)
        return middle(
            await paced(bot, ROUNDS, lambda: together(*(echoed(p, ECHOES) for p in people)))
        )


async def _guided(stage: Stage) -> tuple[Pace, float]:
    async with stage.service() as bot:
        return await rounds_of(stage, bot), bot.rss / 1e6


async def rounds_of(stage: Stage, bot: Process | Together) -> Pace:
    """What it did while everybody raised calls at once, the middle of some rounds."""
    async with Crowd.gathered(stage.sandbox.url) as crowd:
        people, places = residents(crowd), cycle(stage.communities)

        async def everybody_raises() -> int:
            said = zip(people, cycle(SAID), places, strict=False)
            return await together(*(steps(p, text, place, p.id % 3) for p, text, place in said))

        return middle(await paced(bot, ROUNDS, everybody_raises))


def residents(crowd: Crowd, many: int = AT_ONCE) -> list[Player]:
    """So many of those who live here."""
    return [crowd.player(RESIDENTS + n) for n in range(many)]


async def steps(player: Player, text: str, place: Agency, way: int) -> int:
    """Raise a call; how many updates that took."""
    return (await raise_call(player, text, place, way=way)).updates


def told(name: str, pace: Pace, unit: str = "steps") -> list[Figure]:
    """What one of the bots needs of its processor."""
    return [
        Figure(f"{name}_cpu_ms", pace.cpu_ms, "ms"),
        Figure(f"{name}_{unit}_per_core_second", 1000 / pace.cpu_ms, f"{unit}/s"),
        Figure(f"{name}_core_busy", pace.busy * 100, "%"),
    ]


def _rivalry(guided: Pace, name: str, echo: Pace) -> list[Figure]:
    ratio = echo.cpu_ms / guided.cpu_ms
    baseline = f"{name}_echoes_per_core_second"
    return [
        Figure(f"{name}_echoes_per_second", echo.per_second, "echoes/s"),
        *told(name, echo, "echoes"),
        Figure(f"guided_vs_{name}_echo", ratio, "steps per echo", baseline, ratio),
    ]
