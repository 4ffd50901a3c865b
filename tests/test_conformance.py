"""The twenty defects of comparable systems are all tested, by number."""

from __future__ import annotations

import ast
import re
from pathlib import Path

TESTS = Path(__file__).parent
MARK = "pytest.mark.conformance"
NUMBERED = re.compile(r"test_(\d+)_\w+")
# Further tests of a number whose names say their sentence alone.
ALSO = {
    "test_a_call_by_phone_has_the_clocks_of_any_other": 1,
    "test_what_does_not_reach_a_caller_becomes_one_phone_task": 18,
    "test_a_number_in_the_words_of_a_reply_redirects_nothing": 9,
    "test_a_january_alone_makes_no_year": 19,
    "test_from_november_on_whoever_can_mend_it_hears_it_once_a_week": 19,
    "test_a_year_nobody_has_filled_in_is_missed_from_the_second_of_november": 19,
    "test_a_year_that_has_begun_without_holidays_is_loud_every_day": 19,
}


def marked() -> list[str]:
    """The names of all tests that bear the mark, alone or by their module."""
    trees = [ast.parse(p.read_text(encoding="utf-8")) for p in TESTS.rglob("test_*.py")]
    return [
        node.name
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
        and (_bears(node) or _all_bear(tree))
    ]


def _bears(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(ast.unparse(each) == MARK for each in node.decorator_list)


def _all_bear(tree: ast.Module) -> bool:
    of_module = [n for n in tree.body if isinstance(n, ast.Assign)]
    said = [n for n in of_module if ast.unparse(n.targets[0]) == "pytestmark"]
    return any(MARK in ast.unparse(n.value) for n in said)


def number_of(name: str) -> int | None:
    """Which of the twenty this test is about."""
    found = NUMBERED.fullmatch(name)
    return int(found[1]) if found else ALSO.get(name)


def test_each_says_its_number_or_is_known_by_its_sentence():
    assert [name for name in marked() if number_of(name) is None] == []


def test_the_twenty_are_all_there():
    assert set(range(1, 21)) <= {number_of(name) for name in marked()}
