"""What may the rows of what a model wrote be relied on for? On both databases."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from knowledge.article import Article
from knowledge.generation.questions import text_digest
from pipeline.adapters.store.sqlstore import SqlStore
from pipeline.article_ports import Kept
from pipeline.domain.generated import Generated, Standing

from .stores import NOW, together

DAY = date(2026, 8, 24)


def article(id_: str = "art_1", **changed: Any) -> Article:
    fields = {
        "id": id_,
        "source": "files",
        "external_id": id_,
        "title": "Mail crashes",
        "body": "Open it again.",
        "language": "en",
    }
    return Article.model_validate(fields | changed)


def save(store: SqlStore, *articles: Article) -> None:
    kept = [Kept(article=one, source_digest="0" * 64) for one in articles]
    with store.write() as tx:
        tx.save_articles(kept, at=NOW, by="lin", what="written")


def generated(of: Article | None = None, **changed: Any) -> Generated:
    usual: dict[str, Any] = {
        "made_of": text_digest(of or article()) + "0" * 32,
        "standing": Standing.WRITTEN,
        "zh": ("邮件打不开",),
        "en": ("mail will not open",),
        "title": "邮件崩溃",
        "model": "fake",
        "at": NOW,
    }
    return Generated(**usual | changed)


def write(store: SqlStore, said: Generated, id_: str = "art_1") -> None:
    with store.write() as tx:
        tx.save_questions(id_, said)


def indexed(store: SqlStore, id_: str = "art_1") -> str:
    return store.articles.to_index([id_])[0].generated


def test_what_is_written_is_read_back_and_replaced(store: SqlStore) -> None:
    save(store, article())
    assert store.articles.questions("art_1") is None
    write(store, generated())
    write(
        store, reviewed := generated(standing=Standing.ACCEPTED, reviewed_by="lin", reviewed_at=NOW)
    )
    assert store.articles.questions("art_1") == reviewed
    with store.read() as tx:
        assert tx.questions_of(["art_1", "art_2"]) == {"art_1": reviewed}
        assert tx.questions_of([]) == {}


@pytest.mark.parametrize("standing", list(Standing))
def test_lines_are_indexed_until_they_are_refused(store: SqlStore, standing: Standing) -> None:
    save(store, article())
    write(store, generated(standing=standing))
    shown = standing in (Standing.WRITTEN, Standing.ACCEPTED)
    assert indexed(store) == ("邮件崩溃\n邮件打不开\nmail will not open" if shown else "")


def test_lines_of_another_text_are_not_indexed(store: SqlStore) -> None:
    """They may ask for what the article answers no more."""
    save(store, article())
    write(store, generated())
    save(store, article(body="Buy another one."))
    assert indexed(store) == ""


def test_an_article_changes_with_its_questions(store: SqlStore) -> None:
    """Otherwise no index would take them in."""
    save(store, article(), article("art_2"))
    before, newest = store.articles.versions(), store.articles.newest_change()
    write(store, generated())
    after = store.articles.versions()
    assert store.articles.newest_change() > newest
    assert after["art_1"] != before["art_1"]
    assert after["art_2"] == before["art_2"]


def test_published_articles_are_named_in_the_order_of_their_changes(store: SqlStore) -> None:
    """And read with what was written for them."""
    save(store, article("art_1"), article("art_0"))
    first = store.articles.newest_change()
    save(store, article("art_3", standing="retired"), article("art_2"))
    assert store.articles.changed_since(-1) == ["art_0", "art_1", "art_2"]
    assert store.articles.changed_since(first) == ["art_2"]
    write(store, said := generated(), "art_0")
    assert store.articles.changed_since(first) == ["art_2", "art_0"]
    found = store.articles.unread(["art_0", "art_2", "art_3", "art_404"])
    assert {u.article.id: u.generated for u in found} == {"art_0": said, "art_2": None}
    assert store.articles.unread([]) == []


def test_no_more_articles_are_read_on_a_day_than_may_be(store: SqlStore) -> None:
    """Though many ask at once; a new day begins anew."""

    def ask(_: int) -> bool:
        with store.write() as tx:
            return tx.may_read_article(DAY, 3)

    assert sum(together(6, ask)) == 3
    with store.write() as tx:
        assert tx.may_read_article(DAY + timedelta(days=1), 1)
        assert not tx.may_read_article(DAY + timedelta(days=1), 1)
        assert not tx.may_read_article(DAY + timedelta(days=2), 0)
