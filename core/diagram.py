"""The published picture of the lifecycle, drawn from the one table."""

from __future__ import annotations

import sys

from core.lifecycle import BACK, FINAL, LIFECYCLE, Rule, Status

HEADING = """# The life of a leg

Generated from `core/lifecycle.py` by `make lifecycle`; a test holds the two together. The last
column is the transition in the district's own table.
"""


def sentence(rule: Rule) -> str:
    """A row read aloud."""
    states = " or ".join(sorted(status.value for status in rule.while_in))
    becomes = _becomes(rule) or "as it is"
    told = ", ".join(sorted(party.value for party in rule.telling)) or "nobody"
    return f"The {rule.who} does *{rule.does}* while {states}; it becomes {becomes}, {told} told."


def _becomes(rule: Rule) -> str:
    """Where a row leads; nothing where the leg stays."""
    if rule.becomes is BACK:
        return "what it was before"
    return rule.becomes.value if rule.becomes else ""


def document() -> str:
    """``docs/lifecycle.md``: a state diagram, and the table as rows and sentences."""
    return "\n".join([HEADING, _picture(), _table(), _aloud()])


def _picture() -> str:
    arrows = [f"    [*] --> {Status.TRIAGE}"]
    for rule in LIFECYCLE:
        if rule.becomes is BACK:
            arrows += [f"    {s} --> {back}: {rule.does}" for s, back in _ways_back(rule)]
        elif rule.becomes:
            arrows += [f"    {s} --> {rule.becomes}: {rule.does}" for s in sorted(rule.while_in)]
    arrows += [f"    {status} --> [*]" for status in sorted(FINAL)]
    return "\n".join(["```mermaid", "stateDiagram-v2", *arrows, "```", ""])


def _ways_back(rule: Rule) -> list[tuple[Status, Status]]:
    """From where a row leads back, and where to: whatever could be paused into it.

    Rows of one transition of the district belong together.
    """
    every = [r for r in LIFECYCLE if r.becomes in rule.while_in]
    pauses = [r for r in every if r.row == rule.row] or every
    return sorted({(s, before) for s in rule.while_in for r in pauses for before in r.while_in})


def _table() -> str:
    head = "| who | does | while it is | becomes | telling | row |\n|---|---|---|---|---|---|"
    rows = [
        f"| {rule.who} | {rule.does} | {', '.join(sorted(rule.while_in))} "
        f"| {_becomes(rule) or 'stays'} | {', '.join(sorted(rule.telling)) or '–'} | {rule.row} |"
        for rule in LIFECYCLE
    ]
    return "\n".join([head, *rows, ""])


def _aloud() -> str:
    return "\n".join(["## Read aloud", "", *(f"- {sentence(rule)}" for rule in LIFECYCLE), ""])


if __name__ == "__main__":
    sys.stdout.write(document())
