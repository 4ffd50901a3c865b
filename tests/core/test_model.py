"""Three hundred lives of forty steps."""

from __future__ import annotations

import asyncio

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.core.model import live, lives


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
@given(st.booleans(), st.booleans(), st.booleans(), lives(40))
def test_the_life_of_a_call_keeps_its_promises(danger, sure, behalf, steps):
    assert asyncio.run(live(danger, sure, behalf, steps)) is None
