"""The settings: a TOML file, then the environment (``HUYING_SECTION__KEY``); mistakes by name."""

from __future__ import annotations

import difflib
import os
import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from bot.config_words import sentence
from bot.delivery.pacing import Limits
from core import failpoints

USUAL_FILE = Path("config.toml")
PREFIX = "HUYING_"
OFFICIAL = "https://api.telegram.org"


class ConfigMistakes(Exception):
    """The settings cannot be used; ``sentences`` say where, what and the remedy."""

    def __init__(self, sentences: tuple[str, ...]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


class Section(BaseModel):
    """A table of the file; keys nobody knows are refused, and values never repeated."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True, frozen=True)


class Telegram(Section):
    """How Telegram is reached; without a token the sandbox is started instead."""

    token: SecretStr | None = Field(None, repr=False)
    api_root: str = Field(OFFICIAL, pattern=r"^https?://[^\s/]+[^\s]*$")
    mode: Literal["polling", "webhook"] = "polling"
    webhook_url: str = Field("", pattern=r"^$|^https?://[^\s/]+/[^\s]+$")
    webhook_secret: SecretStr = Field(SecretStr(""), repr=False)
    webhook_host: str = "127.0.0.1"
    webhook_port: int = Field(8443, ge=0, le=65535)
    messages_per_second: int = Field(30, ge=0)
    chat_per_second: float = Field(1.0, ge=0)
    chat_burst: int = Field(5, ge=1)
    group_per_minute: int = Field(20, ge=0)
    updates_per_minute: int = Field(60, ge=0)

    def limits(self) -> Limits:
        """How fast to send."""
        return Limits(
            per_second=self.messages_per_second,
            chat_per_second=self.chat_per_second,
            chat_burst=self.chat_burst,
            group_per_minute=self.group_per_minute,
        )

    @model_validator(mode="after")
    def _webhook_is_whole(self) -> Telegram:
        if self.mode == "webhook" and not (
            self.webhook_url and self.webhook_secret.get_secret_value()
        ):
            raise ValueError("webhook_incomplete")
        return self


class Storage(Section):
    """Where everything is kept: a SQLite file, or PostgreSQL by its address."""

    url: str = Field("sqlite:///var/huying.db", repr=False)


class DistrictSheets(Section):
    """The folder with the sheets of the district."""

    folder: Path = Path("examples/liwan")


class People(Section):
    """Numeric ids of the messenger accounts of administrators."""

    administrators: tuple[int, ...] = ()


class Sandbox(Section):
    """Where the sandbox listens when there is no token; another port when it is taken."""

    port: int = Field(8765, ge=0, le=65535)


class Monitoring(Section):
    """Where health and figures are shown; port 0 shows them nowhere."""

    host: str = "127.0.0.1"
    port: int = Field(8090, ge=0, le=65535)


class Log(Section):
    """How much is logged."""

    level: Literal["debug", "info", "warning", "error"] = "info"


class Settings(BaseSettings):
    """Everything an installation may choose."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        extra="forbid",
        hide_input_in_errors=True,
        frozen=True,
    )
    telegram: Telegram = Telegram()
    storage: Storage = Storage()
    district: DistrictSheets = DistrictSheets()
    people: People = People()
    sandbox: Sandbox = Sandbox()
    monitoring: Monitoring = Monitoring()
    log: Log = Log()

    @property
    def rehearsed(self) -> bool:
        """Whether there is neither a token nor another server: a sandbox has to be started."""
        return self.telegram.token is None and self.telegram.api_root == OFFICIAL

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over what the file says."""
        return env_settings, init_settings


def load(file: Path | None = None, *, api_root: str | None = None) -> Settings:
    """The settings of this file, or of ``config.toml`` where there is one, and the environment.

    ``api_root`` given by hand wins over both.

    Raises ``ConfigMistakes`` for a named file that is missing, a file that is no TOML, unknown
    keys and environment names, and values that make no sense: all of them at once.
    """
    said = _read(file)
    unknown = tuple(
        sentence("unknown_environment", name, close=_close(name)) for name in _strays()
    )
    try:
        settings = Settings(**said)
    except SettingsError:
        raise ConfigMistakes((*unknown, *_unreadable_lists())) from None
    except ValidationError as error:
        found = tuple(_told(mistake, file or USUAL_FILE) for mistake in error.errors())
        raise ConfigMistakes((*unknown, *found)) from None
    if unknown:
        raise ConfigMistakes(unknown)
    if api_root is None:
        return settings
    telegram = settings.telegram.model_copy(update={"api_root": api_root})
    return settings.model_copy(update={"telegram": telegram})


def _read(file: Path | None) -> dict[str, Any]:
    if file is not None and not file.is_file():
        raise ConfigMistakes((sentence("file_missing", str(file)),))
    path = file or USUAL_FILE
    try:
        return TomlConfigSettingsSource(Settings, path)() if path.is_file() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigMistakes((sentence("not_toml", str(path), detail=str(error)),)) from None


def names() -> tuple[str, ...]:
    """Every setting, as ``section.key``."""
    return tuple(
        f"{section}.{key}"
        for section, field in Settings.model_fields.items()
        if isinstance(field.annotation, type) and issubclass(field.annotation, Section)
        for key in field.annotation.model_fields
    )


def environment_name(name: str) -> str:
    """``telegram.token`` as the environment spells it."""
    return PREFIX + name.upper().replace(".", "__")


def _strays() -> tuple[str, ...]:
    known = {environment_name(name) for name in names()} | {
        environment_name(section) for section in Settings.model_fields
    }
    known.add(failpoints.VARIABLE)  # not a setting: the tests' way to have us die somewhere
    return tuple(n for n in sorted(os.environ) if n.startswith(PREFIX) and n not in known)


def _close(name: str) -> str:
    known = [environment_name(each) for each in names()]
    return next(iter(difflib.get_close_matches(name, known, 1)), "")


def _unreadable_lists() -> tuple[str, ...]:
    name = environment_name("people.administrators")
    return (sentence("bad_list", name),)


def _told(mistake: Any, file: Path) -> str:
    """One finding of pydantic as a sentence: which key, where it is set, what helps."""
    place = tuple(str(part) for part in mistake["loc"])
    key = ".".join(place[:2])
    spelled = environment_name(key)
    where = spelled if spelled in os.environ else f"{file} [{key}]"
    if mistake["type"] == "extra_forbidden":
        close = next(iter(difflib.get_close_matches(key, names(), 1)), "")
        return sentence("unknown_key", where, close=close)
    code = "webhook_incomplete" if "webhook_incomplete" in mistake["msg"] else mistake["type"]
    return sentence(code, where, detail=mistake.get("ctx", {}))
