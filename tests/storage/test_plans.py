"""However much is stored, a hot statement looks only at what it is about."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import create_engine
from sqlalchemy.dialects import sqlite

from storage import calls, inbox, journal, legs, moving, postings
from storage import outbox_statements as outbox

PLANS = {
    "claiming": (outbox.HEADS, "ix_outbox_heads"),
    "counting who waits": (outbox.WAITING, "ix_outbox_heads"),
    "finding who waits longest": (outbox.OLDEST, "ix_outbox_heads"),
    "waking": (outbox.NEXT_WAKE, "ix_outbox_heads"),
    "naming the next head": (outbox.NEXT_HEAD, "ix_outbox_lane"),
    "recovering": (outbox.GO_AGAIN, "ix_outbox_sending"),
    "putting": (outbox.PUT, "ix_outbox_lane"),
    "putting what may wait already": (outbox.PUT_UNLESS_WAITING, "ix_outbox_lane"),
    "keeping an update": (inbox._INSERT, "ix_inbox_lane"),
    "moving": (moving._OWED, "ix_outbox_lane"),
    "getting ready": (inbox._READY, "ix_inbox_heads"),
    "naming the next update": (inbox._NEXT_HEAD, "ix_inbox_lane"),
    "the due": (legs._DUE, "ix_legs_next_due"),
    "the open of an agency": (legs._OPEN_OF, "ix_legs_open"),
    "how many are open": (legs._COUNT, "ix_legs_open"),
    "the legs of a call": (legs._OF_CALL, "ix_legs_call"),
    "the calls of a person": (calls._NEWEST, "ix_calls_caller"),
    "the open calls of a person": (calls._OPEN, "ix_calls_open_of_caller"),
    "the calls near": (calls._NEAR, "ix_calls_near"),
    "the card of a leg": (postings._CARD, "ix_postings_cards"),
    "the last entry": (journal._LAST, "ix_journal_call"),
    "a register": (journal._REGISTERED, "ix_journal_registers"),
    "what is to be looked at": (legs._TO_VERIFY, "ix_legs_to_verify"),
}


@pytest.fixture(scope="module")
def database(sqlite_template):
    engine = create_engine(f"sqlite:///{sqlite_template}")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.mark.parametrize("name", PLANS)
def test_a_hot_statement_takes_its_index_and_sorts_nothing(database, name):
    statement, index = PLANS[name]

    plan = plan_of(database, statement)

    assert index in plan
    assert "TEMP B-TREE" not in plan
    assert not re.search(r"SCAN (?!CONSTANT|anon_)(?!\w+ USING)", plan)


def plan_of(database, statement):
    words = re.sub(
        r"__\[POSTCOMPILE_\w+\]", "(1)", str(statement.compile(dialect=sqlite.dialect()))
    )
    words = words.replace("((1))", "(1)")
    given = (1,) * words.count("?")
    steps = database.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", given)
    return "\n".join(step[3] for step in steps)
