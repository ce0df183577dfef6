"""What is set of chat models? Which there are, what they may cost, what they may see, what is kept of them."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode

from .domain.directory import one_line
from .drafting.redaction.kinds import REDACTED, Redactable

Line = Annotated[str, AfterValidator(one_line)]
Amount = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class ModelSettings(BaseSettings):
    """The part of the settings that is about chat models."""

    model: Line = Field(
        default="",
        description="Chat model that writes summaries, and questions for articles, as LangChain names it: "
        "openai:NAME, or NAME at an endpoint that speaks as OpenAI's does. Default: none.",
    )
    model_url: str = Field(
        default="",
        description="Address of the chat model's API, with its /v1. Default: its provider's.",
    )
    reranking: bool = Field(
        default=False,
        description="Whether the chat model may change the order of the first ten articles; it has two "
        "seconds for it.",
    )
    model_key: SecretStr = Field(
        default=SecretStr(""), description="Key of the chat model, where it needs one."
    )
    redact: Annotated[tuple[Redactable, ...], NoDecode] = Field(
        default=REDACTED,
        description="What chat models see placeholders for, which code puts back. `staff_address` besides: "
        "hosts and addresses in texts for technicians. A secret is never put back.",
    )
    second_model: Line = Field(
        default="",
        description="Chat model that is asked when the first gives nothing of use, named alike. "
        "Default: none.",
    )
    second_model_url: str = Field(default="", description="Address of the second model's API.")
    second_model_key: SecretStr = Field(
        default=SecretStr(""), description="Key of the second model."
    )
    opinion: Literal["off", "on", "model", "second_model"] = Field(
        default="off",
        description="Which chat model is asked, of each text that a model wrote and the checks let pass, "
        "whether the record says every sentence: `model`, `second_model`, or `on` for the second, the "
        "first where there is no second. It can stop a text, and lets none pass.",
    )
    model_price_in: Amount | None = Field(
        default=None,
        description="Price of a million tokens that the chat model reads, in any currency: the same for "
        "all. Default: not known.",
    )
    model_price_out: Amount | None = Field(
        default=None, description="Price of a million tokens that it writes."
    )
    second_model_price_in: Amount | None = Field(
        default=None, description="Price of a million tokens that the second model reads."
    )
    second_model_price_out: Amount | None = Field(
        default=None, description="Price of a million tokens that it writes."
    )
    model_seconds_per_text: float = Field(
        default=60.0,
        gt=0,
        le=600,
        allow_inf_nan=False,
        description="Seconds that chat models may take for one text, all their answers together.",
    )
    model_tokens_per_text: int = Field(
        default=60_000, ge=0, description="Tokens for one text, read and written; 0 asks no model."
    )
    model_tokens_per_incident: int = Field(
        default=1_000_000, ge=0, description="Tokens for all texts about one incident."
    )
    model_tokens_per_day: int = Field(
        default=10_000_000, ge=0, description="Tokens on one day, of the zone that is set."
    )
    model_money_per_incident: Amount | None = Field(
        default=None, description="Money for all texts about one incident. Default: no limit."
    )
    model_money_per_day: Amount | None = Field(
        default=None, description="Money on one day. Default: no limit."
    )
    model_recording: Literal["full", "none"] = Field(
        default="full",
        description="Whether what chat models are asked and answer is kept, redacted as it was asked; "
        "`none` keeps only what a call took, and asks the same again.",
    )
    model_recording_days: int = Field(
        default=30, ge=1, le=3650, description="Days after which the texts of a call go."
    )
    mark_machine_text: bool = Field(
        default=False,
        description="Whether a fixed line under a chat model's words in messages says that they are, where "
        "law or the house asks for it.",
    )
    questions_per_day: int = Field(
        default=200, ge=0, le=100_000, description="Articles a day that the chat model reads."
    )

    @field_validator("second_model")
    @classmethod
    def _follows_a_first(cls, value: str, info: Any) -> str:
        if value and not info.data.get("model"):
            raise ValueError("a second model needs a first one")
        return value

    @field_validator("opinion")
    @classmethod
    def _is_asked_of_a_model(cls, value: str, info: Any) -> str:
        """Whoever switches it on relies on it."""
        needed = {"on": "model"}.get(value, value)
        if needed != "off" and not info.data.get(needed):
            raise ValueError(f"an opinion of `{value}` needs the setting {needed}")
        return value

    @field_validator("model_money_per_incident", "model_money_per_day")
    @classmethod
    def _prices_are_known(cls, value: float | None, info: Any) -> float | None:
        """A budget that counts nothing would never be used up."""
        models = [name for name in ("model", "second_model") if info.data.get(name)]
        prices = [f"{name}_price_{way}" for name in models for way in ("in", "out")]
        if value is not None and any(info.data.get(price) is None for price in prices):
            raise ValueError(f"a budget in money needs the prices: {', '.join(prices)}")
        return value


def is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 - reading it is the check
    except ValueError:
        return False
    extra = parts.query or parts.fragment or parts.username or any(c.isspace() for c in text)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not extra
