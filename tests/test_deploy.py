"""What is deployed can be read, names commands that exist, and gives nothing away."""

from __future__ import annotations

import configparser
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer

from bot.cli import cli
from bot.config import environment_name, names
from bot.monitoring.doors import WITHIN
from tests import plain_yaml
from tests.people import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("huying*"))
HARDENED = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "CapabilityBoundingSet": "",
    "LimitCORE": "0",
    "UMask": "0077",
}


class Unit(configparser.ConfigParser):
    """A unit of systemd; keys keep their case."""

    optionxform = staticmethod(str)  # type: ignore[assignment]

    @classmethod
    def of(cls, file: Path) -> Unit:
        unit = cls(interpolation=None)
        unit.read_string(file.read_text())
        return unit


def understood(words: list[str]) -> bool:
    """Whether the command line would know what to do; nothing is done."""
    command: Any = typer.main.get_command(cli)
    while hasattr(command, "commands"):
        command, words = command.commands[words[0]], words[1:]
    command.make_context(command.name, list(words), resilient_parsing=False)
    return True


def compose() -> dict[str, Any]:
    return plain_yaml.read((DEPLOY / "compose.yaml").read_text())


@pytest.mark.parametrize("name", ["huying.service", "huying-backup.service"])
def test_a_unit_starts_a_command_that_exists_and_is_hardened(name):
    service = Unit.of(DEPLOY / "systemd" / name)["Service"]

    program, *words = shlex.split(service["ExecStart"])

    assert program.endswith("/bin/huying")
    assert understood(words)
    assert {key: service[key] for key in HARDENED} == HARDENED
    assert service["User"] == "huying"


def test_the_service_has_its_time_to_stop_and_is_started_again():
    service = Unit.of(DEPLOY / "systemd" / "huying.service")["Service"]

    assert (service["TimeoutStopSec"], service["Restart"]) == ("20", "always")


def test_a_backup_is_taken_every_five_minutes():
    timer = Unit.of(DEPLOY / "systemd" / "huying-backup.timer")

    assert timer["Timer"]["OnCalendar"] == "*:0/5"
    assert (DEPLOY / "systemd" / "huying-backup.service").exists()


def test_systemd_itself_finds_nothing_wrong(tmp_path):
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed")
    for unit in UNITS:
        here = re.sub(r"/opt/huying/\S*huying\b", sys.executable, unit.read_text())
        (tmp_path / unit.name).write_text(re.sub(r"(?m)^(User|Group)=.*$", r"\1=root", here))

    files = [str(tmp_path / unit.name) for unit in UNITS]
    done = subprocess.run(["systemd-analyze", "verify", *files], capture_output=True, text=True)

    assert [line for line in done.stderr.splitlines() if "huying" in line] == []


def test_compose_runs_two_bots_on_postgresql_without_privileges():
    services = compose()["services"]

    assert services["bot"]["deploy"]["replicas"] == 2
    assert services["database"]["image"].startswith("postgres:")
    for name in ("bot", "upgrade", "backup"):
        assert services[name]["read_only"] is True
        assert services[name]["user"] == "10001:10001"
        assert services[name]["cap_drop"] == ["ALL"]
        assert understood(services[name]["command"])
    assert all("healthcheck" in services[name] for name in ("bot", "database"))
    assert services["bot"]["stop_grace_period"] == "20s"


def test_a_probe_waits_for_as_long_as_an_answer_may_take():
    probe = compose()["services"]["bot"]["healthcheck"]

    gives_up = float(re.search(r"timeout=([\d.]+)", probe["test"][-1])[1])

    assert WITHIN < 2 < gives_up < float(probe["timeout"].removesuffix("s"))


def test_compose_holds_no_secret_and_publishes_no_port():
    services = compose()["services"]

    told = {name for each in services.values() for name in each.get("environment", {})}

    assert not any("ports" in service for service in services.values())
    assert "POSTGRES_PASSWORD_FILE" in told
    assert "POSTGRES_PASSWORD" not in told
    ours = {name for name in told if name.startswith("HUYING_")}
    assert ours <= {environment_name(name) for name in names()}


def test_the_image_takes_only_what_the_lock_vouches_for():
    lines = (DEPLOY / "Dockerfile").read_text()

    assert "--require-hashes --requirement requirements.lock" in lines
    assert "USER 10001" in lines
    for source in re.findall(r"(?m)^COPY (\S+(?: \S+)*) \S+$", lines):
        assert all((ROOT / each).exists() for each in source.split() if each != "README.md")


def test_what_is_not_plain_is_refused():
    with pytest.raises(ValueError, match="line 2 is not plain"):
        plain_yaml.read("a:\n  - b\n")
