"""The whole story on the sandbox's page, by clicks: raise, answer, resolve, rate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver

from tests.journeys import duty, telling
from tests.journeys.alone import huying_run
from tests.sandbox.visiting import CHROMEDRIVER, CHROMIUM, Visitor, chromium

pytestmark = pytest.mark.browser
LIN, LI, GROUP = 1001, 2001, -1002000000001


@pytest.fixture
def driver() -> Iterator[webdriver.Chrome]:
    if not (CHROMIUM.exists() and CHROMEDRIVER.exists()):
        pytest.skip(f"no {CHROMIUM} with {CHROMEDRIVER} on this machine")
    with chromium() as browser:
        yield browser


def test_a_call_is_raised_answered_resolved_and_rated_on_the_page(
    tmp_path: Path, driver: webdriver.Chrome
) -> None:
    with huying_run(tmp_path) as address:
        page = Visitor(driver, address)

        number = _raises(page)
        _works_it_off(page, number)
        _rates(page)

        page.comes(LI, GROUP)
        assert page.sees("message-*", "呼叫人评价")
        assert page.sees("message-*", duty.CLOSED)


def _raises(page: Visitor) -> str:
    page.comes(LIN, LIN)
    page.presses("start")
    page.sees("message-*", "我是“呼应”")
    page.writes("楼下的路灯不亮")
    page.presses("inline-button", telling.AGREE)
    page.sees("message-*", telling.ITEM)
    page.presses("inline-button", "路灯不亮")
    page.presses("inline-button", telling.NO_DANGER)
    page.presses("keyboard-button", "按街道选")
    page.presses("inline-button", "逢源街道")
    page.presses("inline-button", "逢源北社区")
    page.presses("inline-button", telling.CANNOT_SAY)
    page.presses("inline-button", "发送")
    sent = page.sees("message-*", telling.SENT)
    found = re.search(telling.NUMBER, sent.text)
    assert found
    return found.group()


def _works_it_off(page: Visitor, number: str) -> None:
    page.comes(LI, GROUP)
    page.sees("message-*", number)
    page.presses("inline-button", "签收")
    page.sees("message-*", duty.AT_WORK)
    page.presses("inline-button", "办结")
    page.presses("inline-button", "已解决")
    page.sees("message-*", "请写给呼叫人的答复")
    page.writes("灯泡换好了，亮了。")
    page.presses("inline-button", duty.NEXT)
    page.sees("message-*", "没问题就点")
    page.presses("inline-button", "办结")
    page.sees("message-*", "等待评价")


def _rates(page: Visitor) -> None:
    page.comes(LIN, LIN)
    page.sees("message-*", "灯泡换好了")
    page.presses("inline-button", telling.SOLVED)
    page.presses("inline-button", telling.VERY_GOOD)
    page.sees("message-*", "谢谢您的评价")
