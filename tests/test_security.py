"""The rows of the security checklist that name a figure: ``pytest -m security`` runs them all.

docs/operating.md tells for every row which test holds it.
"""

from __future__ import annotations

import random
import time

import pytest
from aiohttp.test_utils import make_mocked_request

from bot.bell import Bell
from bot.intake.webhook import SECRET_HEADER, Webhook
from bot.logs import redacted
from bot.screens.links import Links
from bot.screens.masking import CHECK_DIGITS, WEIGHTS, is_bank_card, masked
from bot.screens.names import clean
from bot.screens.taps import Tap, Taps
from core.guide import Guide
from core.portions import chunks
from tests.builders import NOON
from tests.core.playing import liwan
from tests.fakes import MemoryUnits

SECRET = "a-long-random-word"
CHAT = -1001
TAPS, LINKS = Taps(b"k" * 32), Links(b"k" * 32, "huying_bot")
SIGNS = "".join(chr(n) for n in (*range(32, 127), 0x80, 0xFF, 0x4E2D, 0x1F600, 0xDC80))


@pytest.fixture
def dice() -> random.Random:
    """The same every time."""
    return random.Random(20260615)


@pytest.mark.security("S1")
async def test_of_20000_forged_headers_none_gets_in_and_none_breaks_anything(dice):
    units = MemoryUnits()
    hook = Webhook(secret=SECRET, bot_id=7, units=units, clock=lambda: NOON, bell=Bell())

    statuses = set()
    for n in range(20_000):
        forged = _near(SECRET, dice) if n % 2 else "".join(dice.choices(SIGNS, k=n % 300))
        forged = forged.replace("\udc80", "")  # the stand-in for a request cannot hold it
        headers = {} if forged == SECRET else {SECRET_HEADER: forged}
        answer = await hook.take(make_mocked_request("POST", "/hook", headers=headers))
        statuses.add(answer.status)

    assert statuses == {401}
    assert units.tables.inbox == {}


def _near(secret: str, dice: random.Random) -> str:
    at = dice.randrange(len(secret))
    return secret[:at] + dice.choice(SIGNS) + secret[at + dice.randrange(2) :]


@pytest.mark.security("S2")
def test_of_20000_bent_buttons_none_is_read(dice):
    genuine = TAPS.data(Tap("ack", 7, 3), CHAT)

    for _ in range(20_000):
        bent = _near(genuine, dice)
        assert bent == genuine or TAPS.read(bent, CHAT) is None
    assert TAPS.read(genuine, CHAT - 1) is None


@pytest.mark.security("S7")
def test_of_10000_start_links_none_grants_anything(dice):
    genuine = LINKS.duty("done", 7, 3).partition("start=")[2]
    numbers = [f"d_done_{n}" for n in range(2_000)] + [str(n) for n in range(2_000)]
    bent = [_near(genuine, dice) for _ in range(6_000)]

    read = [payload for payload in numbers + bent if LINKS.read(payload)]

    assert set(read) <= {genuine}


def _identity(dice: random.Random) -> str:
    place, year = dice.choice(["440103", "110105", "320102"]), dice.randint(1940, 2015)
    born = f"{year}{dice.randint(1, 12):02}{dice.randint(1, 28):02}"
    body = f"{place}{born}{dice.randint(0, 999):03}"
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return body + CHECK_DIGITS[total % 11]


def _mobile(dice: random.Random) -> str:
    return f"1{dice.randint(3, 9)}{dice.randint(0, 10**9 - 1):09}"


def _bank_card(dice: random.Random) -> str:
    body = f"62{dice.randint(0, 10**16 - 1):016}"[: dice.choice([15, 18])]
    return next(body + digit for digit in "0123456789" if is_bank_card(body + digit))


def _landline(dice: random.Random) -> str:
    area = dice.choice(["020", "0755"])
    return f"{area}-{dice.choice('2368')}{dice.randint(0, 10**7 - 1):07}"


WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
SPELLED = (
    lambda s: s,
    lambda s: " ".join((s[:3], s[3:7], s[7:])),
    lambda s: "-".join((s[:3], s[3:7], s[7:])),
    lambda s: ".".join((s[:3], s[3:7], s[7:])),
    lambda s: "—".join((s[:3], s[3:7], s[7:])),
    lambda s: " ".join(s[n : n + 4] for n in range(0, len(s), 4)),
    lambda s: s.translate(WIDE),
)
BEFORE = ("我的电话是", "身份证", "联系", "加微信", "卡号：", "tel:", "")
BEHIND = ("。", "，谢谢", "找王阿姨", "", "(家)", "转分机", "\n下午在家")


@pytest.mark.security("S10")
def test_of_2000_numbers_in_residents_words_none_reaches_a_group(dice):
    kinds = (_identity, _mobile, _bank_card, _landline)
    leaked = []
    for n in range(2_000):
        kind = kinds[n % 4]
        spell = SPELLED[0] if kind is _landline else dice.choice(SPELLED)
        number = spell(kind(dice))
        text = dice.choice(BEFORE) + number + dice.choice(BEHIND)
        shown = masked(text)
        if number in shown or len(shown) != len(text):
            leaked.append(text)

    assert leaked == []


PUMPED = (
    *("1 3", "1-", "138 ", "a@", "(", "((", "13812345678 ", "１", "+86", "0"),
    *("<a ", "&lt;", "/", "//", "：", "号", "！", "\u200b", "\u202e", "👨‍👩‍👧"),
    *("4111 ", "440103", "x" * 17, "X", "-", "1.1", "A1", "12345", "bot1:A", "postgresql://"),
    *("[", "]", "{", "}", "*", "_", "`", "~", "|", "\\"),
)
TAILS = ("", "!", "\n", "x", "号")


def _taken(reads, text: str) -> float:
    started = time.process_time()
    reads(text)
    return time.process_time() - started


@pytest.mark.security("S23")
def test_of_200_strings_made_to_stall_none_takes_50_ms():
    """Processor time, the least of three: what stalls does so every time."""
    guide, slow = Guide(liwan()), []
    strings = [(pump * 4_000)[:4_000] + tail for pump in PUMPED for tail in TAILS]
    for text in strings:
        for reads in (masked, redacted, clean, chunks):
            took = min(_taken(reads, text) for _ in range(3))
            if took > 0.05:
                slow.append((reads.__name__, text[:8], round(took, 3)))

    assert len(strings) == 200
    assert guide is not None
    assert slow == []
