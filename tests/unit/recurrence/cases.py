"""Short ways to the cases that the tests of recurrence speak of."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache

from pipeline.recurrence.case import Case
from pipeline.recurrence.signature import Signature, Signer

START = datetime(2026, 3, 2, 8, tzinfo=UTC)


@cache
def signer() -> Signer:
    return Signer()


def case(
    id_: str, title: str, text: str = "", *, days: float = 0, service: str = "", category: str = ""
) -> Case:
    at = START + timedelta(days=days)
    return Case(id=id_, at=at, title=title, text=text, service=service, category=category)


def signed(title: str, text: str = "", *, days: float = 0, service: str = "") -> Signature:
    return signer().sign(case(f"{title} {days}", title, text, days=days, service=service))
