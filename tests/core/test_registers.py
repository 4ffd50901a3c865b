"""Registers are read out of the index that was made for them, and each has a title."""

from __future__ import annotations

from bot.screens.registers import TITLES
from core.registers import REGISTERS
from storage.tables import REGISTERED


def test_every_act_of_a_register_stands_in_its_index():
    actions = {action.value for register in REGISTERS for action in register.actions}

    assert {action for action in actions if f"'{action}'" not in REGISTERED} == set()


def test_every_register_has_a_title_of_its_own():
    assert {register.code for register in REGISTERS} == set(TITLES)
    assert len(set(TITLES.values())) == len(TITLES)
