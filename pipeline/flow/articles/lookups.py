"""A new ticket waits for articles: what helps its requester, and what helps those who work on it?

Off the way of every message: the acknowledgement leaves when this is done, and without it when it is late
(`articles_within` of its rule). The search itself holds no transaction.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from knowledge.answer import Answer, Suggestion
from knowledge.display import plain_of
from knowledge.ports import ArticleSearch

from ...domain.communication import Awaited
from ...domain.directory import Person
from ...domain.events import Event, Reported
from ...domain.incident import Incident
from ...domain.suggested import (
    LONGEST_QUESTION,
    LONGEST_WHY,
    MOST_FOR_REQUESTER,
    MOST_FOR_STAFF,
    Found,
    KnownError,
    Suggested,
)
from ...policy.readers import labels_for_work, labels_of
from ...ports import Clock, Store, Transaction
from ..early import leave

QUEUE = "lookups"
BATCH = 8
LEASE = timedelta(seconds=30)
MOST_TRIES = 3
WORDS = "words"
STAFF_SHARE = 0.5
"""Of the probability from which an article is told to a requester: who knows the field is shown more, and
judges for themselves."""
_LISTED = re.compile(r"\s*(?:[-*+#|>`]|\d{1,3}[.)、．])")
"""What begins a step, a heading, a row, a quotation or code."""
_ENDS = "。！？!?；;\n"

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class _Asked:
    incident: Incident
    tries: int
    requester: Person | None


class Lookups:
    """The worker between new tickets and the library."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        library: ArticleSearch,
        *,
        zone: str,
        wake: Callable[[], None],
        known_error: Callable[[Incident], KnownError | None],
    ) -> None:
        self._known_error = known_error
        self._store, self._clock, self._library = store, clock, library
        self._zone, self._wake = ZoneInfo(zone), wake

    def turn(self) -> bool:
        """True when a search was due."""
        now = self._clock.now()
        with self._store.read() as tx:
            due_at = tx.next_due(QUEUE)
        if due_at is None or due_at > now:
            return False
        with self._store.write() as tx:
            claimed = dict(tx.claim_lookups(now, LEASE, BATCH))
            given_up = [name for name, tries in claimed.items() if tries > MOST_TRIES]
            kept = tx.found_for(given_up)
            for incident_id in given_up:
                gone = failed(kept.get(incident_id), now)
                tx.settle_lookup(incident_id, claimed.pop(incident_id), gone)
                _no_longer_wait(tx, incident_id, now)
            asked = self._asked(tx, claimed)
        for one in asked:
            self._settle(one)
        return True

    def _asked(self, tx: Transaction, claimed: Mapping[str, int]) -> list[_Asked]:
        incidents = tx.incidents(list(claimed))
        named = [i.requester.value.id for i in incidents.values() if i.requester]
        people = tx.people(list(dict.fromkeys(named)))
        return [
            _Asked(
                incident=incident,
                tries=claimed[incident.id],
                requester=people.get(incident.requester.value.id) if incident.requester else None,
            )
            for incident in incidents.values()
        ]

    def _settle(self, asked: _Asked) -> None:
        """What an index that is behind says is no answer: the row comes back when its lease ends."""
        incident = asked.incident
        known = self._known(asked)
        try:
            found = self._found(asked, known)
        except Exception:
            # Whatever the search meets, the acknowledgement leaves; the log says what it was.
            log.exception("no articles were looked for", incident=incident.id)
            found = failed(known, self._clock.now())
        if WORDS in found.missing:
            return
        with self._store.write() as tx:
            # Another one may have the search by now: what waits, waits for that one.
            if tx.settle_lookup(incident.id, asked.tries, found):
                _no_longer_wait(tx, incident.id, self._clock.now())
        self._wake()

    def _known(self, asked: _Asked) -> Found | None:
        """A known error is at hand in milliseconds, and is kept before the library is asked: it goes with the
        acknowledgement also where the library is late, or fails."""
        try:
            known_error = self._known_error(asked.incident)
        except Exception:
            log.exception("no known error was looked for", incident=asked.incident.id)
            return None
        if known_error is None:
            return None
        known = Found(at=self._clock.now(), known_error=known_error)
        with self._store.write() as tx:
            tx.keep_found(asked.incident.id, asked.tries, known)
        return known

    def _found(self, asked: _Asked, known: Found | None) -> Found:
        with self._store.read() as tx:
            has_articles = tx.has_articles()
        found = self._in_library(asked) if has_articles else Found(at=self._clock.now())
        return found.model_copy(update={"known_error": known.known_error if known else None})

    def _in_library(self, asked: _Asked) -> Found:
        now = self._clock.now()
        day, question = now.astimezone(self._zone).date(), question_of(asked.incident)
        labels = labels_of(asked.requester)
        for_requester, for_staff = self._library.answers(
            question, readers=[labels, labels_for_work(labels)], day=day, limit=MOST_FOR_STAFF
        )
        told = _suggested(for_requester, for_requester.fits_from)
        return Found(
            requester=told[:MOST_FOR_REQUESTER],
            staff=_suggested(for_staff, for_staff.fits_from * STAFF_SHARE),
            missing=tuple(sorted({*for_requester.missing, *for_staff.missing})),
            at=now,
        )


def ask(tx: Transaction, event: Event, before: Incident | None, now: datetime) -> bool:
    """A ticket was opened: what helps is looked for once, where there is any. Whether a search is due."""
    if before is not None or not isinstance(event.data, Reported):
        return False
    if not tx.has_articles() and not tx.has_workarounds():
        return False
    tx.await_lookup(event.incident_id, now)
    return True


def failed(known: Found | None, now: datetime) -> Found:
    """Of a search that came to no end: what is told beside articles is told all the same."""
    return Found(at=now, failed=True, known_error=known.known_error if known else None)


def question_of(incident: Incident) -> str:
    """The words of a ticket that are searched with."""
    said = [incident.title.value, incident.description.value if incident.description else ""]
    return "\n".join(part for part in said if part)[:LONGEST_QUESTION]


def _no_longer_wait(tx: Transaction, incident_id: str, now: datetime) -> None:
    """What waited for this search waits no longer."""
    for planned in tx.planned(incident_id):
        if planned.awaits is Awaited.ARTICLES:
            leave(tx, planned, now)


def _suggested(answer: Answer, least: float) -> tuple[Suggested, ...]:
    return tuple(_one(s) for s in answer.suggestions if s.probability >= least)


def _one(suggestion: Suggestion) -> Suggested:
    return Suggested(
        article=suggestion.article.id,
        title=suggestion.article.title,
        language=suggestion.article.language,
        why=_sentences(plain_of(_in_prose(suggestion))),
        matched=suggestion.matched,
        probability=suggestion.probability,
    )


def _in_prose(suggestion: Suggestion) -> str:
    """Steps make no sentence: of a passage that lists them what stands before them, else the article's own
    beginning, which says whom it is for."""
    for text in (suggestion.passage.text, suggestion.article.body):
        prose = next((p for p in text.split("\n\n") if p.strip() and not _LISTED.match(p)), "")
        if prose:
            return prose
    return suggestion.passage.text


def _sentences(text: str) -> str:
    """As many whole sentences as there is room for; a longer one is cut at its room."""
    text = " ".join(text.split())
    if len(text) <= LONGEST_WHY:
        return text
    cut = text[:LONGEST_WHY]
    end = max(cut.rfind(mark) for mark in (*_ENDS, ". "))
    return cut[: end + 1].strip() if end > LONGEST_WHY // 3 else f"{cut[:-1].rstrip()}…"
