"""What does a body say, read so that two programs cannot read it differently?

Refused are: not UTF-8, not JSON, NaN and infinities, the same key twice, lone surrogates, and nesting
or numbers beyond any use.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from typing import Any

from pipeline.domain.errors import Malformed

DEEPEST = 32
LONGEST_NUMBER = 400
"""Digits; longer integers are an attack on the parser (CPython itself stops at 4,300)."""


def read_json(body: bytes, *, field: str = "body") -> Any:
    """The decoded value. Raises Malformed with one sentence."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as wrong:
        raise Malformed(f"is not UTF-8 (byte {wrong.start})", field=field) from None
    if _depth(text) > DEEPEST:
        raise Malformed(f"is nested deeper than {DEEPEST} levels", field=field)
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_constant,
            parse_int=_integer,
            parse_float=_decimal,
        )
    except json.JSONDecodeError as wrong:
        where = f"line {wrong.lineno}, column {wrong.colno}"
        raise Malformed(f"is not JSON: {wrong.msg} at {where}", field=field) from None
    except _Unwanted as wrong:
        raise Malformed(str(wrong), field=field) from None
    # A surrogate only comes from an escape: UTF-8 itself cannot carry one.
    if "\\u" in text and _has_surrogate(value):
        raise Malformed("holds half a character (a lone surrogate)", field=field)
    return value


class _Unwanted(ValueError):
    """JSON by its grammar, or nearly, but nothing that we take."""


def _depth(text: str) -> int:
    """Greatest nesting, without recursion: the parser itself would overflow first."""
    deepest = level = 0
    in_string = escaped = False
    for char in text:
        if in_string:
            if escaped:
                escaped = False
            elif char == "\\":
                escaped = True
            elif char == '"':
                in_string = False
        elif char == '"':
            in_string = True
        elif char in "[{":
            level += 1
            deepest = max(deepest, level)
            if deepest > DEEPEST:
                break
        elif char in "]}":
            level -= 1
    return deepest


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        times = Counter(name for name, _ in pairs)
        twice, _ = times.most_common(1)[0]
        raise _Unwanted(f"has the key {twice[:100]!r} twice")
    return found


def _constant(name: str) -> None:
    raise _Unwanted(f"holds {name}, which is not JSON")


def _integer(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise _Unwanted("holds a number that is too long")
    return int(digits)


def _decimal(digits: str) -> float:
    value = float(digits)
    if math.isinf(value):
        raise _Unwanted("holds a number that is too large")
    return value


def _has_surrogate(value: Any) -> bool:
    if isinstance(value, str):
        return any("\ud800" <= char <= "\udfff" for char in value)
    if isinstance(value, dict):
        return any(_has_surrogate(k) or _has_surrogate(v) for k, v in value.items())
    return isinstance(value, list) and any(_has_surrogate(item) for item in value)
