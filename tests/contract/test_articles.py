"""What may the store be relied on for about articles? On both databases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from knowledge.article import Article, Standing
from pipeline.adapters.store.article_index_rows import MOST_OF_ONE
from pipeline.adapters.store.sqlstore import SqlStore
from pipeline.article_ports import Kept, Wanted
from pipeline.domain.suggested import Found, Judged, Opinion, Suggested

from .stores import LEASE, NOW, SECOND, event, incident, recorded, together


def article(id_: str = "art_1", **more: object) -> Article:
    fields: dict[str, object] = {
        "id": id_,
        "source": "files",
        "external_id": f"{id_}.md",
        "title": f"How to mend {id_}",
        "body": "Close it and open it again.",
        "language": "en",
        "audience": ("everybody",),
        "updated_at": NOW,
    }
    return Article.model_validate(fields | more)


def kept(id_: str = "art_1", **more: object) -> Kept:
    return Kept(article=article(id_, **more), source_digest="d" * 64)


def save(store: SqlStore, *articles: Kept, at: int = 0) -> None:
    with store.write() as tx:
        tx.save_articles(articles, at=NOW + at * SECOND, by="admin", what="imported")


def judged(id_: str = "art_1", opinion: Opinion = Opinion.SOLVED, **more: object) -> Judged:
    fields = {
        "article": id_,
        "incident": "inc_1",
        "person": "wang",
        "opinion": opinion,
        "question": "mail client crashes",
        "at": NOW,
    }
    return Judged.model_validate(fields | more)


def test_an_article_is_kept_whole(store: SqlStore) -> None:
    save(store, kept(products=("Outlook",), valid_until="2026-12-31", url="https://kb.example/1"))
    assert store.articles.kept("art_1") == kept(
        products=("Outlook",), valid_until="2026-12-31", url="https://kb.example/1"
    )
    assert store.articles.kept("art_2") is None


def test_each_change_is_a_revision_and_raises_the_change(store: SqlStore) -> None:
    """An index that knows the greatest change knows all."""
    assert store.articles.newest_change() == 0
    save(store, kept())
    first = store.articles.versions()
    save(store, kept(body="Something else."), at=1)
    assert store.articles.newest_change() == 2
    assert store.articles.versions().keys() == first.keys()
    assert store.articles.versions() != first
    assert [r.n for r in store.articles.revisions("art_1")] == [2, 1]


def test_what_is_retired_is_not_indexed(store: SqlStore) -> None:
    save(store, kept(), kept("art_2", standing=Standing.RETIRED))
    assert set(store.articles.versions()) == {"art_1"}
    assert [i.article.id for i in store.articles.to_index(["art_1", "art_2"])] == ["art_1"]
    assert store.articles.counts() == {"published": 1, "retired": 1}


def test_what_people_said_is_indexed_with_the_article(store: SqlStore) -> None:
    save(store, kept())
    before = store.articles.versions()["art_1"]
    with store.write() as tx:
        tx.save_judged(
            [
                judged(question="it crashes"),
                judged(question="it prints nothing", opinion=Opinion.NOT_THIS, person="chen"),
            ]
        )
    [found] = store.articles.to_index(["art_1"])
    assert (found.solved, found.refused) == ("it crashes", "it prints nothing")
    assert (found.helped, found.failed) == (1, 1)
    assert found.version == store.articles.versions()["art_1"] != before


def test_the_last_word_of_a_person_counts(store: SqlStore) -> None:
    save(store, kept())
    with store.write() as tx:
        tx.save_judged([judged()])
        tx.save_judged([judged(opinion=Opinion.NOT_THIS)])
    assert store.articles.opinions_on("inc_1", "wang") == {"art_1": Opinion.NOT_THIS}
    assert store.articles.use_of(["art_1"])["art_1"].solved == 0


def test_a_word_is_shown_with_its_ticket(store: SqlStore) -> None:
    save(store, kept())
    with store.write() as tx:
        tx.append([recorded(event())])
        tx.save_incidents([incident(event())])
        tx.save_judged([judged()])
    [said] = store.articles.said_of("art_1")
    assert (said.number, said.judged) == (event().number, judged())


def test_articles_are_found_by_their_source(store: SqlStore) -> None:
    save(store, kept(), kept("art_2", source="confluence"))
    with store.read() as tx:
        assert set(tx.articles_from("files", ["art_1.md", "art_2.md"])) == {"art_1.md"}
        assert tx.articles_of("confluence") == {"art_2.md": "art_2"}
        assert tx.has_articles()


def test_an_empty_library_says_so(store: SqlStore) -> None:
    with store.read() as tx:
        assert not tx.has_articles()
    assert store.articles.find(Wanted()).articles == ()


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (Wanted(), ["art_3", "art_2", "art_1"]),
        (Wanted(q="OUTLOOK mend"), ["art_2"]),
        (Wanted(q="50%"), []),
        (Wanted(language="zh"), ["art_3"]),
        (Wanted(standing=None), ["art_4", "art_3", "art_2", "art_1"]),
        (Wanted(standing=Standing.RETIRED), ["art_4"]),
        (Wanted(source="files", limit=1), ["art_3"]),
    ],
)
def test_the_list_is_narrowed_and_newest_first(
    store: SqlStore, wanted: Wanted, ids: list[str]
) -> None:
    rows = [
        kept(),
        kept("art_2", products=("Outlook",)),
        kept("art_3", language="zh"),
        kept("art_4", standing=Standing.RETIRED),
    ]
    for n, row in enumerate(rows):
        save(store, row, at=n)
    assert [one.article.id for one in store.articles.find(wanted).articles] == ids


def test_the_list_goes_on_where_it_ended(store: SqlStore) -> None:
    """Also where several were changed at the same moment."""
    save(store, *(kept(f"art_{n}") for n in range(5)))
    seen: list[str] = []
    after = None
    while True:
        page = store.articles.find(Wanted(limit=2, after=after))
        seen += [one.article.id for one in page.articles]
        after = page.after
        assert page.total == 5
        if after is None:
            break
    assert seen == ["art_4", "art_3", "art_2", "art_1", "art_0"]


FOUND = Found(
    requester=(Suggested(article="art_1", title="Mend it", language="en", probability=0.7),),
    at=NOW,
)
FAILED = Found(at=NOW, failed=True)


def test_a_search_is_claimed_once_and_settled(store: SqlStore) -> None:
    with store.write() as tx:
        tx.await_lookup("inc_1", NOW)
        assert tx.lookup_is_due("inc_1")
        assert tx.next_due("lookups") == NOW
        assert tx.claim_lookups(NOW, LEASE, 10) == [("inc_1", 1)]
        assert tx.claim_lookups(NOW, LEASE, 10) == []
        assert tx.next_due("lookups") == NOW + LEASE
        assert tx.settle_lookup("inc_1", 1, FOUND)
        assert not tx.lookup_is_due("inc_1")
        assert tx.next_due("lookups") is None
        assert tx.found_for(["inc_1", "inc_2"]) == {"inc_1": FOUND}
    assert store.articles.found("inc_1") == FOUND


def test_a_search_whose_process_died_is_due_again(store: SqlStore) -> None:
    with store.write() as tx:
        tx.await_lookup("inc_1", NOW)
        tx.claim_lookups(NOW, LEASE, 10)
        assert tx.claim_lookups(NOW + LEASE, LEASE, 10) == [("inc_1", 2)]


def test_a_search_that_cannot_be_done_is_none_that_found_nothing(store: SqlStore) -> None:
    """It is not tried again, and its ticket is not told as one for which the library has no answer."""
    with store.write() as tx:
        for name in ("inc_1", "inc_2"):
            opening = event(incident=name, number=name)
            tx.save_incidents([incident(opening)])
            tx.await_lookup(name, NOW)
        tx.settle_lookup("inc_1", 0, FAILED)
        tx.settle_lookup("inc_2", 0, FAILED.model_copy(update={"failed": False}))
        assert tx.found_for(["inc_1"]) == {"inc_1": FAILED}
        assert tx.next_due("lookups") is None
    assert [one.incident for one in store.articles.unanswered()] == ["inc_2"]


def test_a_result_that_comes_after_the_end_changes_nothing(store: SqlStore) -> None:
    with store.write() as tx:
        tx.await_lookup("inc_1", NOW)
        assert tx.settle_lookup("inc_1", 0, FOUND)
        assert not tx.settle_lookup("inc_1", 0, FAILED)
    assert store.articles.found("inc_1") == FOUND


def test_two_workers_never_take_the_same_search(store: SqlStore) -> None:
    with store.write() as tx:
        for n in range(20):
            tx.await_lookup(f"inc_{n}", NOW)

    def claim(_: int) -> list[str]:
        with store.write() as tx:
            return [name for name, _ in tx.claim_lookups(NOW, LEASE, 10)]

    first, second = together(2, claim)
    assert len({*first, *second}) == len(first) + len(second) == 20


def test_a_requester_who_was_told_twice_is_counted_once(store: SqlStore) -> None:
    save(store, kept())
    with store.write() as tx:
        tx.count_told("inc_1", ["art_1"])
        tx.count_told("inc_1", ["art_1"])
    assert store.articles.use_of(["art_1"])["art_1"].told == 1


def test_days_count_tickets_and_those_an_article_solved(store: SqlStore) -> None:
    save(store, kept())
    with store.write() as tx:
        for n, day in enumerate((0, 0, 1)):
            tx.await_lookup(f"inc_{n}", NOW + timedelta(days=day))
        tx.settle_lookup("inc_0", 0, FOUND)
        tx.save_judged([judged(incident="inc_0"), judged(incident="inc_0", person="chen")])
    assert [(d.day, d.searched, d.suggested, d.solved) for d in store.articles.days(date.min)] == [
        (date(2026, 8, 24), 2, 1, 1),
        (date(2026, 8, 25), 1, 0, 0),
    ]


def test_two_writers_of_one_article_leave_two_revisions(store: SqlStore) -> None:
    """None is lost, and the change goes up by two."""
    save(store, kept())
    together(2, lambda n: save(store, kept(body=f"by {n}"), at=1))
    assert [r.n for r in store.articles.revisions("art_1")] == [3, 2, 1]
    assert store.articles.newest_change() == 3


def test_a_revision_is_read_alone_and_a_list_of_them_without_texts(store: SqlStore) -> None:
    """Newest first, as many as are asked for; what never was is nothing, however it is called."""
    save(store, kept(title="One", body="First."))
    save(store, kept(title="Two", body="Second."), at=1)
    assert store.articles.latest_revision("art_1") == 2
    assert store.articles.latest_revision("art_2") == 0
    assert [(r.n, r.title) for r in store.articles.revisions("art_1")] == [(2, "Two"), (1, "One")]
    assert [r.n for r in store.articles.revisions("art_1", 1)] == [2]
    first = store.articles.revision("art_1", 1)
    assert first is not None
    assert (first.by, first.what, first.at) == ("admin", "imported", NOW)
    assert (first.article.body, first.title) == ("First.", "One")
    for n in (0, -1, 3, 2**31, 2**70, -(2**70)):
        assert store.articles.revision("art_1", n) is None
    assert store.articles.revision("art_2", 1) is None


def test_of_many_words_all_are_counted_and_the_newest_are_indexed(store: SqlStore) -> None:
    """What was said for an article crowds out nothing that was said against it."""
    save(store, kept())
    many = MOST_OF_ONE + 5
    with store.write() as tx:
        tx.save_judged(
            [
                judged(incident=f"inc_{n}", question=f"solved {n}", at=NOW + n * SECOND)
                for n in range(many)
            ]
        )
        tx.save_judged([judged(incident="inc_x", question="no", opinion=Opinion.NOT_THIS)])
    [found] = store.articles.to_index(["art_1"])
    newest = [f"solved {n}" for n in range(many - 1, 4, -1)]
    assert found.solved.split("\n") == newest
    assert (found.helped, found.failed, found.refused) == (many, 1, "no")


def test_what_changed_since_comes_in_the_order_of_its_changes(store: SqlStore) -> None:
    save(store, kept(), kept("art_2"), kept("art_3", standing=Standing.RETIRED))
    save(store, kept(), at=1)
    assert store.articles.changed_since(0) == ["art_2", "art_1"]
    assert store.articles.changed_since(1) == ["art_1"]
    assert store.articles.changed_since(2) == []


def test_a_worker_whose_search_was_given_to_another_settles_nothing(store: SqlStore) -> None:
    """Whose try is the last, his is the result."""
    with store.write() as tx:
        tx.await_lookup("inc_1", NOW)
        [(_, first)] = tx.claim_lookups(NOW, LEASE, 10)
        [(_, second)] = tx.claim_lookups(NOW + LEASE, LEASE, 10)
        assert not tx.settle_lookup("inc_1", first, FAILED)
        assert tx.lookup_is_due("inc_1")
        assert tx.settle_lookup("inc_1", second, FOUND)
    assert store.articles.found("inc_1") == FOUND


def test_leases_of_searches_end_for_a_process_that_is_alone(store: SqlStore) -> None:
    """One that is to be made later is made no sooner."""
    with store.write() as tx:
        tx.await_lookup("inc_1", NOW)
        tx.await_lookup("inc_2", NOW + SECOND)
        tx.claim_lookups(NOW, LEASE, 10)
        tx.end_leases(NOW)
        assert tx.claim_lookups(NOW, LEASE, 10) == [("inc_1", 2)]


def test_only_an_article_that_is_there_can_have_been_told(store: SqlStore) -> None:
    with pytest.raises(IntegrityError), store.write() as tx:
        tx.count_told("inc_1", ["art_404"])
