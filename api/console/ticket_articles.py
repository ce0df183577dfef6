"""Which articles were found for a ticket, as this visitor may see them, and what was said of them there?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from knowledge.answer import percent_of
from pipeline.bootstrap import Heliograph
from pipeline.domain.incident import Incident
from pipeline.domain.suggested import Judged, Opinion, Suggested

from ..auth.article_readers import labels_of_reader, labels_on
from ..auth.visitors import Visitor
from .fitting import likelihood, marked

SAID = frozenset({"noted", "closed", "requested", "moved_on"})
"""What came of somebody's word on an article, as an address carries it."""


def is_over(incident: Incident) -> bool:
    return incident.state.value.is_over


@dataclass(frozen=True, kw_only=True)
class OnTicket:
    """One article. `told`: its requester was told of it; `for_requester`: it was found for her, else
    for those who work on it. `mine` is what the visitor said."""

    article: str
    title: Markup
    why: Markup
    likelihood: str
    percent: int
    told: bool
    for_requester: bool
    said: tuple[Judged, ...]
    mine: Opinion | None


def articles_on(app: Heliograph, visitor: Visitor, incident: Incident) -> dict[str, Any]:
    """`library` is None as long as nothing was looked for, `library_failed` where it could not be; `readable` are the
    articles spoken of, by id."""
    found = app.found_articles.found(incident.id)
    said = app.found_articles.said_on(incident.id)
    suggested = (*found.staff, *found.requester) if found else ()
    spoken_of = {s.article for s in suggested} | {j.article for j in said}
    labels = labels_on(app, labels_of_reader(visitor.person), incident)
    known = app.found_articles.articles(spoken_of).values()
    readable = {article.id: article for article in known if article.is_for(labels)}
    once = {s.article: s for s in suggested if s.article in readable}
    hers = {s.article for s in found.requester} if found else set()
    told = app.found_articles.told_on(incident.id)
    shown = [_shown(s, told, hers, said, visitor) for s in once.values()]
    # What its requester was told comes first; then by what is likely to help.
    shown.sort(key=lambda s: (not s.told, not s.for_requester, -s.percent))
    return {
        "library": shown if found else None,
        "library_failed": found is not None and found.failed,
        "readable": readable,
        "judges": app.queries.people(sorted({j.person for j in said}), source=incident.source),
    }


def _shown(
    found: Suggested,
    told: frozenset[str],
    hers: set[str],
    said: Iterable[Judged],
    visitor: Visitor,
) -> OnTicket:
    of_it = tuple(j for j in said if j.article == found.article)
    return OnTicket(
        article=found.article,
        title=marked(found.title, found.matched),
        why=marked(found.why, found.matched),
        likelihood=likelihood(found.probability),
        percent=percent_of(found.probability),
        told=found.article in told,
        for_requester=found.article in hers,
        said=of_it,
        mine=next((j.opinion for j in of_it if j.person == visitor.person.id), None),
    )
