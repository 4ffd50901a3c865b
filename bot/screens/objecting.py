"""Not content with a hold: the question, and what becomes of the answer."""

from __future__ import annotations

from aiogram.utils.formatting import Bold, Text

from bot.screens.screen import Screen
from bot.words import _


def asks(number: str) -> Screen:
    """What is wrong with the plan?"""
    return Screen(
        Text(
            Bold(number),
            _(" 对挂账的计划有什么意见？请打字告诉我，会原样转给同意挂账的上级单位。"),
        )
    )


def passed_on(number: str) -> Screen:
    """Those who agreed to it will read it."""
    told = _(" 您的意见已转给上级单位。区里认为现在就能办的，会责成恢复办理，到时告诉您。")
    return Screen(Text(Bold(number), told))


def left() -> Screen:
    """Nothing said."""
    return Screen(Text(_("好的，没有转出任何话。")))
