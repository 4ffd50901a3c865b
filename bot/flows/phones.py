"""Phone numbers people type or hand over: read once, kept in one form."""

from __future__ import annotations

from phonenumbers import (
    NumberParseException,
    PhoneNumberFormat,
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


def any_number(text: str) -> str:
    """A mobile or fixed number of anywhere in international form; nothing for anything else."""
    try:
        number = parse(text, REGION)
    except NumberParseException:
        return ""
    if not is_valid_number(number) or number_type(number) not in ANSWERED:
        return ""
    return str(format_number(number, PhoneNumberFormat.E164))
