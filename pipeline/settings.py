"""Every setting, typed, with its default and what it does; the reference page is made from this file.

Precedence: command line, then environment (`HELIOGRAPH_…`), then the file (`heliograph.toml`, or what
`HELIOGRAPH_CONFIG` names), then the default.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from .domain.directory import Language, MailAddress, Zone
from .domain.errors import Misconfigured

PREFIX = "HELIOGRAPH_"
CONFIG_VARIABLE = "HELIOGRAPH_CONFIG"


class Settings(BaseSettings):
    """One installation's settings. Lists are written as JSON in the environment."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)

    data_dir: Path = Field(default=Path("var"), description="Folder of everything that is kept.")
    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to listen on; 0 picks one.")
    public_url: str = Field(
        default="",
        description="How people reach this server, for links. Default: http://host:port.",
    )
    database_url: str = Field(
        default="",
        description="sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME. "
        "Default: SQLite in the data folder.",
    )
    secret_key: SecretStr = Field(
        default=SecretStr(""),
        description="Signs links and sessions; at least 32 characters. "
        "Default: made at the first start and kept in the data folder.",
    )
    desk_name: str = Field(default="", description="The service desk's name at the foot of mails.")
    desk_phone: str = Field(
        default="", description="The service desk's telephone, as people dial it."
    )
    language: Language = Field(
        default="en", description="Language for those who have none on record."
    )
    zone: Zone = Field(default="UTC", description="Time zone for those who have none on record.")
    smtp_url: SecretStr = Field(
        default=SecretStr(""),
        description="smtp://, smtp+starttls:// or smtps://USER:PASSWORD@HOST:PORT. "
        "Default: mails are written to DATA_DIR/outbox instead.",
    )
    mail_from: MailAddress = Field(
        default="service-desk@heliograph.example", description="Sender of mails."
    )
    mail_reply_to: MailAddress | None = Field(
        default=None,
        description="Where replies go, so that they land on the ticket. Default: sender.",
    )
    webhook_secret: SecretStr = Field(
        default=SecretStr(""), description="Signs outgoing webhooks; at least 24 characters."
    )
    webhook_hosts: tuple[str, ...] = Field(
        default=(), description="host or host:port that webhooks may go to; any other is refused."
    )
    rules_dir: Path | None = Field(
        default=None, description="Folder of rule packs (*.yaml). Default: the shipped pack."
    )
    templates_dir: Path | None = Field(
        default=None, description="Folder laid over the shipped templates, file by file."
    )
    body_limit: int = Field(
        default=1024 * 1024, ge=1024, description="Greatest request body, in bytes."
    )
    batch_limit: int = Field(default=1000, ge=1, le=10_000, description="Events in one batch.")
    senders: int = Field(default=4, ge=1, le=64, description="Threads that send, for each channel.")
    session_hours: int = Field(default=12, ge=1, le=720, description="How long a sign-in lasts.")
    link_days: int = Field(default=30, ge=1, le=365, description="How long links in messages work.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="Least severity that is logged."
    )
    log_format: Literal["text", "json"] = Field(default="text", description="Shape of log lines.")

    @field_validator("public_url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("starts with http:// or https://")
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if value and not value.startswith(("sqlite:///", "postgresql://")):
            raise ValueError("starts with sqlite:/// or postgresql://")
        return value

    @field_validator("secret_key", "webhook_secret")
    @classmethod
    def _long_enough(cls, value: SecretStr, info: Any) -> SecretStr:
        least = 32 if info.field_name == "secret_key" else 24
        if 0 < len(value.get_secret_value()) < least:
            raise ValueError(f"needs at least {least} characters")
        return value

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.data_dir / 'heliograph.db'}"

    @property
    def outbox(self) -> Path:
        return self.data_dir / "outbox"

    @property
    def base_url(self) -> str:
        return self.public_url or f"http://{self.host}:{self.port}"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        named = os.environ.get(CONFIG_VARIABLE)
        path = Path(named or "heliograph.toml")
        if named and not path.is_file():
            raise Misconfigured(f"the file {named} does not exist", where=CONFIG_VARIABLE)
        file = TomlConfigSettingsSource(settings_cls, toml_file=path)
        return (init_settings, env_settings, file)


def load(**overrides: Any) -> Settings:
    """The settings in force. Raises Misconfigured with one sentence that names the first wrong one."""
    given = {key: value for key, value in overrides.items() if value is not None}
    unknown = sorted(
        key
        for key in os.environ
        if key.startswith(PREFIX)
        and key != CONFIG_VARIABLE
        and key.removeprefix(PREFIX).lower() not in Settings.model_fields
    )
    if unknown:
        raise Misconfigured("is not a setting; see docs/settings.md", where=unknown[0])
    try:
        return Settings(**given)
    except ValidationError as wrong:
        first = wrong.errors(include_url=False, include_input=False)[0]
        name = str(first["loc"][0]) if first["loc"] else "settings"
        sentence = first["msg"].removeprefix("Value error, ")
        raise Misconfigured(sentence, where=PREFIX + name.upper()) from None
    except ValueError as wrong:
        raise Misconfigured(
            str(wrong), where=os.environ.get(CONFIG_VARIABLE, "heliograph.toml")
        ) from wrong


def reference() -> str:
    """The settings as a Markdown page, from the fields themselves."""
    lines = [
        "# Settings",
        "",
        "Made by `heliograph settings --markdown`; a test keeps it true.",
        "",
        "Precedence: command line, environment, file (`heliograph.toml`), default.",
        "",
        "| environment | file | default | what it does |",
        "| --- | --- | --- | --- |",
    ]
    for name, field in Settings.model_fields.items():
        default = field.default
        shown = "" if default is None or str(default) == "" else f"`{default}`"
        lines.append(f"| `{PREFIX}{name.upper()}` | `{name}` | {shown} | {field.description} |")
    return "\n".join(lines) + "\n"
