"""Personal numbers do not reach a group; everything else does, unchanged (S10)."""

from __future__ import annotations

import pytest

from bot.screens.masking import is_bank_card, is_identity_number, masked

HIDDEN = {
    "a mobile": ("请打13812345678找我", "13812345678"),
    "a mobile with gaps": ("138 1234 5678", "138 1234 5678"),
    "a mobile with the country": ("+86 13812345678", "13812345678"),
    "a landline": ("座机020-81234567", "81234567"),
    "an identity card": ("身份证11010519491231002X。", "11010519491231002X"),
    "a bank card": ("卡号4111 1111 1111 1111", "4111 1111 1111 1111"),
}
KEPT = (
    "12345、110、400-830-8300",
    "编号 LW-260614-0037，2026年6月14日 16:30",
    "门牌 12 号 3 栋 1502 房",
    "订单号202606141234567890",
    "",
)


@pytest.mark.parametrize(("text", "number"), HIDDEN.values(), ids=HIDDEN)
def test_a_personal_number_is_starred(text: str, number: str):
    shown = masked(text)

    assert number not in shown
    assert len(shown) == len(text)


@pytest.mark.parametrize("text", KEPT)
def test_other_numbers_stay_as_they_were(text: str):
    assert masked(text) == text


def test_the_words_around_a_number_stay():
    assert masked("电话13812345678，下午在家") == "电话138******78，下午在家"


def test_to_a_caller_the_telephone_of_an_office_stays_readable():
    assert masked("调解室020-81234567", landlines=False) == "调解室020-81234567"
    assert masked("老王13812345678", landlines=False) == "老王138******78"


def test_an_identity_number_needs_its_check_digit():
    assert is_identity_number("11010519491231002X")
    assert not is_identity_number("110105194912310021")


def test_a_bank_card_needs_its_check_digit():
    assert is_bank_card("4111111111111111")
    assert not is_bank_card("4111111111111112")


@pytest.mark.parametrize("number", ["020-81881234", "+86 138 1234 5678"])
def test_a_number_among_more_digits_than_anybody_looks_at_is_starred_all_the_same(number: str):
    text = f"{'1a' * 600}，请打 {number}。"

    shown = masked(text)

    assert number not in shown
    assert len(shown) == len(text)
