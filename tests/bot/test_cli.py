"""The command line: short answers, no tracebacks for what somebody can mend, never the token."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.people import ROOT

DISTRICT = str(ROOT / "examples" / "liwan")
SECRET = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


@pytest.fixture
def huying(tmp_path: Path):
    """Runs ``huying`` in an empty folder with these settings in the environment."""

    def run(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        clean = {k: v for k, v in os.environ.items() if not k.startswith("HUYING_")}
        chosen = {f"HUYING_{name}": value for name, value in settings.items()}
        return subprocess.run(
            [sys.executable, "-m", "bot.cli", *arguments],
            cwd=tmp_path,
            env={**clean, "PYTHONPATH": str(ROOT), **chosen},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


def test_help_imports_nothing_heavy():
    code = "import sys, bot.cli; print({'aiogram', 'telegram', 'sqlalchemy'} & set(sys.modules))"

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)

    assert done.stdout.strip() == "set()", done.stderr


def test_a_mistake_in_the_settings_ends_with_a_sentence_and_code_one(huying):
    done = huying("run", TELEGRAM__TOKNE=SECRET)

    assert done.returncode == 1
    assert "HUYING_TELEGRAM__TOKNE" in done.stderr
    assert SECRET not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_a_sound_installation_passes_the_check(huying):
    upgraded = huying("db", "upgrade", DISTRICT__FOLDER=DISTRICT)
    checked = huying("check", DISTRICT__FOLDER=DISTRICT)

    assert "已是最新" in upgraded.stdout
    assert (checked.returncode, checked.stderr) == (0, "")
    assert "检查通过" in checked.stdout


def test_every_mistake_in_the_sheets_is_named(huying, tmp_path):
    done = huying("check", DISTRICT__FOLDER=str(tmp_path))

    assert done.returncode == 1
    assert "agencies.csv" in done.stderr
    assert "calendar.csv" in done.stderr


def test_a_database_address_that_makes_no_sense_is_said_so(huying):
    done = huying("db", "upgrade", STORAGE__URL="mysql://x/y")

    assert done.returncode == 1
    assert "storage.url" in done.stderr
    assert "Traceback" not in done.stderr
