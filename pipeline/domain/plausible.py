"""Can an event tell of this time? A slip of the year or the zone would be told to everybody as a fact."""

from __future__ import annotations

from datetime import datetime, timedelta

from .cloudevents import Incoming
from .errors import Malformed
from .times import FUTURE_TOLERANCE, to_text

LONGEST_UNNOTICED = timedelta(days=31)
"""A failure that began longer ago than this before anybody recorded it is likelier a slip."""
LONGEST_AHEAD = timedelta(days=366)


def refuse_implausible(item: Incoming) -> None:
    """Raises Malformed for a time that its field cannot mean."""
    problems = [
        (f"data.{field}", sentence)
        for field in type(item.data).model_fields
        if isinstance(value := getattr(item.data, field), datetime)
        and (sentence := _fault(field, value, item)) is not None
    ]
    if problems:
        detail = "; ".join(f"{field}: {sentence}" for field, sentence in problems)
        raise Malformed(detail, field=problems[0][0], problems=problems)


def _fault(field: str, value: datetime, item: Incoming) -> str | None:
    at = item.occurred_at
    if field in item.data.happened:
        if value > at + FUTURE_TOLERANCE:
            return f"{to_text(value)} lies after the event that tells of it ({to_text(at)})"
        if value < at - LONGEST_UNNOTICED:
            return f"{to_text(value)} lies more than {LONGEST_UNNOTICED.days} days before the event"
    elif value > at + LONGEST_AHEAD:
        return f"{to_text(value)} lies more than a year ahead"
    return None
