"""Imports aiogram without building its six hundred validators: each is built when it is needed.

Measured here: 1.8 instead of 4.9 s, and 56 instead of 165 MB (``docs/decisions/0004``). It works
around aiogram 3.31, whose ``aiogram.types`` builds every model at import; it ends when aiogram
sets pydantic's ``defer_build`` by itself.

A model that aiogram makes holds its bot. Pydantic 2.13 puts a function of its own for that over
each class, and calls those of all classes above it: a third of the decoding of an update. Here
one does it; that ends when pydantic calls one.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from pydantic import BaseModel

REBUILD = BaseModel.__dict__["model_rebuild"]


def import_aiogram() -> None:
    """Must come before the first ``import aiogram`` of the process; later it does nothing."""
    if "aiogram" in sys.modules:
        return
    namespace: dict[str, Any] = {}
    with _deferring(namespace):
        import aiogram.methods
        import aiogram.types
        from aiogram.client.context_controller import BotContextController
        from aiogram.methods.base import Response
    for base in (aiogram.types.TelegramObject, aiogram.methods.TelegramMethod, Response):
        _build_on_demand(base, namespace)
    for model in _below(BotContextController):
        if [*model.__private_attributes__] == ["_bot"]:
            model.model_post_init = _hold_its_bot  # type: ignore[method-assign]


def warm_up() -> None:
    """Build what every update needs, so that the first person to write waits for nothing."""
    from aiogram.methods import AnswerCallbackQuery, EditMessageText, SendMessage
    from aiogram.types import Update

    for model in (Update, SendMessage, EditMessageText, AnswerCallbackQuery):
        model.model_rebuild()


@contextmanager
def _deferring(namespace: dict[str, Any]) -> Iterator[None]:
    """New models defer their building; an order to build one only leaves its names behind."""

    def note(cls: type[BaseModel], /, *, _types_namespace: Any = None, **_: Any) -> None:
        namespace.update(_types_namespace or {})

    BaseModel.model_config["defer_build"] = True
    BaseModel.model_rebuild = classmethod(note)  # type: ignore[assignment]
    try:
        yield
    finally:
        BaseModel.model_rebuild = REBUILD  # type: ignore[method-assign]
        del BaseModel.model_config["defer_build"]


def _build_on_demand(base: type[BaseModel], namespace: Mapping[str, Any]) -> None:
    """Whenever pydantic builds one of these, it finds the names that aiogram would have given."""

    def rebuild(
        cls: type[BaseModel],
        /,
        *,
        _types_namespace: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> bool | None:
        names = _types_namespace or namespace
        built: bool | None = REBUILD.__func__(cls, _types_namespace=names, **options)
        return built

    base.model_rebuild = classmethod(rebuild)  # type: ignore[assignment]


def _below(base: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for model in base.__subclasses__():
        yield model
        yield from _below(model)


def _hold_its_bot(model: BaseModel, context: Mapping[str, Any] | None, /) -> None:
    """As ``BotContextController.model_post_init``, with the private attributes it needs."""
    bot = context.get("bot") if context else None
    object.__setattr__(model, "__pydantic_private__", {"_bot": bot})
