"""What browser tests act with: a sandbox process, the bot's side, a visitor of the page."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

TOKEN = "42:made-up-token-of-the-page-tests-0000000"
CHROMIUM, CHROMEDRIVER = Path("/usr/bin/chromium"), Path("/usr/bin/chromedriver")
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync"
    " --disable-background-networking --disable-component-update --window-size=1280,800"
)
PATIENCE = 15
CHEN, LIANG, WANG, GROUP = 1001, 1002, 1003, -4001


@contextmanager
def sandbox_server(seed: dict[str, Any]) -> Iterator[str]:
    """A real server on a free port; its address."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "seed.json")
        path.write_text(json.dumps(seed), encoding="utf-8")
        command = [sys.executable, "-m", "sandbox", "--port", "0", "--token", TOKEN]
        with subprocess.Popen([*command, "--seed", str(path)], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            try:
                yield process.stdout.readline().decode().split()[-1]
            finally:
                process.terminate()


@contextmanager
def chromium() -> Iterator[webdriver.Chrome]:
    """A fresh headless browser that keeps nothing."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = webdriver.ChromeOptions()
        options.binary_location = str(CHROMIUM)
        for flag in [*FLAGS.split(), f"--user-data-dir={profile}"]:
            options.add_argument(flag)
        service = webdriver.ChromeService(str(CHROMEDRIVER))
        driver = webdriver.Chrome(options=options, service=service)
        try:
            yield driver
        finally:
            driver.quit()


@dataclass
class Bot:
    """The bot's side, played by the test over the Bot API."""

    http: httpx.Client
    offset: int = 0

    def call(self, method: str, **params: Any) -> Any:
        """One Bot API request that must succeed; its result."""
        answer = self.http.post(f"/bot{TOKEN}/{method}", json=params).json()
        assert answer["ok"], answer
        return answer["result"]

    def hears(self, kind: str) -> dict[str, Any]:
        """The next update of that kind; others are confirmed and left aside."""
        while True:
            updates = self.call("getUpdates", offset=self.offset, timeout=PATIENCE, limit=1)
            assert updates, f"no {kind} came"
            self.offset = updates[0]["update_id"] + 1
            if kind in updates[0]:
                found: dict[str, Any] = updates[0][kind]
                return found

    def says(self, chat: int, text: str, **more: Any) -> int:
        """Send words; the message's id."""
        number: int = self.call("sendMessage", chat_id=chat, text=text, **more)["message_id"]
        return number


@dataclass
class Visitor:
    """Somebody in front of the page: looks, presses, writes."""

    driver: webdriver.Chrome
    root: str

    def until(self, found: Callable[[webdriver.Chrome], Any]) -> Any:
        """Wait for something to be true or to be there."""
        wait = WebDriverWait(self.driver, PATIENCE, poll_frequency=0.05)
        return wait.until(found)

    def comes(self, person: int, chat: int | None = None) -> None:
        """Open the page as that person, in that chat."""
        self.driver.get("about:blank")
        self.driver.get(f"{self.root}/#{person}" + (f"/{chat}" if chat else ""))
        self.sees("me")

    def sees(self, testid: str, text: str = "") -> WebElement:
        """The visible element of that ``data-testid`` (prefix with ``*``) that has the words."""
        how = "^=" if testid.endswith("*") else "="
        selector = f'[data-testid{how}"{testid.rstrip("*")}"]'

        def there(driver: webdriver.Chrome) -> WebElement | None:
            some = driver.find_elements(By.CSS_SELECTOR, selector)
            return next((e for e in some if e.is_displayed() and text in e.text), None)

        found: WebElement = self.until(_even_while_redrawn(there))
        return found

    def misses(self, testid: str) -> bool:
        """Wait until nothing of that ``data-testid`` is visible."""
        selector = f'[data-testid="{testid}"]'
        gone = _even_while_redrawn(
            lambda d: not any(e.is_displayed() for e in d.find_elements(By.CSS_SELECTOR, selector))
        )
        return bool(self.until(gone))

    def presses(self, testid: str, text: str = "") -> None:
        """Click it, once it is there."""
        self.sees(testid, text).click()

    def fills(self, testid: str, value: str) -> None:
        """Replace what a field says."""
        field = self.sees(testid)
        field.send_keys(Keys.CONTROL, "a")
        field.send_keys(value)

    def writes(self, text: str) -> None:
        """Type into the composer and press Enter."""
        self.sees("composer").send_keys(text, Keys.ENTER)


def _even_while_redrawn(look: Callable[[webdriver.Chrome], Any]) -> Callable[..., Any]:
    def again(driver: webdriver.Chrome) -> Any:
        try:
            return look(driver)
        except StaleElementReferenceException:
            return None

    return again
