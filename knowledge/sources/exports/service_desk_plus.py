"""How does ServiceDesk Plus write a solution?

Its API's version 3: https://www.manageengine.com/products/service-desk/sdpod-v3-api/resources/solution.html
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from ...errors import Refused
from ..draft import Draft
from ..fields import named, text_of
from ..names import names
from .plain import in_markdown

wrappers = ("solutions", "solution")


def fits(entry: Mapping[str, Any]) -> bool:
    return "approval_status" in entry or ("topic" in entry and "description" in entry)


def draft(entry: Mapping[str, Any], *, key: str, place: str) -> Draft:
    """Only an approved solution is taken: one whose approval is not told may be a draft."""
    fields = named(entry)
    status = text_of(fields, "status")
    if status.casefold() not in names().approved:
        told = f"its status is {status}" if status else "it does not tell its approval status"
        raise Refused(f"it is left out, because {told}; only approved solutions are taken")
    description = entry.get("description") or entry.get("content") or ""
    if not isinstance(description, str):
        raise Refused("its description is no text")
    if "valid_until" in fields:
        fields["valid_until"] = _day(fields["valid_until"])
    known = text_of(fields, "id")
    return Draft(
        body=in_markdown(description),
        fields=fields,
        key=known or key,
        place=f"solution {known}" if known else place,
    )


def _day(value: object) -> object:
    """Its times are `{"value": milliseconds}`; the day is that of UTC."""
    told = value.get("value") if isinstance(value, Mapping) else None
    if told is None:
        return value
    try:
        return datetime.fromtimestamp(int(told) / 1000, UTC).date().isoformat()
    except (ValueError, TypeError, OverflowError, OSError):
        raise Refused(
            f"valid_until is {str(told)[:60]}, which is no time in milliseconds"
        ) from None
