"""Brings service processes into being at little cost: everything is imported once, then forked.

``python -m tests.storms.nursery SOCKET`` imports what the service needs and waits. Each asking
is a connection that brings a wish (JSON) and two files, for standard output and error; the answer
is the number of the new process with a handle on it (pidfd), and its exit code when it has ended.
A child runs the very entry of ``huying run``, in an environment of its own; before the fork there
is no thread, no event loop and no open database here. Ends, its children killed, when its
standard input closes.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import Any, NoReturn

import core.failpoints
import core.leases

LARGEST = 1 << 16
Born = dict[str, Any]


class Deferred:
    """Stands for the failpoint where it is imported; a child arms it by its own wish."""

    def __init__(self) -> None:
        self.come_by: Callable[[str], None] = core.failpoints.armed("", os._exit)

    def __call__(self, name: str) -> None:
        self.come_by(name)


class Nursery:
    """Answers one asking after the other, and tells of every end."""

    def __init__(self, door: socket.socket) -> None:
        self.door = door
        self.poll = select.poll()
        self.children: dict[int, tuple[int, socket.socket]] = {}
        self.poll.register(door, select.POLLIN)
        self.poll.register(sys.stdin.fileno(), select.POLLIN)

    def tend(self) -> Born | None:
        """Until it is over (None), or, in a child, what it was born for."""
        while True:
            for file, _ in self.poll.poll():
                if file == sys.stdin.fileno():
                    return self._end()
                if file in self.children:
                    self._bury(file)
                elif (born := self._bear()) is not None:
                    return born

    def _bear(self) -> Born | None:
        asking, _ = self.door.accept()
        told, files, _, _ = socket.recv_fds(asking, LARGEST, 2)
        pid = os.fork()
        if pid:
            handle = os.pidfd_open(pid)
            self.children[handle] = pid, asking
            self.poll.register(handle, select.POLLIN)
            for file in files:
                os.close(file)
            socket.send_fds(asking, [f"{pid}\n".encode()], [handle])
            return None
        os.dup2(files[0], 1)
        os.dup2(files[1], 2)
        for file in files:
            os.close(file)
        self._let_go(asking)
        return dict(json.loads(told))

    def _let_go(self, asking: socket.socket) -> None:
        asking.close()
        self.door.close()
        for handle, (_, other) in self.children.items():
            os.close(handle)
            other.close()
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)

    def _bury(self, handle: int) -> None:
        pid, asking = self.children.pop(handle)
        self.poll.unregister(handle)
        os.close(handle)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        with suppress(BrokenPipeError), asking:
            asking.sendall(f"{code}\n".encode())

    def _end(self) -> None:
        for pid, _ in self.children.values():
            os.kill(pid, signal.SIGKILL)


NEEDED = (
    *("bot.app", "bot.assembly", "bot.cli", "bot.office.copies"),
    *("storage.backup", "storage.postgres", "storage.restore", "storage.sqlite"),
    *("aiohttp.web", "httpcore", "psycopg", "sqlalchemy.dialects.postgresql.psycopg"),
    *("sqlalchemy.dialects.sqlite.pysqlite", "alembic.command"),
)


def import_everything(failpoint: Deferred) -> None:
    """What ``huying run`` imports until it is ready; nothing of it starts anything."""
    core.failpoints.failpoint = failpoint
    from bot.lean import import_aiogram, warm_up

    import_aiogram()
    for name in NEEDED:
        import_module(name)
    warm_up()


def live(born: Born, failpoint: Deferred) -> NoReturn:
    """Be the service: the same entry as the command line's."""
    os.environ.clear()
    os.environ.update(born["environment"])
    sys.argv = ["huying", *born["arguments"]]
    wish = os.environ.get(core.failpoints.VARIABLE, "")
    failpoint.come_by = core.failpoints.armed(wish, os._exit)
    from bot.cli import main

    sys.exit(main())


def run(place: str, leads: float, carries: float) -> None:
    """Import, open the door, tend; a child never comes back here."""
    core.leases.LEADS, core.leases.CARRIES = leads, carries
    failpoint = Deferred()
    import_everything(failpoint)
    gc.collect()
    gc.freeze()
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(place)
        door.listen()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        born = Nursery(door).tend()
    if born is not None:
        live(born, failpoint)


if __name__ == "__main__":
    run(sys.argv[1], float(sys.argv[2]), float(sys.argv[3]))
