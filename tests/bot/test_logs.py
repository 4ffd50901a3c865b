"""Logs never tell a token, a password or somebody's number."""

from __future__ import annotations

import logging
import subprocess
import sys

import pytest

from bot.logs import Redacting, redacted
from tests.people import ROOT


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("POST /bot123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw/getMe", "POST /bot[token]/getMe"),
        ("来电 13800138000。", "来电 [phone]。"),
        ("+86 138-0013-8000", "[phone]"),
        ("postgresql://me:secret@db/huying", "postgresql://[secret]@db/huying"),
        ("update 913800138000123", "update 913800138000123"),
        ("nothing to hide", "nothing to hide"),
    ],
)
def test_what_must_not_be_told_is_taken_out(text, expected):
    assert redacted(text) == expected


def test_arguments_and_tracebacks_are_cleaned_as_well():
    try:
        raise ValueError("123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw")
    except ValueError as error:
        trace = (ValueError, error, error.__traceback__)
    record = logging.LogRecord("x", 40, "x", 1, "call %s", ("13800138000",), trace)

    Redacting().filter(record)
    line = logging.Formatter().format(record)

    assert "call [phone]" in line
    assert "ValueError at bot/test_logs.py:" in line
    assert "AAH" not in line


@pytest.mark.parametrize(
    "end", ["raise error", "sys.exit(main())", "threaded(error)", "loop(error)"]
)
def test_what_ends_a_program_is_told_without_its_words(end):
    code = f"""
import asyncio, sys, threading
from bot import last_words
last_words.listen()
error = ExceptionGroup("林阿姨", [ValueError("13800138000")])
def main():
    raise error from KeyError("三号楼")
def threaded(error):
    thread = threading.Thread(target=main)
    thread.start()
    thread.join()
def loop(error):
    async def lose():
        asyncio.get_running_loop().set_exception_handler(last_words.of_the_loop)
        asyncio.get_running_loop().call_exception_handler({{"message": "林", "exception": error}})
    asyncio.run(lose())
{end}
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)

    assert "ExceptionGroup at" in done.stderr
    assert "ValueError" in done.stderr
    assert not any(word in done.stderr for word in ("林", "1380", "三号楼", "Traceback"))
