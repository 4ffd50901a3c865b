"""Which versions of SQLite have the WAL-reset bug."""

from __future__ import annotations

import pytest

from storage.wal_reset import mended


@pytest.mark.parametrize(
    ("version", "is_mended"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
    ],
)
def test_a_version_is_mended_on_its_branch_or_after_the_last(version, is_mended):
    assert mended(version) is is_mended
