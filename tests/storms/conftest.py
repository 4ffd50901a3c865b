"""Tells at the end of a run what was found of each invariant, in one line each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.storage.conftest import (
    postgresql_store,
    postgresql_template,
    sqlite_store,
    sqlite_template,
    store,
)
from tests.storms import tallying
from tests.storms.born import Nursery, nursery_opened

__all__ = [
    "postgresql_store",
    "postgresql_template",
    "sqlite_store",
    "sqlite_template",
    "store",
]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Where a module names its ``INVARIANT``, each test is a case, each failure a violation."""
    report = yield
    name = getattr(getattr(item, "module", None), "INVARIANT", None)
    if name and call.when == "call" and not report.skipped:
        tallying.count(name, 1, int(report.failed))
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name, cases, violations."""
    if tallying.LINES:
        terminalreporter.section("invariants")
    for name, line in sorted(tallying.LINES.items()):
        told = f"{name:40} {line.cases:7} cases {line.violations:5} violations"
        terminalreporter.write_line(told)


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """Where services start at little cost."""
    with nursery_opened() as opened:
        yield opened
