"""What is told of articles that may help? Facts like any others, for one audience of one ticket."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from ..domain.communication import Communication
from ..domain.facts import Fact, FactValue, Level, Status, ValueKind
from ..domain.incident import Incident
from ..domain.keys import ticket_scope
from ..domain.suggested import Found, KnownError, Suggested
from .slot_names import KNOWN_ERROR, KNOWN_ERROR_NUMBER, article_slot

REQUESTER = "requester"
KEPT_BACK = "internal_article"
"""No slot: what those who work on the ticket are told, so that no text for others gives it away."""


def articles_for(audience: str, found: Found | None) -> tuple[Suggested, ...]:
    """What this audience is told of."""
    if found is None:
        return ()
    return found.requester if audience == REQUESTER else found.staff


def told_articles(audience: str, found: Found | None, used: Collection[str]) -> tuple[str, ...]:
    """Those that a requester's text names, by the slots that it `used`: for their count."""
    if audience != REQUESTER:
        return ()
    listed = enumerate(articles_for(audience, found), 1)
    return tuple(one.article for n, one in listed if article_slot(n, "title") in used)


def article_facts(incident: Incident, c: Communication, found: Found | None) -> tuple[Fact, ...]:
    """Those to be told, each at its place, and those that this audience is not told of."""
    if found is None:
        return ()
    told = articles_for(c.audience, found)
    level = Level.AFFECTED if c.audience == REQUESTER else Level.INTERNAL
    known = _known_error(incident, c, found.known_error)
    return (*_told(incident, c, told, level), *_kept_back(incident, c, found), *known)


def _told(
    incident: Incident, c: Communication, told: Sequence[Suggested], level: Level
) -> Iterator[Fact]:
    for n, one in enumerate(told, 1):
        parts: dict[str, tuple[ValueKind, FactValue]] = {
            "title": (ValueKind.QUOTE, one.title),
            "language": (ValueKind.STATE, f"language.{one.language}"),
        }
        if one.why:
            parts["why"] = (ValueKind.QUOTE, one.why)
        for part, (kind, value) in parts.items():
            name = article_slot(n, part)
            yield _fact(incident, c, name, f"f.{name}", kind, value, level)


def _known_error(incident: Incident, c: Communication, known: KnownError | None) -> Iterator[Fact]:
    """What helps while the cause is looked for: written by a person for those who report it."""
    if known is None:
        return
    kinds = {
        KNOWN_ERROR: (ValueKind.QUOTE, known.workaround),
        KNOWN_ERROR_NUMBER: (ValueKind.IDENTIFIER, known.problem),
    }
    for name, (kind, value) in kinds.items():
        yield _fact(incident, c, name, f"f.{name}", kind, value, Level.AFFECTED)


def _kept_back(incident: Incident, c: Communication, found: Found) -> Iterator[Fact]:
    if c.audience != REQUESTER:
        return
    open_ones = {one.article for one in found.requester}
    for one in found.staff:
        if one.article not in open_ones:
            for part, value in (("title", one.title), ("why", one.why)):
                if value:
                    id_ = f"f.{KEPT_BACK}.{one.article}.{part}"
                    kind = ValueKind.QUOTE
                    yield _fact(incident, c, KEPT_BACK, id_, kind, value, Level.INTERNAL)


def _fact(
    incident: Incident,
    c: Communication,
    attribute: str,
    id_: str,
    kind: ValueKind,
    value: FactValue,
    level: Level,
) -> Fact:
    return Fact(
        id=id_,
        what=incident.id,
        attribute=attribute,
        kind=kind,
        value=value,
        status=Status.REPORTED,
        level=level,
        scope=ticket_scope(incident.id),
        at=c.created_at,
        event=c.events[-1] if c.events else c.id,
    )
