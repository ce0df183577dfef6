"""What did the model say? A filled form out of its words, mended where it is plain what was meant.

Small models wrap JSON in sentences and fences, and write a list as a string.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Generic, get_origin

from pydantic import ValidationError

from ..errors import UnfitAnswer
from ..ports import Form

LONGEST_ANSWER = 20_000
"""Characters. What is longer is no filled form, whatever it is."""
MOST_PROBLEMS = 8
_BULLET = re.compile(r"^\s*(?:[-*]|\d{1,2}[.)])\s+")


@dataclass(frozen=True, kw_only=True)
class Reading(Generic[Form]):
    """`mended`: the words were not the form's JSON as they stood."""

    form: Form
    mended: bool


def read(form: type[Form], said: str) -> Reading[Form]:
    """Raises UnfitAnswer that says what is wrong, in words that the model can be told."""
    if len(said) > LONGEST_ANSWER:
        raise UnfitAnswer(f"the answer has more than {LONGEST_ANSWER} characters")
    try:
        return Reading(form=form.model_validate_json(said), mended=False)
    except ValidationError:
        values = _object(said)
    try:
        return Reading(form=form.model_validate(_listed(form, values)), mended=True)
    except ValidationError as wrong:
        raise UnfitAnswer(_sentence(wrong)) from None


def _object(said: str) -> dict[str, Any]:
    """The outermost braces of what was said."""
    start, end = said.find("{"), said.rfind("}")
    try:
        found = json.loads(said[start : end + 1], strict=False)
    except (ValueError, RecursionError):
        raise UnfitAnswer("the answer is not one JSON object") from None
    if not isinstance(found, dict):
        raise UnfitAnswer("the answer is not one JSON object")
    return found


def _listed(form: type[Form], values: dict[str, Any]) -> dict[str, Any]:
    lists = {n for n, field in form.model_fields.items() if get_origin(field.annotation) is list}
    return {
        name: _items(value) if name in lists and isinstance(value, str) else value
        for name, value in values.items()
    }


def _items(text: str) -> list[Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, list):
        return found
    return [_BULLET.sub("", line).strip() for line in text.splitlines() if line.strip()]


def _sentence(wrong: ValidationError) -> str:
    """What is wrong and where, without what was given: it may be anything, and of any length."""
    problems = [
        f"{'.'.join(str(part) for part in one['loc'])[:80]}: {one['msg'].removeprefix('Value error, ')}"
        for one in wrong.errors(include_url=False, include_input=False)
    ]
    return "; ".join(problems[:MOST_PROBLEMS])
