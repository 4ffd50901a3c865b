"""What is hashed is spelled as it was when the first entry was written, or no proof would hold."""

from __future__ import annotations

import json

from hypothesis import example, given
from hypothesis import strategies as st

from storage.chain import canonical

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(st.dictionaries(st.text(), VALUES))
@example({"times": 10**30})
@example({"at": [1e16, -2.5e-7, 0.1, 3.0, -0.0]})
@example({"words": "路灯", "b": '\x7f\x00\n"\\/', "a": "1e5,2e5"})
@example({"lone": "\ud800"})
def test_every_fact_is_spelled_as_the_standard_library_spells_it(facts):
    spelled = json.dumps(facts, sort_keys=True, separators=(",", ":"))

    assert canonical(facts) == spelled.encode()


def test_a_number_as_a_name_is_spelled_as_a_word():
    assert canonical({"facts": {2: "a"}}) == b'{"facts":{"2":"a"}}'
