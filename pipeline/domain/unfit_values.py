"""What is wrong with a value that was sent? In words of people, not in those of the library that checked it.

A library says "Tuple should have at least 1 item after validation": true, and of no use to whoever fills in a form.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_MEMBER = re.compile(r"<\w+\.\w+: ('[^']*')>")
_LIST, _OBJECT = "must be a list", "must be an object with named fields"
_PLAIN = {
    **dict.fromkeys(("tuple_type", "list_type", "set_type", "frozen_set_type"), _LIST),
    **dict.fromkeys(("dict_type", "mapping_type", "model_type", "dataclass_type"), _OBJECT),
    "model_attributes_type": _OBJECT,
    "string_type": "must be a text (a string)",
}
"""By pydantic's code of the fault. What a field's own check says is said as it stands."""


def place_of(error: Mapping[str, Any], whole: str = "") -> str:
    """Where in what was sent; `whole` where it is about all of it."""
    return ".".join(map(str, error["loc"])) or whole


def in_words(error: Mapping[str, Any]) -> str:
    """The sentence for one of a `ValidationError`'s `errors()`."""
    match error["type"]:
        case "too_short":
            return f"needs at least {_counted(error['ctx']['min_length'], 'entry', 'entries')}"
        case "too_long":
            return f"may hold at most {_counted(error['ctx']['max_length'], 'entry', 'entries')}"
        case "string_too_short":
            return (
                f"needs at least {_counted(error['ctx']['min_length'], 'character', 'characters')}"
            )
        case "string_too_long":
            most = _counted(error["ctx"]["max_length"], "character", "characters")
            return f"may have at most {most}"
        case type_ if type_ in _PLAIN:
            return _PLAIN[type_]
    said = str(error["msg"]).removeprefix("Value error, ")
    # An enumeration's members are written as Python writes them; people know their values.
    return _MEMBER.sub(r"\1", said.replace("Input should be", "must be"))


def _counted(n: int, one: str, more: str) -> str:
    return f"{n} {one if n == 1 else more}"
