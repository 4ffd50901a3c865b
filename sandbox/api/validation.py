"""Checks a request against aiogram's model of the method, and refuses what no method knows."""

from __future__ import annotations

import json
import types
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Union, get_args, get_origin

import aiogram.methods
from aiogram.methods import TelegramMethod
from aiogram.types import InputFile
from pydantic import ValidationError

from sandbox.api.parsing import Params
from sandbox.api.refusals import Refused, bad

TRUE = frozenset({"true", "1", "yes"})
FALSE = frozenset({"false", "0", "no", ""})
MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "user_id": "invalid user_id specified",
}
ABSENT_IS = {"setWebhook": {"url": ""}}
Reader = Callable[[str, Any], Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """How to read one method's parameters."""

    model: type[TelegramMethod[Any]]
    readers: dict[str, Reader]


def flag(name: str, value: Any) -> bool:
    """A yes or no, also in words."""
    if isinstance(value, bool):
        return value
    word = str(value).lower()
    if word in TRUE or word in FALSE:
        return word in TRUE
    raise bad(f'parameter "{name}" must be a boolean')


def whole(name: str, value: Any) -> int:
    """A whole number, also as a string."""
    try:
        return int(value)
    except (TypeError, ValueError) as flaw:
        raise bad(f'parameter "{name}" must be an integer') from flaw


def decimal(name: str, value: Any) -> float:
    """A number, also as a string."""
    try:
        return float(value)
    except (TypeError, ValueError) as flaw:
        raise bad(f'parameter "{name}" must be a number') from flaw


def words(_name: str, value: Any) -> str:
    """A string; other plain values are taken by their spelling, as Telegram does."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def chat_or_name(_name: str, value: Any) -> int | str:
    """A chat's number, or its @name."""
    if isinstance(value, int):
        return value
    text = str(value).strip()
    return int(text) if text.lstrip("-").isdigit() else text


def structure(name: str, value: Any) -> Any:
    """An object or a list; in a form it comes as JSON."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError as flaw:
        raise bad(f"can't parse {name.replace('_', ' ')} JSON object") from flaw


def anything(_name: str, value: Any) -> Any:
    """A file: an id, an address, or ``attach://`` and the part's name."""
    return value


def reader(annotation: Any) -> Reader:
    """Which of the readers a parameter of that type needs."""
    kinds = set(options(annotation))
    if InputFile in kinds:
        return anything
    if {int, str} <= kinds:
        return chat_or_name
    for kind, read in ((bool, flag), (float, decimal), (int, whole), (str, words)):
        if kind in kinds:
            return read
    return structure


def options(annotation: Any) -> tuple[Any, ...]:
    """The members of a union, or the one type."""
    if get_origin(annotation) in (Union, types.UnionType):
        return get_args(annotation)
    return (annotation,)


@cache
def plan(name: str) -> Plan:
    """The plan of a method by its proper name; made once."""
    model: type[TelegramMethod[Any]] = getattr(aiogram.methods, name[0].upper() + name[1:])
    model.model_rebuild()
    return Plan(model, {k: reader(f.annotation) for k, f in model.model_fields.items()})


def checked(name: str, given: Params) -> Params:
    """The parameters with their proper types; raises ``Refused`` for anything else."""
    chosen = plan(name)
    read: dict[str, Any] = dict(ABSENT_IS.get(name, ()))
    for key, value in given.items():
        if (take := chosen.readers.get(key)) is None:
            raise bad(f'unknown parameter "{key}" of {name}')
        read[key] = take(key, value)
    for key in given.uploads.keys() & chosen.readers.keys():
        read[key] = f"attach://{key}"
    try:
        chosen.model.model_validate(read)
    except ValidationError as flaw:
        raise in_words(flaw) from flaw
    return Params(read, given.uploads)


def in_words(flaw: ValidationError) -> Refused:
    """The first thing wrong, in Telegram's words where it has some."""
    first = flaw.errors(include_url=False, include_context=False, include_input=False)[0]
    name = str(first["loc"][0]) if first["loc"] else "request"
    if first["type"] == "missing" and len(first["loc"]) == 1:
        return bad(MISSING.get(name, f'parameter "{name}" is required'))
    where = ".".join(str(step) for step in first["loc"])
    return bad(f'parameter "{where}" is invalid: {first["msg"].lower()}')
