"""Runs the revisions: on the caller's connection, or on the database named outside."""

from __future__ import annotations

import os
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, create_engine
from sqlmodel import SQLModel

from storage import (  # noqa: F401 - they describe the tables
    tables,
    tables_desk,
    tables_office,
    traffic,
)
from storage.engine import address_of
from storage.moment import Moment


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Write our column type the way a revision can import it."""
    if kind != "type" or not isinstance(item, Moment):
        return False
    autogen.imports.add("from storage.moment import Moment")
    return "Moment()"


def run(connection: Connection) -> None:
    """Every revision that is missing, in the transaction of the caller if there is one."""
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_item=render_item,
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()


def url() -> str:
    """The database named on the command line or in the environment."""
    named = context.get_x_argument(as_dictionary=True).get("url")
    return named or os.environ["HUYING_STORAGE__URL"]


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    engine = create_engine(address_of(url()), hide_parameters=True)
    with engine.begin() as connection:
        run(connection)
    engine.dispose()
