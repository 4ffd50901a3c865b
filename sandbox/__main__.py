"""Starts the sandbox: ``python -m sandbox --port P [--seed FILE] [--token T] [--with-parent]``."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import sys
from pathlib import Path

from sandbox.delivery import deliver
from sandbox.server import listen
from sandbox.world.ring import Json
from sandbox.world.seed import begin
from sandbox.world.world import World

TOKEN = "7000000001:AAH-huying-sandbox-made-up-token-00"  # noqa: S105 - made up, opens only this


def wishes(arguments: list[str] | None = None) -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=8765, help="0 picks a free one")
    parser.add_argument("--seed", type=Path, help="JSON file with people and chats")
    parser.add_argument("--token", default=TOKEN, help="the bot's token")
    parser.add_argument(
        "--with-parent", action="store_true", help="end when standard input is closed"
    )
    return parser.parse_args(arguments)


async def run(port: int, token: str, seed: Json, *, with_parent: bool = False) -> None:
    """Serve until told to stop (SIGTERM, SIGINT), or until whoever started us is gone."""
    world = World(token)
    begin(world, seed)
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    if with_parent:
        _stops_with_input(stop)
    runner, found = await listen(world, port)
    sys.stdout.write(f"huying sandbox listening on http://127.0.0.1:{found}\n")
    sys.stdout.flush()
    async with asyncio.TaskGroup() as tasks:
        delivering = tasks.create_task(deliver(world))
        await stop.wait()
        delivering.cancel()
    await runner.cleanup()


def _stops_with_input(stop: asyncio.Event) -> None:
    """The other end of a pipe is closed by the system, however its owner ended, kill -9 too."""
    loop, end = asyncio.get_running_loop(), sys.stdin.fileno()

    def look() -> None:
        if not os.read(end, 1024):
            loop.remove_reader(end)
            stop.set()

    loop.add_reader(end, look)


def main() -> None:
    """The command line."""
    asked = wishes()
    seed = json.loads(asked.seed.read_text(encoding="utf-8")) if asked.seed else {}
    try:
        asyncio.run(run(asked.port, asked.token, seed, with_parent=asked.with_parent))
    except OSError as flaw:
        sys.exit(f"the sandbox cannot listen on port {asked.port}: {flaw.strerror}")


if __name__ == "__main__":
    main()
