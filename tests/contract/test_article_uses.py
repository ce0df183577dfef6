"""What may be relied on when one asks what became of the articles that were told?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from knowledge.article import Article
from pipeline.adapters.store.article_queries import SqlArticles
from pipeline.adapters.store.sqlstore import SqlStore
from pipeline.article_ports import Kept, Use, Wanted
from pipeline.domain.suggested import Found, Judged, Opinion, Suggested
from pipeline.ports import Transaction

from . import stores
from .stores import NOW, event, incident, reported, scans

DAY = timedelta(days=1)
SINCE: date = (NOW - 30 * DAY).date()


def article(name: str, **changed: Any) -> Article:
    fields: dict[str, Any] = {
        "id": name,
        "source": "files",
        "external_id": name,
        "title": name,
        "body": "Restart it.",
        "language": "en",
        "audience": ("everybody",),
        "updated_at": NOW,
    }
    return Article.model_validate(fields | changed)


def keep(store: SqlStore, *articles: Article) -> None:
    with store.write() as tx:
        for one in articles:
            kept = Kept(article=one, source_digest=one.digest)
            tx.save_articles([kept], at=NOW, by="lin", what="imported")


def searched(tx: Transaction, number: str, *told: str, staff: int = 0, ago: int = 0) -> str:
    """A ticket, `ago` days old, whose requester was told of these articles."""
    first = event(reported(number), incident=f"inc_{number}", number=number)
    tx.append([stores.recorded(first)])
    tx.save_incidents([incident(first)])
    at = NOW - ago * DAY
    tx.await_lookup(first.incident_id, at)
    requester = tuple(_suggested(name) for name in told)
    for_staff = tuple(_suggested(f"s{n}") for n in range(staff))
    found = Found(requester=requester, staff=for_staff, at=at)
    tx.settle_lookup(first.incident_id, 0, found)
    tx.count_told(first.incident_id, told)
    return first.incident_id


def _suggested(name: str) -> Suggested:
    return Suggested(article=name, title=name, language="en", probability=0.9)


def say(tx: Transaction, name: str, of: str, opinion: Opinion, ago: int = 0) -> None:
    said = Judged(
        article=name, incident=of, person="wang", opinion=opinion, question="q", at=NOW - ago * DAY
    )
    tx.save_judged([said])


@pytest.fixture
def played(store: SqlStore) -> SqlArticles:
    """`good` was told thrice and solved one, `poor` was told four times and refused once, `old` solved
    one long ago; two tickets found nothing."""
    keep(store, *(article(name) for name in ("good", "poor", "old")))
    with store.write() as tx:
        for n in range(3):
            searched(tx, f"T-{n}", "good", "poor", ago=2 - n)
        searched(tx, "T-3", "poor")
        searched(tx, "T-4", staff=2, ago=1)
        searched(tx, "T-5")
        searched(tx, "T-6", "old", ago=90)
        say(tx, "good", "inc_T-2", Opinion.SOLVED)
        say(tx, "poor", "inc_T-2", Opinion.NOT_THIS)
        say(tx, "old", "inc_T-6", Opinion.SOLVED, ago=90)
    return SqlArticles(store)


def test_the_use_of_an_article_is_counted_by_day(played: SqlArticles) -> None:
    """Days without any are left out, and what lies before the time that is asked for."""
    days = played.days_of("good", SINCE)
    assert [(NOW.date() - d.day).days for d in days] == [2, 1, 0]
    assert [(d.told, d.solved, d.not_this) for d in days] == [(1, 0, 0), (1, 0, 0), (1, 1, 0)]
    assert played.days_of("old", SINCE) == []
    assert played.days_of("unknown", SINCE) == []


def test_a_ticket_knows_what_was_told_and_said_on_it(played: SqlArticles) -> None:
    assert played.told_on("inc_T-2") == {"good", "poor"}
    assert played.told_on("inc_T-5") == frozenset()
    assert {(j.article, j.opinion) for j in played.said_on("inc_T-2")} == {
        ("good", Opinion.SOLVED),
        ("poor", Opinion.NOT_THIS),
    }


def test_those_that_solve_and_those_that_never_do_are_told_apart(played: SqlArticles) -> None:
    """Of the time that is asked for: what solved something long ago is neither."""
    [good] = played.most_solving(SINCE)
    assert (good.article.id, good.use) == ("good", Use(told=3, solved=1))
    [poor] = played.never_helping(SINCE)
    assert (poor.article.id, poor.use) == ("poor", Use(told=4, not_this=1))
    assert played.never_helping(SINCE, least=5) == []


def test_a_retired_article_is_no_longer_one_that_never_helps(
    store: SqlStore, played: SqlArticles
) -> None:
    keep(store, article("poor", standing="retired"))
    assert played.never_helping(SINCE) == []


def test_questions_that_found_nothing_come_latest_first(played: SqlArticles) -> None:
    assert [(u.number, u.for_staff) for u in played.unanswered()] == [("T-5", 0), ("T-4", 2)]
    assert [u.title for u in played.unanswered(limit=1)] == ["T-5"]


def test_sources_are_listed_once(store: SqlStore, played: SqlArticles) -> None:
    keep(store, article("other", source="confluence"))
    assert played.sources() == ["confluence", "files"]


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        (None, ["a", "b", "c", "d"]),
        ({"everybody"}, ["a"]),
        ({"group:邮件组"}, ["b"]),
        ({"everybody", "group:邮件组"}, ["a", "b"]),
        ({"100%"}, []),
        ({"secret"}, []),
        (set(), []),
        ({"Everybody"}, []),
        ({"every"}, []),
        ({"a\nb"}, []),
    ],
)
def test_the_list_has_only_what_its_reader_may_read(
    store: SqlStore, labels: set[str] | None, found: list[str]
) -> None:
    """Law 12: a label that stands elsewhere in an article lets nobody in."""
    keep(
        store,
        article("a"),
        article("b", audience=("group:邮件组",)),
        article("c", audience=("1000",), products=("secret",), body='He said "everybody".'),
        article("d", audience=None),
    )
    readers = None if labels is None else frozenset(labels)
    page = SqlArticles(store).find(Wanted(readers=readers))
    assert sorted(one.article.id for one in page.articles) == found
    assert page.total == len(found)


def test_who_may_read_an_article_is_what_it_says_now(store: SqlStore) -> None:
    everybody = Wanted(readers=frozenset({"everybody"}))
    keep(store, article("a"))
    keep(store, article("a", audience=("staff",)), article("b", audience=("everybody",) * 2))
    assert [one.article.id for one in SqlArticles(store).find(everybody).articles] == ["b"]


LOOKS: list[tuple[str, Callable[[SqlArticles], object]]] = [
    ("told_on", lambda found: found.told_on("inc_1")),
    ("use_of", lambda found: found.use_of(["a", "b"])),
    ("changed_since", lambda found: found.changed_since(3)),
    ("most_solving", lambda found: found.most_solving(SINCE)),
    ("revision", lambda found: found.revision("a", 3)),
    ("latest_revision", lambda found: found.latest_revision("a")),
    ("revisions", lambda found: found.revisions("a")),
    ("days", lambda found: found.days(SINCE)),
]


@pytest.mark.parametrize(("name", "look"), LOOKS, ids=[name for name, _ in LOOKS])
def test_no_look_goes_through_a_whole_table(
    tmp_path: Path, name: str, look: Callable[[SqlArticles], object]
) -> None:
    """What is asked for every ticket and every page costs a step into an index."""
    assert scans(tmp_path, lambda store: look(SqlArticles(store))) == []
