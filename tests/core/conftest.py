"""The desk keeps its promises on every store."""

from tests.storage.conftest import (
    memory_units,
    postgresql_store,
    postgresql_template,
    sqlite_store,
    sqlite_template,
    units,
)

__all__ = [
    "memory_units",
    "postgresql_store",
    "postgresql_template",
    "sqlite_store",
    "sqlite_template",
    "units",
]
