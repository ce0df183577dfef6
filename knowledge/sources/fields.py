"""What do people call the parts of an article, and what do their values say?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import cast, get_args

from ..article import Language
from ..errors import Refused
from .names import names, plain

_DATE = re.compile(
    r"(\d{4})\s*[-/.\u5e74]\s*(\d{1,2})\s*[-/.\u6708]\s*(\d{1,2})\s*\u65e5?(?:[Tt ]\s*[\d:.]+\s*(?:Z|[-+]\d{1,2}(?::?\d\d)?)?)?"
)
_PACKED_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)")
_BETWEEN_LABELS = re.compile(r"[,;|\uff0c\uff1b\u3001\n]")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_LETTER = re.compile(r"[^\W\d_]")


def named(values: Mapping[str, object]) -> dict[str, object]:
    """The values by our names for them; of two names for one thing the plainer one that has a value."""
    found: dict[str, tuple[int, object]] = {}
    for name, value in values.items():
        field, place = names().field_of.get(plain(name), ("", 0))
        if not field or value is None or value == "":
            continue
        if field not in found or place < found[field][0]:
            found[field] = (place, value)
    return {field: value for field, (_, value) in found.items()}


def sections(values: Mapping[str, object]) -> list[tuple[str, str]]:
    """Symptom, cause, resolution and the like, in the order in which the source has them."""
    return [
        (name.strip(), value)
        for name, value in values.items()
        if plain(name) in names().sections and isinstance(value, str) and value.strip()
    ]


def text_of(fields: Mapping[str, object], name: str) -> str:
    """A single value as text on one line; raises Refused for anything with parts."""
    value = fields.get(name)
    if value is None:
        return ""
    if isinstance(value, Mapping) and isinstance(value.get("name"), str):
        value = value["name"]
    if isinstance(value, (list, Mapping)):
        raise Refused(f"{name} must be one value, and it has parts")
    return " ".join(str(value).split())


def labels_of(fields: Mapping[str, object], name: str) -> tuple[str, ...] | None:
    """Labels from a list, or from text with commas between them. None when nothing is said."""
    value = fields.get(name)
    if value is None or value == "":
        return None
    if isinstance(value, Mapping):
        value = text_of(fields, name)
    items = value if isinstance(value, list) else _BETWEEN_LABELS.split(str(value))
    if any(isinstance(item, (list, Mapping)) for item in items):
        raise Refused(f"{name} must be a list of words")
    labels = (" ".join(str(item).split()) for item in items)
    return tuple(dict.fromkeys(label for label in labels if label))


def day_of(fields: Mapping[str, object], name: str) -> date | None:
    """Year, month and day in this order, in any of the usual forms; a time of day is left aside."""
    said = text_of(fields, name)
    if not said:
        return None
    form = _DATE.fullmatch(said) or _PACKED_DATE.fullmatch(said)
    try:
        if form:
            return date(int(form[1]), int(form[2]), int(form[3]))
    except ValueError:
        pass
    raise Refused(f"{name} is {_shown(said)}, which is no date such as 2026-08-31")


def language_of(fields: Mapping[str, object], *texts: str) -> Language:
    """As it is said, or else by the share of Han characters among the letters."""
    said = text_of(fields, "language").casefold()
    if not said:
        letters = sum(len(_LETTER.findall(text)) for text in texts)
        han = sum(len(_HAN.findall(text)) for text in texts)
        # A Chinese character says as much as two or three letters.
        return "zh" if han * 5 > letters else "en"
    for language in get_args(Language):
        if said == language or said.startswith(names().languages[language]):
            return cast("Language", language)
    known = " and ".join(get_args(Language))
    raise Refused(f"language is {_shown(said)}, and only {known} are known")


def _shown(said: str) -> str:
    return f"'{said[:60]}…'" if len(said) > 60 else f"'{said}'"
