"""Which model is asked now? One behind LangChain, without budgets; its key stands in the environment."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import SecretStr

import prompts
from pipeline.flow.models.budgets import Price

from .answering import Live


def live(
    model: str,
    url: str,
    key_env: str,
    *,
    prices: tuple[float | None, float | None],
    keep: Path | None,
) -> Live:
    """Raises ValueError when the key's variable is not set, Refused for an address that would show the key."""
    if key_env and not os.environ.get(key_env):
        raise ValueError(f"the variable {key_env} is not set: --key-env names where the key stands")
    from pipeline.adapters.models.chat import LangChainModel

    key = SecretStr(os.environ.get(key_env, "") if key_env else "")
    asked = LangChainModel(model=model, url=url, key=key, texts=prompts.read_texts(prompts.ROOT))
    return Live(model=asked, price=Price(tokens_in=prices[0], tokens_out=prices[1]), keep=keep)
