"""What the browser tests ask for: a sandbox, the bot's side of it, a visitor of its page."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from selenium import webdriver

from tests.sandbox.visiting import (
    CHEN,
    CHROMEDRIVER,
    CHROMIUM,
    GROUP,
    LIANG,
    PATIENCE,
    WANG,
    Bot,
    Visitor,
    chromium,
    sandbox_server,
)

SEED = {
    "people": [
        {"id": CHEN, "first_name": "陈阿姨"},
        {"id": LIANG, "first_name": "梁工"},
        {"id": WANG, "first_name": "小王"},
    ],
    "chats": [{"id": GROUP, "title": "沙面社区", "creator": LIANG, "members": [WANG]}],
}


@pytest.fixture(scope="session")
def page_root() -> Iterator[str]:
    with sandbox_server(SEED) as address:
        yield address


@pytest.fixture(scope="session")
def driver() -> Iterator[webdriver.Chrome]:
    if not (CHROMIUM.exists() and CHROMEDRIVER.exists()):
        pytest.skip(f"no {CHROMIUM} with {CHROMEDRIVER} on this machine")
    with chromium() as browser:
        yield browser


@pytest.fixture
def control(page_root: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=page_root, timeout=2 * PATIENCE, trust_env=False) as client:
        client.post("/sandbox/reset", json={}).raise_for_status()
        client.post("/sandbox/start", json={"from": CHEN}).raise_for_status()
        yield client


@pytest.fixture
def bot(control: httpx.Client) -> Bot:
    bot = Bot(control)
    bot.hears("message")
    return bot


@pytest.fixture
def visitor(driver: webdriver.Chrome, page_root: str, bot: Bot) -> Visitor:
    return Visitor(driver, page_root)
