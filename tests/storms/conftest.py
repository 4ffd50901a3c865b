"""What the storms stand on; each case of an invariant is counted for the end of the run."""

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
