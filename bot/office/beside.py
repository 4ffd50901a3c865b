"""Work of minutes, a process each: how far they are, what they bring, and one end for all."""

from __future__ import annotations

import asyncio
import signal
import traceback
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

Passed = Callable[[float], None]
Work = Callable[[Passed], Awaitable[Any]]
STARTING = get_context("spawn")  # a copy of this process would share its threads and its locks


class Failed(Exception):
    """What went wrong in another process, told as it was told there."""


class Lost(Exception):
    """A process ended without a word: somebody, or want of memory, ended it."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What a process was started for."""

    found: Any


@dataclass
class Worker:
    """Another process, as it is seen from here."""

    process: BaseProcess
    ear: Connection
    share: float = 0.0
    brought: Brought | None = None

    def hear(self) -> None:
        """Its next word; ``Failed`` or ``Lost``."""
        try:
            told = self.ear.recv()
        except EOFError:
            raise Lost from None
        match told:
            case Brought():
                self.brought = told
            case float():
                self.share = told
            case _:
                raise Failed(told)

    def end(self) -> None:
        """Whatever it is doing."""
        self.process.terminate()
        self.process.join()
        self.ear.close()


def beside(works: Sequence[Work], passed: Passed) -> list[Any]:
    """What each of these brings, in their order; ``passed`` hears how far the slowest is.

    They go to processes of their own, so they are picklable, and hear how to tell how far they
    are. None goes on once this ends, however it ends: ``Failed``, ``Lost``, or Ctrl-C.
    """
    with ExitStack() as ending:
        workers = []
        for work in works:
            workers.append(_started(work))
            ending.callback(workers[-1].end)
        while waited := {one.ear: one for one in workers if one.brought is None}:
            for ear in wait([*waited]):
                waited[ear].hear()  # type: ignore[index]
            passed(min(one.share for one in workers))
    return [one.brought.found for one in workers if one.brought]


def _started(work: Work) -> Worker:
    ear, mouth = STARTING.Pipe(duplex=False)
    process = STARTING.Process(target=_work, args=(work, mouth), daemon=True)
    with _deaf():
        process.start()
    mouth.close()
    return Worker(process, ear)


@contextmanager
def _deaf() -> Iterator[None]:
    """Who is started meanwhile never hears a Ctrl-C: whoever started it does, and ends it."""
    resource_tracker.ensure_running()  # with the first process, it would unblock (Python 3.11)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(work: Work, mouth: Connection) -> None:
    """What the other process does."""
    try:
        mouth.send(Brought(asyncio.run(work(mouth.send))))  # type: ignore[arg-type]
    except BrokenPipeError:
        return  # nobody listens any more
    except Exception:
        mouth.send(traceback.format_exc())
