"""``huying sheets``: out, checked, compared, put in force; the service may run meanwhile."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from typer.testing import CliRunner

from bot.cli import cli
from core.people import Officer
from storage.engine import Store, open_store
from tests.core.playing import EXAMPLE

CALENDAR = (EXAMPLE / "calendar.csv").read_text("utf-8-sig")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
async def store(request, sqlite_file, monkeypatch):
    url = f"sqlite:///{sqlite_file}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql_database")
    async for opened in _opened(url, monkeypatch):
        yield opened


@pytest.fixture
async def own_file(sqlite_file, monkeypatch):
    """Where the database makes no difference."""
    async for opened in _opened(f"sqlite:///{sqlite_file}", monkeypatch):
        yield opened


async def _opened(url: str, monkeypatch) -> AsyncIterator[Store]:
    monkeypatch.setenv("HUYING_STORAGE__URL", url)
    monkeypatch.setenv("HUYING_DISTRICT__FOLDER", str(EXAMPLE))
    opened = open_store(url)
    await opened.upgrade()
    yield opened
    await opened.close()


def huying(*arguments: object, says: str = ""):
    return CliRunner().invoke(cli, ["sheets", *map(str, arguments)], input=says)


async def test_every_sheet_goes_out_and_is_the_same_when_it_comes_back(own_file, tmp_path):
    told = huying("export", tmp_path)
    assert "已写出 20 个文件" in told.output

    for name in ("agencies.xlsx", "ladder.xlsx", "rules.csv"):
        assert "和现行的一样" in huying("diff", tmp_path / name).output


async def test_a_sheet_is_put_in_force_by_an_administrator_who_says_who_he_is(store, tmp_path):
    file = tmp_path / "calendar.csv"
    file.write_text(CALENDAR + "2031-01-01,休,元旦\n", "utf-8-sig")

    assert "--by 姓名" in huying("apply", file).output
    told = huying("apply", file, "--by", "苏晴", says="y\n").output
    assert "· 增加：2031-01-01" in told
    assert "第 2 版。要撤回：/rollback 日历 1" in told
    async with store.begin() as work:
        (act,) = await work.acts.latest(1)
        assert (act.actor, act.actor_name, act.subject) == (0, "苏晴", "calendar.csv")
        assert (await work.sheets.get("calendar.csv", 2)).text.endswith("元旦\n")


async def test_mistakes_are_named_and_nothing_is_changed(own_file, tmp_path):
    file = tmp_path / "calendar.csv"
    file.write_text("日期,安排\n2031-13-01,歇\n")
    told = huying("apply", file, "--by", "苏晴", says="y\n")

    assert told.exit_code == 1
    assert "calendar.csv 第 2 行：“2031-13-01”不是有效的日期" in told.output
    assert "共 2 处要改，没有改动。" in told.output


@pytest.mark.parametrize(
    ("arguments", "answered"),
    [
        (("check", "nowhere.csv"), "没有找到 nowhere.csv"),
        (("check", str(EXAMPLE / "calendar.csv"), "--sheet", "菜单"), "没有“菜单”这张表"),
        (("check", str(EXAMPLE / "calendar.csv"), "--from", "改天"), "看不懂“改天”"),
        (("check", str(EXAMPLE / "README.md")), "看不出这是哪张表"),
        (("check", str(EXAMPLE / "calendar.csv")), "《日历》表没有错误。"),
        (("export", "x", "--form", "pdf"), "没有“pdf”这种格式"),
    ],
)
async def test_whoever_mistypes_reads_what_to_do(store, arguments, answered):
    assert answered in huying(*arguments).output


def exporting(*arguments: object):
    return CliRunner().invoke(cli, ["export", *map(str, arguments)])


async def test_everything_is_exported_on_the_host_and_written_down(store, tmp_path):
    file = tmp_path / "acts.csv"
    assert "--by 姓名" in exporting("audit", file).output
    assert "已写出 1 行" in exporting("audit", file, "--by", "苏晴").output

    lines = file.read_text("utf-8-sig").splitlines()
    assert "管理,audit,,苏**,导出数据" in lines[1]
    assert lines[-1].startswith("导出人：苏晴（0）")
    assert file.stat().st_mode & 0o077 == 0
    async with store.begin() as work:
        (act,) = await work.acts.latest(1)
        assert (act.actor_name, act.subject, act.facts["why"]) == ("苏晴", "audit", "")


async def test_people_are_exported_with_their_names_for_a_reason_alone(store, tmp_path):
    async with store.begin() as work:
        await work.people.save_officer(Officer(2001, "440103006114", "李敏"))
    exporting("people", tmp_path / "a.csv", "--by", "苏晴")
    asked = ("people", tmp_path / "b.csv", "--by", "苏晴", "--why", "核对名册")
    for second in ((), ("--second", "苏晴")):
        assert "要两个人同意" in exporting(*asked, *second).output
        assert not (tmp_path / "b.csv").exists()
    exporting(*asked, "--second", "何静")

    assert "李**" in (tmp_path / "a.csv").read_text("utf-8-sig")
    assert "李敏" in (tmp_path / "b.csv").read_text("utf-8-sig")
    async with store.read() as work:
        assert (await work.acts.latest(1))[0].facts["second"] == "何静"


@pytest.mark.parametrize(
    ("arguments", "answered"),
    [
        (("weather", "x.csv", "--by", "苏晴"), "没有“weather”"),
        (("calls", "x.pdf", "--by", "苏晴"), "以 .xlsx 或 .csv 结尾"),
        (("calls", "x.csv", "--by", "苏晴", "--why", "查"), "理由请写得具体一些"),
        (("calls", str(EXAMPLE / "rules.csv"), "--by", "苏晴"), "不会覆盖"),
    ],
)
async def test_an_export_that_cannot_be_says_why(own_file, arguments, answered):
    assert answered in exporting(*arguments).output


async def test_a_sheet_is_planned_on_the_host_and_given_back(store, tmp_path):
    file = tmp_path / "calendar.csv"
    file.write_text(CALENDAR + "2041-01-01,休,元旦\n", "utf-8-sig")
    told = huying("apply", file, "--by", "苏晴", "--from", "2040-01-01", says="y\n").output
    assert "从 2040-01-01 00:00 起。" in told
    assert "没有第 7 版" in huying("rollback", "日历", 7, "--by", "苏晴").output
    assert "第 3 版和第 1 版一样" in huying("rollback", "日历", 1, "--by", "苏晴").output

    async with store.read() as work:
        assert (await work.sheets.get("calendar.csv", 2)).withdrawn_at is not None
