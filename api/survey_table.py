"""All answers to surveys as a table that a spreadsheet opens: one a line, newest first."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime
from io import StringIO

from pipeline.bootstrap import Heliograph
from pipeline.domain.survey import Survey
from pipeline.domain.times import to_text

COLUMNS = (
    *("kind", "answered_at", "ticket", "round", "score", "comment", "group", "service"),
    *("person", "asked_at"),
)
PAGE = 500
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def answers_since(app: Heliograph, since: datetime) -> Iterator[Survey]:
    """Read page by page: a year may hold many."""
    after: str | None = None
    while True:
        found = app.deciding.found.answers(since=since, limit=PAGE, after=after)
        yield from found
        if len(found) < PAGE:
            return
        after = found[-1].id


def csv_of(app: Heliograph, since: datetime) -> str:
    """With a mark at its beginning by which a spreadsheet knows UTF-8. What would be a formula is text."""
    written = StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(COLUMNS)
    answers = list(answers_since(app, since))
    with app.store.read() as tx:
        tickets = tx.incidents(sorted({a.incident for a in answers}))
    for a in answers:
        number = tickets[a.incident].number if a.incident in tickets else a.incident
        row = (
            a.kind.value,
            *(to_text(a.answered_at) if a.answered_at else "", number, a.round, a.score),
            *(a.comment or "", a.group or "", a.service or "", a.person, to_text(a.asked_at)),
        )
        table.writerow([_harmless(value) for value in row])
    return "\ufeff" + written.getvalue()


def _harmless(value: object) -> object:
    """A comment that begins like a formula would be run by whoever opens the table."""
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else value
