"""Is what was found for a ticket still so, when it is told?

Between the search and a message an article may have been retired, kept to others or corrected: then it is not
told. What was told already stays as it was.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from knowledge.article import Article, Standing

from ..domain.directory import Person
from ..domain.incident import Incident
from ..domain.suggested import Found, Suggested
from ..policy.readers import labels_for_work, labels_of
from ..ports import Transaction


def still_true(
    tx: Transaction, incidents: Mapping[str, Incident], found: Mapping[str, Found]
) -> dict[str, Found]:
    """By incident, without the articles of which it is not."""
    named = {s.article for one in found.values() for s in (*one.requester, *one.staff)}
    if not named:
        return dict(found)
    articles = {id_: kept.article for id_, kept in tx.kept_articles(sorted(named)).items()}
    requesters = [i.requester.value.id for i in incidents.values() if i.requester and i.id in found]
    people = tx.people(list(dict.fromkeys(requesters)))
    return {id_: _still(one, incidents[id_], articles, people) for id_, one in found.items()}


def _still(
    found: Found, incident: Incident, articles: Mapping[str, Article], people: Mapping[str, Person]
) -> Found:
    labels = labels_of(people.get(incident.requester.value.id) if incident.requester else None)

    def stands(suggested: Suggested, readers: Collection[str]) -> bool:
        article = articles.get(suggested.article)
        return (
            article is not None
            and article.standing is Standing.PUBLISHED
            and article.updated_at <= found.at
            and article.is_for(readers)
        )

    return found.model_copy(
        update={
            "requester": tuple(s for s in found.requester if stands(s, labels)),
            "staff": tuple(s for s in found.staff if stands(s, labels_for_work(labels))),
        }
    )
