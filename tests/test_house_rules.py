"""The house rules, measured: small modules, small functions, silent doors, bare tests."""

from __future__ import annotations

import ast
import statistics
import subprocess
from functools import cache
from inspect import getsource, isfunction
from pathlib import Path

from core.desk import Desk

ROOT = Path(__file__).parents[1]
LONGEST_MODULE, LONGEST_FUNCTION, MEDIAN_FUNCTION = 250, 30, 6
MARKS = ("TO" + "DO", "FIX" + "ME", "XX" + "X", "NotImplemented" + "Error")
PACKAGES = ("bot", "core", "storage", "sandbox", "simulation")


@cache
def sources() -> dict[str, str]:
    """Every Python file of the product and its tests, migrations left out."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    names = [name for name in listed if "migrations/" not in name and (ROOT / name).exists()]
    return {name: (ROOT / name).read_text(encoding="utf-8") for name in names}


def product() -> dict[str, str]:
    """The packages that are the product."""
    return {n: text for n, text in sources().items() if n.split("/")[0] in PACKAGES}


def functions() -> list[tuple[int, str]]:
    """Length of every function's body without its docstring, and where it stands."""
    return [
        (length(node), f"{name}:{node.lineno} {node.name}")
        for name, text in product().items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the body without the docstring."""
    body = node.body
    if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        body = body[1:]
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_no_module_is_longer_than_250_lines():
    lines = {name: sum(bool(x.strip()) for x in t.splitlines()) for name, t in product().items()}

    assert {name: n for name, n in lines.items() if n > LONGEST_MODULE} == {}


def test_no_function_is_longer_than_30_lines():
    assert [row for row in functions() if row[0] > LONGEST_FUNCTION] == []


def test_the_median_function_is_small():
    assert statistics.median(size for size, _ in functions()) <= MEDIAN_FUNCTION


def test_every_module_says_what_it_is_for():
    silent = [
        n for n, text in product().items() if text and not ast.get_docstring(ast.parse(text))
    ]

    assert silent == []


def test_nothing_is_left_for_later():
    left = [name for name, text in sources().items() if any(mark in text for mark in MARKS)]

    assert left == []


def test_no_pending_update_is_ever_dropped():
    dropping = ("drop_pending_updates=True", "skip_updates")
    texts = {n: t for n, t in product().items() if n.startswith("bot/")}

    assert [name for name, text in texts.items() if any(d in text for d in dropping)] == []


def test_no_text_is_sent_with_a_parse_mode():
    texts = {n: t for n, t in product().items() if n.startswith("bot/")}

    assert [name for name, text in texts.items() if "parse_mode=" in text] == []


def test_no_part_of_the_desk_hides_a_method_of_another():
    """The desk is made of many parts: a name they share by chance would be the wrong method."""
    known: dict[str, list[type]] = {}
    for part in Desk.__mro__[:-1]:
        for name, member in vars(part).items():
            if isfunction(member) and name != "__init__":
                known.setdefault(name, []).append(part)

    shared = {name: parts[:-1] for name, parts in known.items() if len(parts) > 1}
    hiding = [
        f"{part.__name__}.{name}"
        for name, parts in shared.items()
        for part in parts
        if f"super().{name}(" not in getsource(vars(part)[name])
    ]
    assert hiding == []
