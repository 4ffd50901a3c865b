"""Logs never tell a token, a password or somebody's number."""

from __future__ import annotations

import logging

import pytest

from bot.logs import Redacting, redacted


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
    assert "ValueError: [token]" in line
    assert "AAH" not in line
