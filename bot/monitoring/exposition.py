"""The figures as Prometheus reads them; no label ever names a person or a chat."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate

from prometheus_client import generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from bot.tally import BOUNDS, Tally
from core.load import Load

FLOODED = "flooded"


@dataclass(frozen=True, slots=True)
class Figures(Collector):
    """One scrape: what the process counted and what the store has on its hands, at ``now``."""

    tally: Tally
    load: Load
    now: datetime

    def text(self) -> bytes:
        """The answer to a scrape."""
        return generate_latest(self)

    def collect(self) -> Iterator[Metric]:
        """Every series, in order."""
        yield from self._of_the_store()
        yield from self._of_updates()
        yield from self._of_sends()
        yield from self._of_the_minute()

    def _of_the_store(self) -> Iterator[Metric]:
        load = self.load
        yield _by("inbox_updates", "Updates that are not finished, by state", load.inbox)
        yield _by("outbox_messages", "Messages that are not finished, by state", load.outbox)
        yield _gauge("outbox_oldest_seconds", "Age of the oldest undelivered message",
                     self._age(load.oldest_owed))  # fmt: skip
        yield _gauge("inbox_oldest_seconds", "Age of the oldest unhandled update",
                     self._age(load.oldest_waiting))  # fmt: skip
        dead = load.inbox.get("dead", 0) + load.outbox.get("dead", 0)
        yield _gauge("dead_letters", "Updates and messages given up", dead)
        yield _gauge("lanes_paused", "Chats that wait as a whole", load.paused_lanes)
        yield _gauge("legs_open", "Legs of calls that are not closed", load.open_legs)
        if self.tally.pending is not None:
            told = "Updates that wait at Telegram"
            yield _gauge("pending_update_count", told, self.tally.pending)

    def _of_updates(self) -> Iterator[Metric]:
        tally = self.tally
        handled = CounterMetricFamily(
            "huying_updates_handled", "Updates that had their turn", labels=["fate"]
        )
        for fate, count in tally.handled.items():
            handled.add_metric([fate], count)
        yield handled
        totals = [float(total) for total in accumulate(tally.durations)]
        names = [*(str(bound) for bound in BOUNDS), "+Inf"]
        yield HistogramMetricFamily(
            "huying_handling_seconds",
            "Time to handle one update, commit not counted",
            buckets=list(zip(names, totals, strict=True)),
            sum_value=tally.handling_seconds,
        )

    def _of_sends(self) -> Iterator[Metric]:
        sends = CounterMetricFamily(
            "huying_sends", "Answers of Telegram, by what they mean", labels=["verdict"]
        )
        for finding, count in self.tally.sends.items():
            sends.add_metric([finding], count)
        yield sends
        flooded = self.tally.sends[FLOODED]
        yield CounterMetricFamily("huying_429", "Times Telegram said: too many", value=flooded)

    def _of_the_minute(self) -> Iterator[Metric]:
        tally = self.tally
        yield CounterMetricFamily("huying_ticks", "Looks at what is due", value=tally.ticks)
        yield _gauge("tick_seconds", "How long the last tick took", tally.tick_seconds)
        if tally.last_tick is not None:
            yield _gauge("last_tick_timestamp_seconds", "When the last tick was", tally.last_tick)

    def _age(self, since: datetime | None) -> float:
        return max((self.now - since).total_seconds(), 0.0) if since else 0.0


def _gauge(name: str, told: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"huying_{name}", told, value=value)


def _by(name: str, told: str, counts: Mapping[str, int]) -> GaugeMetricFamily:
    gauge = GaugeMetricFamily(f"huying_{name}", told, labels=["state"])
    for state, count in counts.items():
        gauge.add_metric([state], count)
    return gauge
