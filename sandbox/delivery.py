"""Delivers updates to the bot's webhook: each lane in order, lanes side by side, with retries."""

from __future__ import annotations

import asyncio
import random
from collections import deque
from http import HTTPStatus

import aiohttp

from sandbox.world.updates import Update
from sandbox.world.world import World

FIRST_WAIT = 2.0
LONGEST_RETRY_AFTER = 3_600.0
CAP = (60.0, 120.0)
GONE_FOR = 23 * 3_600.0
ANSWER_SECONDS = 60.0
HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Retry(Exception):
    """The delivery failed; ``after`` is how long the receiver asked to wait, if it did."""

    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.after = after


class Deliverer:
    """Takes updates from the queue while a webhook is set; one is forgotten when any 2xx came."""

    def __init__(self, world: World, tasks: asyncio.TaskGroup) -> None:
        self._world = world
        self._tasks = tasks
        self._lanes: dict[str, deque[Update]] = {}
        self._known: set[int] = set()
        self._gone_since: float | None = None

    async def run(self) -> None:
        """Deliver for ever."""
        timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout) as http:
            while True:
                if self._world.webhook.url:
                    self._sort(http)
                await self._world.queue.arrived.heard(ANSWER_SECONDS)

    def _sort(self, http: aiohttp.ClientSession) -> None:
        """Put what is new into its lane; a lane that was empty gets somebody to work on it."""
        waiting = self._world.queue.all()
        self._known &= {update.id for update in waiting}
        for update in waiting:
            if update.id in self._known:
                continue
            self._known.add(update.id)
            if (lane := self._lanes.get(update.lane)) is not None:
                lane.append(update)
                continue
            self._lanes[update.lane] = deque([update])
            self._tasks.create_task(self._work_off(update.lane, http))

    async def _work_off(self, name: str, http: aiohttp.ClientSession) -> None:
        """Deliver a lane one by one until it is empty or the webhook has changed."""
        generation = self._world.webhook.generation
        lane = self._lanes[name]
        while lane and generation == self._world.webhook.generation:
            if not await self._insist(lane[0], http, generation):
                break
            self._world.queue.remove(lane.popleft())
        self._known -= {update.id for update in lane}
        del self._lanes[name]
        if lane:
            self._world.queue.arrived.ring()

    async def _insist(self, update: Update, http: aiohttp.ClientSession, generation: int) -> bool:
        """Try until it is delivered or expired; says no when the webhook has changed."""
        wait = 0.0
        while self._world.clock.now() < update.expires:
            try:
                await self._try(update, http)
            except (Retry, aiohttp.ClientError, TimeoutError) as flaw:
                self._note(flaw)
                asked = flaw.after if isinstance(flaw, Retry) else None
                await self._pause(wait if asked is None else asked)
                wait = min(wait * 2 or FIRST_WAIT, random.uniform(*CAP))
            else:
                return True
            if generation != self._world.webhook.generation:
                return False
        return True

    async def _pause(self, seconds: float) -> None:
        """Wait on the sandbox's clock, unless the webhook changes meanwhile."""
        due = self._world.clock.now() + seconds
        webhook, clock = self._world.webhook, self._world.clock
        generation = webhook.generation
        while generation == webhook.generation and (left := due - clock.now()) > 0:
            await clock.moved.heard(left)

    async def _try(self, update: Update, http: aiohttp.ClientSession) -> None:
        """Deliver once; raises ``Retry`` unless the answer is a 2xx."""
        webhook = self._world.webhook
        headers = {"Content-Type": "application/json"}
        if webhook.secret:
            headers[HEADER] = webhook.secret
        async with http.post(webhook.url, data=update.text.encode(), headers=headers) as answer:
            if HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
                self._gone_since = None
                return
            self._gone(answer.status)
            raise Retry(wrong(answer.status, answer.reason), asked_for(answer))

    def _gone(self, status: int) -> None:
        """An address that is 410 Gone for 23 hours is given up."""
        now = self._world.clock.now()
        if status != HTTPStatus.GONE:
            self._gone_since = None
        elif self._gone_since is None:
            self._gone_since = now
        elif now - self._gone_since > GONE_FOR:
            self._world.webhook.aim("", "", self._world.webhook.connections)

    def _note(self, flaw: Exception) -> None:
        reason = str(flaw) if isinstance(flaw, Retry) else "Connection refused"
        self._world.webhook.failed(reason, self._world.clock.date())


async def deliver(world: World) -> None:
    """Deliver for ever, whenever a webhook is set."""
    async with asyncio.TaskGroup() as tasks:
        await Deliverer(world, tasks).run()


def wrong(status: int, reason: str | None) -> str:
    """The failure as ``getWebhookInfo`` words it."""
    return f"Wrong response from the webhook: {status} {reason or ''}".rstrip()


def asked_for(answer: aiohttp.ClientResponse) -> float | None:
    """How long the receiver wants us to wait, an hour at most."""
    text = answer.headers.get("Retry-After", "")
    return min(float(text), LONGEST_RETRY_AFTER) if text.isdigit() else None
