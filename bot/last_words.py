"""What is told of a failure nobody caught: which and where, never what it said.

An exception's message may hold an update, an address or a token; its class and the lines it came
by are ours.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Mapping
from types import TracebackType
from typing import Any

DEEPEST = 4


def told(error: BaseException) -> str:
    """Class and place of a failure and of what caused it, those of a group each."""
    said = f"{type(error).__name__} at {frames(error)}"
    if isinstance(error, BaseExceptionGroup):
        return f"{said} [{'; '.join(told(each) for each in error.exceptions)}]"
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return said if cause is None else f"{said} after {told(cause)}"


def frames(error: BaseException) -> str:
    """Where it happened, as ``file:line`` of the innermost frames: never values or messages."""
    trace, places = error.__traceback__, []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{'/'.join(code.co_filename.split('/')[-2:])}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " < ".join(reversed(places[-DEEPEST:]))


def listen() -> None:
    """From now on, whatever ends the program or a thread is told like this."""
    sys.excepthook = _program_ended
    threading.excepthook = lambda ended: _say("thread", ended.exc_value)
    sys.unraisablehook = lambda lost: _say("unraisable", lost.exc_value)


def of_the_loop(_loop: Any, context: Mapping[str, Any]) -> None:
    """The event loop's handler for what no task was waited for."""
    _say("loop", context.get("exception"))


def _program_ended(
    kind: type[BaseException], error: BaseException, _: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    _say("ended", error)


def _say(where: str, error: BaseException | None) -> None:
    sys.stderr.write(f"CRITICAL {where} {told(error) if error else 'without an exception'}\n")
