"""What does a summary say as an event of its ticket, and which other one leaves with it?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from ...domain.directory import LONGEST_TEXT, Bilingual
from ...domain.errors import Hindrance, TooLarge, WrongState
from ...domain.events import Noted
from ...domain.incident import Incident
from ...domain.major_events import LONGEST_STATEMENT, Stated
from ...domain.payload import Payload, PersonRef
from ...domain.summary import Summary, SummaryState
from ...policy.summaries import leaves_as
from ...ports import Transaction
from .leaving import is_statement, leaving
from .moves import refuse_invisible


def companion(tx: Transaction, summary: Summary) -> Summary | None:
    """The same in the other language: for the same readers, answering the same questions, written from the
    same state of the ticket. The newest that may still leave, a released one first; none of what is no
    statement, which has one reader."""
    if summary.incident is None or not is_statement(summary):
        return None
    found = [
        one
        for one in tx.summaries(summary.incident)
        if (one.audience, one.kind, one.version)
        == (summary.audience, summary.kind, summary.version)
        and one.language != summary.language
        and one.state in (SummaryState.DRAFT, SummaryState.RELEASED)
    ]
    released = [one for one in found if one.state is SummaryState.RELEASED]
    return next(iter((*released, *found)), None)


def payload_of(incident: Incident, both: Sequence[Summary], by: str) -> Payload:
    """What it says, or both of them say, as one event. Raises WrongState without an open failure to speak
    of, TooLarge for what would lose its end."""
    summary, person = both[0], PersonRef(id=by)
    way, texts = leaves_as(summary.audience), {one.language: _text(one) for one in both}
    if not is_statement(summary):
        visibility: Literal["requester", "internal"] = (
            "requester" if way == "public_note" else "internal"
        )
        return Noted(text=texts[summary.language], author=person, visibility=visibility)
    if incident.major is None or not incident.major.is_open:
        raise WrongState(
            Hindrance.NO_FAILURE, "no failure is open on this ticket: nobody would be told"
        )
    return Stated(
        text=Bilingual(**texts) if len(texts) > 1 else texts[summary.language],
        visibility="public" if way == "public_statement" else "affected",
        by=person,
    )


def _text(summary: Summary) -> str:
    text = leaving(summary).text
    refuse_invisible(text)
    most = LONGEST_STATEMENT if is_statement(summary) else LONGEST_TEXT
    if len(text) > most:
        raise TooLarge(f"the text has {len(text)} characters; at most {most} can be told whole")
    return text
