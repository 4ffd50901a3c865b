"""How values go to PostgreSQL and come back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import orjson
from psycopg import adapters
from psycopg.adapt import AdaptersMap, Dumper
from psycopg.types.json import Json, set_json_loads

from storage.engine import to_json


class Untyped(Dumper):
    """In words: the statement itself tells the server of what type they are.

    psycopg would name the smallest type that holds a number, and none for ``None``, so that a
    statement would be prepared anew for every mixture of them.
    """

    def dump(self, obj: Any) -> bytes:
        """The words."""
        return str(obj).encode()


class UntypedJson(Dumper):
    """JSON, as the columns of every database have it."""

    def dump(self, obj: Json) -> bytes:
        """The text."""
        return to_json(obj.obj).encode()


def ours() -> AdaptersMap:
    """What every connection is given."""
    found = AdaptersMap(adapters)
    for kind in (int, bool, datetime):
        found.register_dumper(kind, Untyped)
    found.register_dumper(Json, UntypedJson)
    set_json_loads(orjson.loads, found)
    return found
