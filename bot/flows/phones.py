"""Phone numbers people type or hand over: read once, kept in one form."""

from __future__ import annotations

from phonenumbers import (
    NumberParseException,
    PhoneNumberFormat,
    PhoneNumberMatcher,
    PhoneNumberType,
    format_number,
    is_valid_number,
    number_type,
    parse,
)

REGION = "CN"
ANSWERED = frozenset(
    {
        PhoneNumberType.MOBILE,
        PhoneNumberType.FIXED_LINE,
        PhoneNumberType.FIXED_LINE_OR_MOBILE,
    }
)


def chinese_number(text: str) -> str:
    """A mobile or fixed number of mainland China in international form; nothing for others."""
    number = any_number(text)
    return number if number.startswith("+86") else ""


def number_in(text: str) -> str:
    """The first number of mainland China among these words, in international form, if any."""
    found = (chinese_number(match.raw_string) for match in PhoneNumberMatcher(text, REGION))
    return next((number for number in found if number), "")


def number_on_card(number: str) -> str:
    """The number of a contact card, which may leave out the plus before the country."""
    return chinese_number(number) or chinese_number(f"+{number}")


def any_number(text: str) -> str:
    """A mobile or fixed number of anywhere in international form; nothing for anything else."""
    try:
        number = parse(text, REGION)
    except NumberParseException:
        return ""
    if not is_valid_number(number) or number_type(number) not in ANSWERED:
        return ""
    return str(format_number(number, PhoneNumberFormat.E164))
