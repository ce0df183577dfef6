"""What is asked of a chat model beside words, and which words come back, whatever way it was asked in?"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

_TAKEN = {"type", "properties", "items", "required", "minItems", "maxItems", "enum"}
"""What every endpoint takes in a strict schema; lengths are judged when the answer is read."""
MOST_COUNTED = 100_000_000
"""Tokens of one call that anybody could mean."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """`refusal` is set when it will not, `ended` says why it stopped, as its provider has it; tokens are None
    where nobody counts them."""

    text: str
    refusal: bool
    ended: str
    tokens_in: int | None
    tokens_out: int | None


def schema_of(form: type[BaseModel]) -> dict[str, Any]:
    """A schema, and not the class: the client would read the answer by itself then, and what does not fit
    would be lost together with its count of tokens."""
    whole = form.model_json_schema()
    shape = _plain(whole, whole.get("$defs", {}))
    return {"title": form.__name__, "description": form.__name__, **shape}


def _plain(schema: dict[str, Any], parts: dict[str, Any]) -> dict[str, Any]:
    """`parts` are the forms inside the form, which stand where they are named: not every endpoint looks them up."""
    if "$ref" in schema:
        return _plain(parts[schema["$ref"].rpartition("/")[2]], parts)
    plain: dict[str, Any] = {}
    for name, value in schema.items():
        if name == "properties":
            plain[name] = {key: _plain(one, parts) for key, one in value.items()}
        elif name == "items":
            plain[name] = _plain(value, parts)
        elif name == "anyOf":
            plain[name] = [_plain(one, parts) for one in value]
        elif name == "const":
            plain["enum"] = [value]
        elif name in _TAKEN:
            plain[name] = value
    if "properties" in plain:
        # A strict schema has every field required, and no other.
        plain |= {"required": list(plain["properties"]), "additionalProperties": False}
    return plain


def said_in(message: Any) -> Said:
    """Of LangChain's message: its text, or the arguments with which it would call the form."""
    usage = message.usage_metadata or {}
    return Said(
        text=_called(message) or str(message.text),
        refusal=bool(message.additional_kwargs.get("refusal")),
        ended=str(message.response_metadata.get("finish_reason") or ""),
        tokens_in=counted(usage.get("input_tokens")),
        tokens_out=counted(usage.get("output_tokens")),
    )


def counted(tokens: object) -> int | None:
    """A provider's word, if it can be true: budgets are paid by it, and a column holds it. None is none: something
    was asked, and where nothing came back a guess is nothing too."""
    if not isinstance(tokens, int) or not 0 < tokens <= MOST_COUNTED:
        return None
    return tokens


def _called(message: Any) -> str:
    for call in message.tool_calls:
        return json.dumps(call["args"], ensure_ascii=False)
    for call in message.invalid_tool_calls:
        return str(call["args"])
    return ""
