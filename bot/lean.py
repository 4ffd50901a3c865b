"""Imports aiogram without building its six hundred validators: each is built when it is needed.

Measured here: 1.8 instead of 4.9 s, and 56 instead of 165 MB (``docs/decisions/0004``). It works
around aiogram 3.31, whose ``aiogram.types`` builds every model at import; it ends when aiogram
sets pydantic's ``defer_build`` by itself.
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
        from aiogram.methods.base import Response
    for base in (aiogram.types.TelegramObject, aiogram.methods.TelegramMethod, Response):
        _build_on_demand(base, namespace)


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
