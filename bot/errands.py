"""Runs errands one after another, outside of every transaction; what comes of them is owed.

A file is fetched, read in a child, and only then looked over in a transaction. Whoever dies on
the way leaves the errand waiting, and it is begun again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

import structlog

from bot.breach_errand import Notifier
from bot.briefs import Briefer
from bot.delivery.transport import TooMuch
from bot.delivery.verdicts import Finding, verdict
from bot.export_errand import Exporter, TooLargeToSend
from bot.patience import pause
from bot.public_digest import Digester
from bot.ranking_errand import Ranker
from bot.rooms import sweep
from bot.screens import breach, channel, exports, health, ranking, told_long_briefs, told_stats
from bot.screens import sheets as screens
from bot.screens.ruling import SHEETS
from bot.screens.saying import message_row, replying
from bot.screens.studio import Studio
from bot.screens.taps import base36
from bot.stats_errand import Statistician, language_of_asker
from bot.surroundings import Surroundings
from bot.words import speaking
from core.auditing import audits
from core.board import Board
from core.errands import Errand, ErrandKind, ErrandState, over, since_of
from core.exporting import LIVES
from core.outgoing import CONVERSATION
from core.ports import Units, Work
from core.reviewing import Review, review
from core.rulebook import Rulebook
from core.sent_sheets import NotASheet, Opens, Sent, Unfit
from core.surroundings import Outside, around

COUNTED: dict[ErrandKind, type[Briefer | Digester | Ranker]] = {
    ErrandKind.BRIEF: Briefer,
    ErrandKind.DIGEST: Digester,
    ErrandKind.RANKING: Ranker,
}
LOOK = 1.0
MOST = 10
AGAIN = (0, 5, 30, 120)  # seconds after it was asked for; after these it is given up
LARGEST = 5 << 20
WHEN_GIVEN_UP = {
    ErrandKind.SHEET: screens.not_fetched,
    ErrandKind.EXPORT: exports.failed,
    ErrandKind.STATS: told_stats.failed,
    ErrandKind.BREACH: breach.failed,
    ErrandKind.HEALTH: health.not_seen,
    ErrandKind.BRIEF: told_long_briefs.failed,
    ErrandKind.DIGEST: channel.digest_failed,
    ErrandKind.RANKING: ranking.failed,
}
log = structlog.get_logger(__name__)


class Fetching(Protocol):
    """What gets files from Telegram, and says what has no row."""

    async def fetch(self, file: str, most: int) -> bytes:
        """The content of a file; ``TooMuch`` beyond ``most`` bytes."""

    async def call(self, method: str, params: Mapping[str, Any]) -> Any:
        """Call it once."""


@dataclass(frozen=True)
class Errander:
    """``opens`` reads what was sent without being harmed by it (S14)."""

    units: Units
    studio: Studio
    administrators: frozenset[int]
    clock: Callable[[], datetime]
    voice: Fetching
    opens: Opens
    owed: Callable[[], None] = lambda: None
    surroundings: Surroundings | None = None

    async def run(self) -> None:
        """Run them until cancelled; a store out of order is waited for.

        What an export left behind that was killed in the middle is swept away first.
        """
        failures = 0
        if swept := await asyncio.to_thread(sweep):
            log.warning("exports_left_behind", folders=swept)
        while True:
            try:
                await self.once()
                failures = 0
            except Exception as error:
                failures += 1
                log.error("errands_failed", error=type(error).__name__, in_a_row=failures)
            await asyncio.sleep(pause(failures) if failures else LOOK)

    async def once(self) -> None:
        """Run what waits and may be tried now."""
        async with self.units.read() as work:
            waiting = await work.errands.waiting(MOST)
        now = self.clock()
        for errand in waiting:
            if now >= errand.at + timedelta(seconds=AGAIN[errand.tries]):
                await self._settle(errand)

    async def _settle(self, errand: Errand) -> None:
        try:
            await self._do(errand)
        except Exception as error:
            log.warning("errand_put_off", error=type(error).__name__, errand=errand.id)
            final = verdict(error).finding is Finding.MALFORMED
            await self._put_off(errand, final=final)

    async def _do(self, errand: Errand) -> None:
        if errand.kind is ErrandKind.EXPORT:
            return await self._export(errand)
        if errand.kind is ErrandKind.STATS:
            return await self._statistician().tell(errand)
        if errand.kind in COUNTED:
            await COUNTED[errand.kind](self.units, self.studio.easel).tell(errand, self.clock())
            return self.owed()
        if errand.kind is ErrandKind.BREACH:  # two persons said so: it is done, come what may
            notifier = Notifier(self.units, self.studio.easel)
            count = await notifier.notify(errand, self.clock())
            return await self._end(errand, lambda: (breach.told(count),))
        if errand.account not in self.administrators:
            return await self._end(errand)
        if errand.kind is ErrandKind.HEALTH:
            return await self._look_around(errand)
        try:
            content = await self._fetched(errand)
            hints = [errand.facts["word"], errand.facts["name"]]
            sent = await self.opens(content, words=SHEETS, hints=[h for h in hints if h])
        except (NotASheet, TooMuch) as found:
            why = found.why if isinstance(found, NotASheet) else Unfit.TOO_LARGE
            return await self._end(errand, lambda: (screens.unfit(why),))
        await self._propose(errand, sent)
        return None

    def _statistician(self) -> Statistician:
        return Statistician(
            *(self.units, self.studio, self.administrators, self.clock, self.voice, self.owed)
        )

    async def _look_around(self, errand: Errand) -> None:
        seen = await self.surroundings.look(self.voice) if self.surroundings else Outside()
        found, zone = around(seen, self.clock()), self.studio.easel.zone
        await self._end(errand, lambda: (health.report(found, zone),) if found else ())

    async def _export(self, errand: Errand) -> None:
        """To whoever still may, and not long after it was asked for."""
        async with self.units.read() as work:
            language = await language_of_asker(errand, work)
            actor = await Board(work, self.studio.rules.district).who(
                errand.account, errand.facts["name"], administrators=self.administrators
            )
        exporter = Exporter(self.units, self.studio, self.clock, self.voice, self.owed)
        with speaking(language):
            late = self.clock() - errand.at > timedelta(seconds=LIVES)
            if late or not audits(actor, self.studio.rules.district):
                return await self._over(errand, exporter, exports.failed())
            try:
                said = exports.ready(await exporter.send(errand))
            except TooLargeToSend:
                said = exports.too_large()
            except Exception as error:
                if verdict(error).finding is not Finding.UNKNOWN:
                    raise
                said = exports.doubtful()
            await self._over(errand, exporter, said)
        return None

    async def _over(self, errand: Errand, exporter: Exporter, words: str) -> None:
        async with self.units.begin() as work:
            await work.errands.save(over(errand))
        await exporter.say(errand, words)

    async def _fetched(self, errand: Errand) -> bytes:
        return await self.voice.fetch(errand.facts["file"], LARGEST)

    async def _propose(self, errand: Errand, sent: Sent) -> None:
        now = self.clock()
        async with self.units.begin() as work:
            await self.studio.rules.step(work, now)
            book = Rulebook(work, self.studio.rules)
            since = since_of(errand)
            since = since if since and since > now else None
            found = await review(book, sent, since=since, now=now)
            undo = await book.newest(sent.sheet)
            await self._tell_of(errand, sent, found, undo, work)
        self.owed()

    async def _tell_of(
        self, errand: Errand, sent: Sent, found: Review, undo: int, work: Work
    ) -> None:
        with speaking(await language_of_asker(errand, work)):
            if found.mistakes:
                told = [{"text": part} for part in screens.mistakes(found.mistakes)]
            elif found.changes.nothing:
                told = [{"text": screens.nothing_changes(sent.sheet)}]
            else:
                return await self._show(errand, sent, found, undo, work)
        await self._say(errand, told, work)
        await work.errands.save(over(errand))
        return None

    async def _show(
        self, errand: Errand, sent: Sent, found: Review, undo: int, work: Work
    ) -> None:
        data = f"{base36(int(self.clock().timestamp()))}.{base36(errand.account)}"
        screen = screens.proposal(
            found, data, errand=errand.id, chat=errand.chat, easel=self.studio.easel, undo=undo
        )
        await self._say(errand, [screen.plain()], work)
        facts = {**errand.facts, "sheet": sent.sheet, "stands_on": found.stands_on}
        proposed = replace(errand, facts=facts, text=sent.text, state=ErrandState.PROPOSED)
        await work.errands.save(proposed)

    async def _put_off(self, errand: Errand, *, final: bool) -> None:
        older = replace(errand, tries=errand.tries + 1)
        if final or older.tries >= len(AGAIN):
            return await self._end(older, lambda: (WHEN_GIVEN_UP[errand.kind](),))
        async with self.units.begin() as work:
            await work.errands.save(older)
        return None

    async def _end(
        self, errand: Errand, words: Callable[[], tuple[str, ...]] = lambda: ()
    ) -> None:
        async with self.units.begin() as work:
            with speaking(await language_of_asker(errand, work)):
                await self._say(errand, [{"text": said} for said in words()], work)
            await work.errands.save(over(errand))
        self.owed()

    async def _say(self, errand: Errand, told: list[dict[str, Any]], work: Work) -> None:
        if not errand.chat:
            return
        below = replying(errand.message) if errand.message else {}
        rows = [
            message_row(errand.chat, {**params, **below}, rank=CONVERSATION) for params in told
        ]
        await work.outbox.put(*rows, now=self.clock())
