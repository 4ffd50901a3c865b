"""Reads a request's parameters as Telegram does: from the address, a form, JSON or multipart."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, web

from sandbox.api.refusals import bad


@dataclass(frozen=True, slots=True)
class Upload:
    """A file sent along with a request."""

    name: str
    mime: str
    content: bytes

    def view(self) -> dict[str, Any]:
        """As the ledger shows an upload."""
        return {"upload": self.name, "mime": self.mime, "size": len(self.content)}


class Params(dict[str, Any]):
    """Named parameters; files sent along stand in ``uploads`` under their part's name."""

    uploads: dict[str, Upload]

    def __init__(self, values: dict[str, Any], uploads: dict[str, Upload] | None = None) -> None:
        super().__init__(values)
        self.uploads = uploads or {}

    def told(self) -> dict[str, Any]:
        """What the ledger writes down."""
        if not self.uploads:
            return self
        return {**self, **{f"file:{name}": up.view() for name, up in self.uploads.items()}}


async def parameters(request: web.Request) -> Params:
    """Everything the request says; raises ``Refused`` for a body that cannot be read."""
    values: dict[str, Any] = dict(request.query) if request.query_string else {}
    if not request.can_read_body:
        return Params(values)
    kind = request.content_type
    if kind == "multipart/form-data":
        return await from_parts(request, values)
    body = await request.read()
    if kind == "application/json":
        values.update(from_json(body))
    elif kind == "application/x-www-form-urlencoded":
        values.update(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    return Params(values)


def from_json(body: bytes) -> dict[str, Any]:
    """A JSON object's members; null ones count as absent."""
    try:
        found = json.loads(body) if body else {}
    except ValueError as flaw:
        raise bad("can't parse request body as JSON object") from flaw
    if not isinstance(found, dict):
        raise bad("expected an object as request body")
    return {key: value for key, value in found.items() if value is not None}


async def from_parts(request: web.Request, values: dict[str, Any]) -> Params:
    """Fields and files of a multipart form."""
    uploads: dict[str, Upload] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        if part.filename is None:
            values[part.name] = await part.text()
        else:
            mime = part.headers.get("Content-Type", "application/octet-stream")
            uploads[part.name] = Upload(part.filename, mime, bytes(await part.read()))
    return Params(values, uploads)
