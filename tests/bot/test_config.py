"""Settings: the file, the environment over it, and every mistake by its name."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path

import pytest

from bot.config import ConfigMistakes, Settings, environment_name, load, names
from tests.people import ROOT


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, and no setting in the environment."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("HUYING_")]:
        monkeypatch.delenv(name)
    return tmp_path


def told(file: Path | None = None) -> str:
    with pytest.raises(ConfigMistakes) as mistakes:
        load(file)
    return "\n".join(mistakes.value.sentences)


def written(text: str) -> Path:
    file = Path("config.toml")
    file.write_text(text, encoding="utf-8")
    return file


def test_without_anything_the_sandbox_is_meant():
    settings = load()

    assert settings.rehearsed
    assert settings.telegram.messages_per_second == 30


def test_the_environment_wins_over_the_file(monkeypatch):
    written('[storage]\nurl = "a.db"\n[log]\nlevel = "error"\n')
    monkeypatch.setenv("HUYING_STORAGE__URL", "b.db")

    settings = load()

    assert (settings.storage.url, settings.log.level) == ("b.db", "error")


def test_administrators_may_come_from_the_environment(monkeypatch):
    monkeypatch.setenv("HUYING_PEOPLE__ADMINISTRATORS", "[1, 2]")

    assert load().people.administrators == (1, 2)


def test_an_address_given_by_hand_wins_over_everything(monkeypatch):
    monkeypatch.setenv("HUYING_TELEGRAM__API_ROOT", "http://127.0.0.1:2")

    settings = load(api_root="http://127.0.0.1:1")

    assert settings.telegram.api_root == "http://127.0.0.1:1"
    assert not settings.rehearsed


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[telegram]\ntokne = 'x'\n", ("config.toml [telegram.tokne]", "telegram.token？")),
        ("[telegarm]\ntoken = 'x'\n", ("config.toml [telegarm]", "没有这个配置项")),
        ("[telegram]\nmode = 'pull'\n", ("[telegram.mode]", "'polling' or 'webhook'")),
        ("[telegram]\nmode = 'webhook'\n", ("[telegram]", "webhook_url", "webhook_secret")),
        ("[telegram]\napi_root = 'here'\n", ("[telegram.api_root]", "网址")),
        ("[sandbox]\nport = 99999\n", ("[sandbox.port]", "65535")),
        ("[sandbox]\nport = 'x'\n", ("[sandbox.port]", "整数")),
        ("[people]\nadministrators = ['x']\n", ("[people.administrators]", "整数")),
        ("telegram = 1\n", ("[telegram]", "小节")),
        ("[telegram\n", ("config.toml", "TOML")),
    ],
)
def test_a_mistake_in_the_file_is_named_with_its_place_and_remedy(text, words):
    sentences = told(written(text))

    assert all(word in sentences for word in words), sentences


def test_every_mistake_is_told_at_once(monkeypatch):
    written("[telegram]\ntokne = 'x'\n[sandbox]\nport = -1\n")
    monkeypatch.setenv("HUYING_STORAGE__PATH", "x")

    sentences = told()

    assert "tokne" in sentences
    assert "sandbox.port" in sentences
    assert "HUYING_STORAGE__PATH" in sentences


@pytest.mark.parametrize("name", ["HUYING_TELEGRAM__TOKNE", "HUYING_TOKEN", "HUYING_LOGS__LEVEL"])
def test_an_unknown_name_in_the_environment_is_refused(monkeypatch, name):
    monkeypatch.setenv(name, "x")

    assert name in told()


def test_a_mistake_in_the_environment_is_named_as_it_is_spelled_there(monkeypatch):
    monkeypatch.setenv("HUYING_SANDBOX__PORT", "many")

    assert "HUYING_SANDBOX__PORT：应填整数" in told()


def test_a_list_in_the_environment_that_is_none_is_named(monkeypatch):
    monkeypatch.setenv("HUYING_PEOPLE__ADMINISTRATORS", "me")

    assert "HUYING_PEOPLE__ADMINISTRATORS" in told()


def test_a_named_file_that_is_missing_is_refused():
    assert "elsewhere.toml" in told(Path("elsewhere.toml"))


def test_secrets_never_show():
    text = '[telegram]\ntoken = "123456789:AAsecret"\n[storage]\nurl = "postgresql://u:pw@h/d"\n'

    settings = load(written(text))

    assert "AAsecret" not in repr(settings)
    assert "pw" not in repr(settings)


def test_a_secret_that_makes_no_sense_is_not_repeated():
    assert "12345" not in told(written("[telegram]\ntoken = 12345\n"))


def test_the_example_documents_every_key_and_says_the_defaults():
    text = (ROOT / "config.example.toml").read_text(encoding="utf-8")
    said = tomllib.loads(text)
    keys = {
        f"{section}.{key}"
        for section, body in re.findall(r"^\[(\w+)\]$(.*?)(?=^\[|\Z)", text, re.M | re.S)
        for key in re.findall(r"^(?:# )?(\w+) = ", body, re.M)
    }

    assert keys == set(names())
    assert Settings(**said).model_dump() == Settings().model_dump()


def test_names_in_the_environment_are_spelled_section_by_section():
    assert environment_name("telegram.api_root") == "HUYING_TELEGRAM__API_ROOT"
