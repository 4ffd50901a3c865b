"""python-telegram-bot's requests over aiohttp: a quarter of the CPU that its httpx takes."""

from __future__ import annotations

from typing import Any
from urllib.request import getproxies_environment

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.wire_json import encoded, loads
from core.failpoints import failpoint

TOTAL, CONNECT = 12.0, 5.0
USUAL = aiohttp.ClientTimeout(total=TOTAL, connect=CONNECT)
FOR_FILES = aiohttp.ClientTimeout(total=120.0, connect=CONNECT)  # up to 50 MB
CONNECTIONS = 16
OK = 200


class TooMuch(Exception):
    """A file is larger than was allowed for."""


def behind_a_proxy() -> bool:
    """Whether the environment names one; aiohttp would look at every request, in threads."""
    return bool(getproxies_environment())


class Transport(BaseRequest):
    """A small pool of kept connections; 12 s in all, 5 s to connect, whatever callers ask for.

    What carries a file may take two minutes.
    The cause of a ``NetworkError`` is the aiohttp error: verdicts look at it.
    """

    def __init__(self, connections: int = CONNECTIONS) -> None:
        self._connections = connections
        self._client: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds an answer may take."""
        return TOTAL

    async def initialize(self) -> None:
        """Open the pool; a second time changes nothing."""
        if self._client is None:
            self._client = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=30),
                timeout=USUAL,
                cookie_jar=aiohttp.DummyCookieJar(),
                # Answers are small. Headers given are cheaper than some to be left out.
                headers={"User-Agent": self.USER_AGENT, "Accept-Encoding": "identity"},
                trust_env=behind_a_proxy(),
            )

    async def shutdown(self) -> None:
        """Close the pool."""
        if self._client is not None:
            await self._client.close()
            self._client = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *_timeouts: Any,
        **_more_timeouts: Any,
    ) -> tuple[int, bytes]:
        """Ask once; gives the status and the body."""
        if self._client is None:
            raise NetworkError("the transport is not open")
        body = _body(request_data) if request_data else None
        longer = FOR_FILES if isinstance(body, aiohttp.FormData) else USUAL
        try:
            async with self._client.request(method, url, data=body, timeout=longer) as answer:
                return answer.status, await answer.read()
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientError as error:
            raise NetworkError(type(error).__name__) from error

    async def fetch(self, url: str, most: int) -> bytes:
        """The file at an address of Telegram's; ``TooMuch`` as soon as it is more than ``most``.

        Nothing of the address, which holds the token, is told by any error.
        """
        if self._client is None:
            raise NetworkError("the transport is not open")
        content = bytearray()
        try:
            async with self._client.get(url, allow_redirects=False) as answer:
                if answer.status != OK:
                    raise NetworkError(f"the file was not given ({answer.status})")
                async for block in answer.content.iter_chunked(1 << 16):
                    content += block
                    failpoint("P15")
                    if len(content) > most:
                        raise TooMuch
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientError as error:
            raise NetworkError(type(error).__name__) from None
        return bytes(content)

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as plain values; the library's own error where it is no JSON."""
        try:
            answer: dict[str, Any] = loads(payload)
        except ValueError:
            return BaseRequest.parse_json_payload(payload)
        return answer


def _body(request_data: RequestData) -> Any:
    if not request_data.contains_files:
        said = encoded(request_data.parameters)
        return aiohttp.BytesPayload(said, content_type="application/json")
    # Or a Chinese name of a file would arrive as %E6%97%A5.
    form = aiohttp.FormData(request_data.json_parameters, quote_fields=False)
    for name, (file_name, content, mime) in (request_data.multipart_data or {}).items():
        form.add_field(name, content, filename=file_name, content_type=mime)
    return form
