"""What does somebody write of an article, and what is wrong with it? A form's fields, in and out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import TypeAdapter, ValidationError

from knowledge.article import Article, ArticleText
from pipeline.domain.directory import is_visible
from pipeline.flow.articles.editing import BY_HAND
from pipeline.policy.readers import EVERYBODY, STAFF, misspelt

Given = Mapping[str, str]
_SEPARATORS = re.compile(r"[,，;；\n]+")
# Control characters that no text means, but for tab and line feed; halves of characters.
_UNREADABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
ORDER = "order"
"""The period ends before it begins."""
LABEL = "label"
"""One of the labels is none: nobody could ever carry it."""
_DAY = TypeAdapter(date)
CHOICES = (EVERYBODY, STAFF)
"""Labels that are a box to be ticked; others are written."""
PROBLEMS: Mapping[str, str] = {
    "too_short": "missing",
    "too_long": "too_long",
    "string_too_short": "missing",
    "string_too_long": "too_long",
    "string_pattern_mismatch": "address",
    "literal_error": "choice",
    "date_from_datetime_parsing": "day",
    "date_parsing": "day",
    "date_from_datetime_inexact": "day",
}
"""What is wrong, as the validation calls it → the code that has a sentence; the rest is `unreadable`."""


def written(given: Given) -> ArticleText:
    """Raises ValidationError."""
    fields: dict[str, Any] = {
        "source": BY_HAND,
        "external_id": BY_HAND,
        "title": " ".join(_clean(given.get("title", "")).split()),
        "body": _clean(given.get("body", "")),
        "language": given.get("language", ""),
        "products": _list(given.get("products", "")),
        "audience": audience_of(given),
    }
    for name in ("url", "valid_from", "valid_until"):
        fields[name] = _clean(given.get(name, "")).strip() or None
    return ArticleText.model_validate(fields)


def audience_of(given: Given) -> tuple[str, ...]:
    """The boxes that are ticked, and the labels that are written."""
    ticked = [label for label in CHOICES if given.get(f"audience.{label}")]
    return tuple(dict.fromkeys([*ticked, *_list(given.get("labels", ""))]))


def problems_of(given: Given) -> dict[str, str]:
    """Field → code of what is wrong with it; empty when it can be saved."""
    found: dict[str, str] = {}
    try:
        written(given)
    except ValidationError as wrong:
        for error in wrong.errors(include_url=False, include_input=False):
            if not error["loc"]:
                # Only the order of the two days concerns more than one field.
                found["valid_until"] = ORDER
                continue
            field = str(error["loc"][0]).replace("audience", "labels")
            found.setdefault(field, PROBLEMS.get(error["type"], "unreadable"))
    if misspelt(audience_of(given)):
        found.setdefault("labels", LABEL)
    if not is_visible(_clean(given.get("body", ""))):
        found["body"] = "missing"
    # An article looks at the order of its days only when every field is good.
    if not {"valid_from", "valid_until"} & set(found) and _ends_too_early(given):
        found["valid_until"] = ORDER
    return found


def _ends_too_early(given: Given) -> bool:
    days = [given.get(name, "").strip() for name in ("valid_from", "valid_until")]
    return all(days) and _DAY.validate_python(days[0]) > _DAY.validate_python(days[1])


def given_of(article: Article) -> dict[str, str]:
    """The form as it stands for an article that is there."""
    audience = article.audience or ()
    given = {
        "title": article.title,
        "body": article.body,
        "language": article.language,
        "products": ", ".join(article.products),
        "labels": ", ".join(label for label in audience if label not in CHOICES),
        "url": article.url or "",
        "valid_from": article.valid_from.isoformat() if article.valid_from else "",
        "valid_until": article.valid_until.isoformat() if article.valid_until else "",
    }
    return given | {f"audience.{label}": "on" for label in CHOICES if label in audience}


def _clean(text: str) -> str:
    return _UNREADABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _list(text: str) -> list[str]:
    parts = (part.strip() for part in _SEPARATORS.split(_clean(text)))
    return list(dict.fromkeys(part for part in parts if part))
