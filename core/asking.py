"""How often a caller may be asked (lifecycle rows 6 and 23)."""

from __future__ import annotations

MOST_ASKS, MOST_INQUIRIES = 2, 1
