"""The twenty defects of comparable systems are all tested, by number."""

from __future__ import annotations

import ast
import re
from pathlib import Path

TESTS = Path(__file__).parent
MARK = "pytest.mark.conformance"
NUMBERED = re.compile(r"test_(\d+)_\w+")


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
    return any(isinstance(n, ast.Assign) and MARK in ast.unparse(n.value) for n in tree.body)


def test_each_says_its_number_and_its_sentence():
    assert [name for name in marked() if not NUMBERED.fullmatch(name)] == []


def test_the_twenty_are_all_there():
    numbers = {int(found[1]) for name in marked() if (found := NUMBERED.fullmatch(name))}

    assert numbers == set(range(1, 21))
