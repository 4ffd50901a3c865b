"""``huying district``: a district folder from a division file; its slips told, not repaired."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import cli
from core.agency import AgencyKind
from storage.sheets import read_district
from tests.bot.group.errands import a_workbook
from tests.core.playing import EXAMPLE, liwan
from tests.people import ROOT

REAL = ROOT.parent / "shared" / "data" / "liwan-divisions.csv"
HEAD = "code,name,level,parent_code\n"
SOUND = (
    "990101,云湖区,district,\n990101001,石桥街道,street,990101\n"
    "990101001101,东里社区居民委员会,community,990101001\n"
    "990101001102,西里社区居民委员会,community,990101001\n"
)


@pytest.fixture(autouse=True)
def like_the_example(monkeypatch):
    monkeypatch.setenv("HUYING_DISTRICT__FOLDER", str(EXAMPLE))


def huying(*arguments: object):
    return CliRunner().invoke(cli, ["district", *map(str, arguments)])


def a_file(folder: Path, text: str) -> Path:
    file = folder / "divisions.csv"
    file.write_text(HEAD + text, "utf-8-sig")
    return file


def test_a_division_file_becomes_a_district_that_is_sound(tmp_path):
    told = huying(a_file(tmp_path, SOUND), tmp_path / "yunhu", "--prefix", "yh").output
    assert "1 个区、1 个街道、2 个社区。检查通过" in told
    assert "注意" not in told
    assert "这些名称是照搬的，请在 agencies.csv 里改正：供水公司荔湾营业所" in told

    district = read_district(tmp_path / "yunhu")
    assert district.prefix == "YH"
    assert district.tree.district.name == "云湖区"
    street = district.tree.get("990101001")
    assert (street.parent, street.aliases) == ("990101", ("石桥街",))
    departments = [a for a in district.tree.agencies if a.kind is AgencyKind.DEPARTMENT]
    assert {each.parent for each in departments} == {"990101"}
    assert set(district.catalogue.by_code) == set(liwan().catalogue.by_code)


def test_grids_stay_with_the_communities_they_belong_to(tmp_path):
    huying(a_file(tmp_path, SOUND), tmp_path / "yunhu")
    assert not (tmp_path / "yunhu" / "grids.csv").exists()

    rows = (
        "440103,荔湾区,district,\n440103001,沙面街道,street,440103\n"
        "440103001101,翠洲社区居民委员会,community,440103001\n"
    )
    huying(a_file(tmp_path, rows), tmp_path / "liwan")
    grids = read_district(tmp_path / "liwan").grids
    assert [grid.name for grid in grids] == ["沙面1号", "沙面2号", "沙面3号"]


def test_slips_are_told_by_row_and_kept_as_published(tmp_path):
    odd = SOUND + (
        "990101001103,南里社区居委会,community,990101001\n"
        "990101001104,北里社区居民委员会会,community,990101001\n"
        "990101001105,东里社区居民委员会,community,990101001\n"
        "990101002,空街道,street,990101\n990101003,新街道,street,990101\n"
        "990101003001,新社区居民委员会,community,990101003\n"
    )
    told = huying(a_file(tmp_path, odd), tmp_path / "yunhu").output

    assert "第 6 行：名称以“社区居委会”结尾，多数以“社区居民委员会”结尾。" in told
    assert "第 7 行：“北里社区居民委员会会”的结尾多写了一个字。" in told
    assert "第 4、8 行：同一个上级之下有两个“东里社区居民委员会”。" in told
    assert "第 9 行：“空街道”下面没有社区。" in told
    assert "编号从 001 起" in told
    tree = read_district(tmp_path / "yunhu").tree
    assert tree.get("990101001104").name == "北里社区居民委员会会"


@pytest.mark.parametrize(
    ("row", "answered"),
    [
        ("990101001101,又一个社区,community,990101001", "第 4、6 行：编码“990101001101”重复"),
        ("990101009101,远里社区,community,990101009", "第 6 行：上级“990101009”不在文件里"),
        ("9901010011,短里社区,community,990101001", "编码“9901010011”不是 6、9 或 12 位数字"),
        ("990101001103,,community,990101001", "编码“990101001103”没有名称"),
        ("990101001103,东里,hamlet,990101001", "“东里”的级别看不懂"),
        ("990102,另一区,district,", "区（district）这一级应当正好一行"),
    ],
)
def test_what_cannot_be_an_agency_stops_everything(tmp_path, row, answered):
    told = huying(a_file(tmp_path, SOUND + row + "\n"), tmp_path / "yunhu")

    assert told.exit_code == 1
    assert answered in told.output
    assert not (tmp_path / "yunhu").exists()


def test_the_statistical_twelve_digits_in_excel_are_understood(tmp_path):
    file = tmp_path / "divisions.xlsx"
    rows = [
        *(["统计用区划代码", "名称"], [990101000000, "云湖区"], [990101001000, "石桥街道"]),
        [990101001101, "东里社区居民委员会"],
    ]
    file.write_bytes(a_workbook(*rows))
    huying(file, tmp_path / "yunhu")

    tree = read_district(tmp_path / "yunhu").tree
    assert tree.get("990101001101").parent == "990101001"


def test_nothing_is_written_over(tmp_path):
    told = huying(a_file(tmp_path, SOUND), tmp_path)

    assert "已经存在，不会覆盖" in told.output


@pytest.mark.skipif(not REAL.is_file(), reason="the real division file is not here")
def test_the_real_district_is_written_and_its_slips_are_told(tmp_path):
    told = huying(REAL, tmp_path / "liwan").output

    assert "1 个区、22 个街道、201 个社区。检查通过" in told
    assert told.count("的结尾多写了一个字") == 6
    assert "第 219 行：“南漖社区居委会会”" in told
    assert "编号从 001 起，多数街道从 101 起" in told
    assert read_district(tmp_path / "liwan").tree == read_district(EXAMPLE).tree
