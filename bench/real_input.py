"""The 600 real messages, from first words to a rated and closed call: how many, how fast."""

from __future__ import annotations

from time import perf_counter

from bench.figures import Figure, beside
from bench.stage import PEOPLE, Stage
from tests.journeys import real_input
from tests.journeys.crowd import Crowd

AT_ONCE = 40


async def measure(stage: Stage) -> list[Figure]:
    """Calls closed with every word unchanged, calls a second, and CPU for each update."""
    file = real_input.found()
    if file is None:
        print(f"real_input: {real_input.FILE} is not here; TESTS_DATA names its folder")
        return []
    matters = real_input.matters(file, stage.communities)
    async with stage.service() as bot, Crowd.gathered(stage.sandbox.url) as crowd:
        began, used = perf_counter(), bot.cpu
        played = await real_input.play(crowd, matters, residents=PEOPLE, at_once=AT_ONCE)
        seconds, spent = perf_counter() - began, bot.cpu - used
    closed = sum(one.unchanged for one in played)
    return [
        beside("real_input_closed", closed, "calls", f"{len(matters)} messages", len(matters)),
        Figure("real_input_calls_per_second", len(played) / seconds, "calls/s"),
        Figure("real_input_updates_per_second", crowd.acts / seconds, "updates/s"),
        Figure("real_input_cpu_ms_per_update", spent * 1000 / crowd.acts, "ms"),
    ]
