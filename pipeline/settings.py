"""Every setting, typed, with its default and what it does; the reference page is made from this file.

Precedence: command line, then environment (`HELIOGRAPH_…`), then the file (`heliograph.toml`, or what
`HELIOGRAPH_CONFIG` names), then the default.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from .domain.directory import Language, MailAddress, Zone
from .domain.errors import Misconfigured
from .domain.unfit_values import in_words
from .drafting.redaction.kinds import REDACTED
from .model_settings import Line, ModelSettings, is_web_address
from .portal_settings import PortalSettings

PREFIX = "HELIOGRAPH_"
CONFIG_VARIABLE = "HELIOGRAPH_CONFIG"
BESIDE = frozenset({CONFIG_VARIABLE, "HELIOGRAPH_TOKEN"})
"""Variables that are no settings: the examples of the API keep a caller's token in the second."""


class Settings(PortalSettings, ModelSettings):
    """One installation's settings. Lists are written as JSON in the environment, where an empty
    variable is as good as none."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, extra="forbid", frozen=True, env_ignore_empty=True
    )

    data_dir: Path = Field(default=Path("var"), description="Folder of everything that is kept.")
    host: Line = Field(default="127.0.0.1", min_length=1, description="Address to listen on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to listen on; 0 picks one.")
    public_url: str = Field(
        default="",
        description="How people reach this server, for links. Default: http://host:port.",
    )
    database_url: SecretStr = Field(
        default=SecretStr(""),
        description="sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME. "
        "Default: SQLite in the data folder.",
    )
    secret_key: SecretStr = Field(
        default=SecretStr(""),
        description="Signs links and sessions; at least 32 characters. "
        "Default: made at the first start and kept in the data folder.",
    )
    desk_name: Line = Field(default="", description="The service desk's name at the foot of mails.")
    desk_phone: Line = Field(
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
    webhook_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="host or host:port that webhooks may go to; any other is refused."
    )
    knowledge_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="host or host:port inside your network that articles may be fetched from; "
        "public addresses always may.",
    )
    calendar_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="host or host:port inside your network that on-call calendars may be fetched from; "
        "public addresses always may.",
    )
    rules_dir: Path | None = Field(
        default=None, description="Folder of rule packs (*.yaml). Default: the shipped pack."
    )
    templates_dir: Path | None = Field(
        default=None, description="Folder laid over the shipped templates, file by file."
    )
    mappings_dir: Path | None = Field(
        default=None,
        description="Folder of mapping files (*.yaml) for webhooks, beside the shipped ones.",
    )
    body_limit: int = Field(
        default=1024 * 1024, ge=1024, description="Greatest request body, in bytes."
    )
    batch_limit: int = Field(default=1000, ge=1, le=10_000, description="Events in one batch.")
    senders: int = Field(default=4, ge=1, le=64, description="Threads that send, for each channel.")
    attach_tickets: bool = Field(
        default=True,
        description="Whether a new ticket that matches an open major incident is attached to it.",
    )
    encoder: Literal["minilm", "endpoint", "none"] = Field(
        default="minilm",
        description="What turns articles into vectors: the embedded MiniLM (reads English alone), an "
        "`endpoint`, or `none`: then articles are found by their words.",
    )
    encoder_url: str = Field(
        default="", description="Address of an endpoint that speaks as OpenAI's embeddings do."
    )
    encoder_model: Line = Field(
        default="", validate_default=True, description="Name of the model at that endpoint."
    )
    encoder_key: SecretStr = Field(default=SecretStr(""), description="Key of that endpoint.")
    chroma_url: str = Field(
        default="",
        description="Address of a `chroma run` that keeps the vectors. Default: in the data folder.",
    )
    session_hours: int = Field(default=12, ge=1, le=720, description="How long a sign-in lasts.")
    link_days: int = Field(default=30, ge=1, le=365, description="How long links in messages work.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="Least severity that is logged."
    )
    log_format: Literal["text", "json"] = Field(default="text", description="Shape of log lines.")

    @field_validator("public_url", "model_url", "second_model_url", check_fields=False)
    @classmethod
    def _web_address(cls, value: str) -> str:
        if value and not is_web_address(value):
            raise ValueError("must be http://HOST or https://HOST, with a port or path if need be")
        return value.rstrip("/")

    @field_validator("webhook_hosts", "knowledge_hosts", "calendar_hosts", "redact", mode="before")
    @classmethod
    def _list(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise ValueError('must be a JSON list such as ["hooks.example.org"]') from None

    @field_validator("encoder_model")
    @classmethod
    def _endpoint_is_named(cls, value: str, info: Any) -> str:
        if info.data.get("encoder") == "endpoint" and not (value and info.data.get("encoder_url")):
            raise ValueError("with the encoder `endpoint`, its address and model must be set")
        return value

    @field_validator("encoder_url", "chroma_url")
    @classmethod
    def _endpoint(cls, value: str) -> str:
        if value and not is_web_address(value):
            raise ValueError("must be http://HOST or https://HOST, with a port or path if need be")
        return value

    @field_validator("rules_dir", "templates_dir", "mappings_dir")
    @classmethod
    def _folder(cls, value: Path | None) -> Path | None:
        if value is not None and not value.is_dir():
            raise ValueError(f"{value} is not a folder")
        return value

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: SecretStr) -> SecretStr:
        url = value.get_secret_value()
        if url and not url.startswith(("sqlite:///", "postgresql://")):
            raise ValueError("must start with sqlite:/// or postgresql://")
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
        url = self.database_url.get_secret_value()
        return url or f"sqlite:///{self.data_dir / 'heliograph.db'}"

    @property
    def lock_file(self) -> Path:
        """Held by the one process that works in the data folder."""
        return self.data_dir / "owner.lock"

    @property
    def outbox(self) -> Path:
        return self.data_dir / "outbox"

    @property
    def base_url(self) -> str:
        """Where links lead: as people reach this server, or as this machine does."""
        return self.public_url or self.local_url

    @property
    def local_url(self) -> str:
        """Address for what runs on this machine."""
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host  # noqa: S104  compared, not bound
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        path = _file()
        if os.environ.get(CONFIG_VARIABLE) and not path.is_file():
            raise Misconfigured(f"there is no file {path}", where=CONFIG_VARIABLE)
        file = TomlConfigSettingsSource(settings_cls, toml_file=path)
        return (init_settings, env_settings, file)


def load(**overrides: Any) -> Settings:
    """The settings in force. Raises Misconfigured with one sentence that names the first wrong one."""
    given = {key: value for key, value in overrides.items() if value is not None}
    unknown = sorted(key for key in os.environ if _is_unknown(key.upper()))
    if unknown:
        raise Misconfigured(_NO_SETTING, where=unknown[0])
    try:
        return Settings(**given)
    except ValidationError as wrong:
        raise _misconfigured(wrong) from None
    except ValueError as wrong:
        raise Misconfigured(str(wrong), where=str(_file())) from wrong


_NO_SETTING = "is not a setting; see docs/settings.md"


def _is_unknown(variable: str) -> bool:
    name = variable.removeprefix(PREFIX)
    return name != variable and variable not in BESIDE and name.lower() not in Settings.model_fields


def _misconfigured(wrong: ValidationError) -> Misconfigured:
    # Neither the sentence nor the error holds what was given: it may be a password.
    first = wrong.errors(include_url=False, include_input=False)[0]
    name = str(first["loc"][0])
    if first["type"] == "extra_forbidden":
        return Misconfigured(f"{name} {_NO_SETTING}", where=str(_file()))
    sentence = in_words(first)
    return Misconfigured(sentence, where=PREFIX + name.upper())


def _file() -> Path:
    return Path(os.environ.get(CONFIG_VARIABLE) or "heliograph.toml")


def reference() -> str:
    """The settings as a Markdown page, from the fields themselves."""
    lines = [
        "# Settings",
        "",
        "Made by `heliograph settings --markdown`; a test keeps it true.",
        "",
        "Precedence: command line, environment, file (`heliograph.toml`), default.",
        "In the environment an empty variable counts as none, and a list is written as JSON.",
        "",
        "| environment | file | default | what it does |",
        "| --- | --- | --- | --- |",
    ]
    for name, field in Settings.model_fields.items():
        default = json.dumps(field.default) if field.default == REDACTED else field.default
        shown = "" if default is None or str(default) in ("", "()") else f"`{default}`"
        lines.append(f"| `{PREFIX}{name.upper()}` | `{name}` | {shown} | {field.description} |")
    return "\n".join(lines) + "\n"
