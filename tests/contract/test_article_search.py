"""Whatever answers questions keeps the same promises, the search of the library and the fake of the tests."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from pathlib import Path

import pytest

from knowledge.article import Article
from knowledge.ports import ArticleSearch, Indexed
from knowledge.search import Search
from knowledge.shared_words import SharedWords
from knowledge.tokens.terms import Analyser
from knowledge.words.index import WordIndex

TODAY = date(2026, 8, 24)
EVERYBODY, STAFF = ("everybody",), ("staff",)


def article(id_: str, title: str, audience: tuple[str, ...], until: date | None = None) -> Article:
    return Article(
        id=id_,
        source="set",
        external_id=id_,
        title=title,
        body=f"{title}. Close it and open it again.",
        language="en",
        audience=audience,
        valid_until=until,
    )


LIBRARY = {
    one.id: one
    for one in (
        article("open", "Mail client crashes", EVERYBODY),
        article("inside", "Mail client crashes on the server", STAFF),
        article("old", "Mail client crashes at start", EVERYBODY, date(2026, 1, 1)),
        article("none", "Mail client crashes for nobody", ()),
        article("other", "Printer paper jam", EVERYBODY),
    )
}


class Rows:
    """Five articles that do not change."""

    def newest_change(self) -> int:
        return 1

    def versions(self) -> Mapping[str, str]:
        return dict.fromkeys(LIBRARY, "1")

    def to_index(self, ids: Collection[str]) -> list[Indexed]:
        return [Indexed(article=LIBRARY[id_], version="1") for id_ in ids]

    def articles(self, ids: Collection[str]) -> dict[str, Article]:
        return {id_: LIBRARY[id_] for id_ in ids if id_ in LIBRARY}


def by_words(folder: Path) -> ArticleSearch:
    analyser = Analyser()
    index = WordIndex(analyser, folder)
    index.put(Rows().to_index(LIBRARY))
    return Search(Rows(), index, analyser)


@pytest.fixture(params=[by_words, lambda _: SharedWords(Rows())], ids=["library", "fake"])
def search(request: pytest.FixtureRequest, tmp_path: Path) -> ArticleSearch:
    made: Callable[[Path], ArticleSearch] = request.param
    return made(tmp_path)


def found(search: ArticleSearch, labels: Collection[str] | None) -> set[str]:
    answer = search.answer("my mail client crashes", labels=labels, day=TODAY, limit=10)
    return {s.article.id for s in answer.suggestions}


def test_a_reader_is_answered_with_what_she_may_read_today(search: ArticleSearch) -> None:
    assert found(search, EVERYBODY) == {"open"}
    assert found(search, (*EVERYBODY, *STAFF)) == {"open", "inside"}
    assert found(search, ()) == set()


def test_an_editor_is_answered_with_everything(search: ArticleSearch) -> None:
    """Also with what nobody may read yet, and with what holds no more."""
    assert found(search, None) == {"open", "inside", "old", "none"}


def test_several_readers_are_answered_as_each_alone(search: ArticleSearch) -> None:
    readers = [EVERYBODY, STAFF, None]
    question = "my mail client crashes"
    together = search.answers(question, readers=readers, day=TODAY, limit=10)
    assert together == [
        search.answer(question, labels=labels, day=TODAY, limit=10) for labels in readers
    ]


@pytest.mark.parametrize("question", ["", "   ", "\N{GRINNING FACE}", "quarterly zebra figures"])
def test_a_question_that_nothing_answers_finds_nothing_that_fits(
    search: ArticleSearch, question: str
) -> None:
    assert search.answer(question, labels=None, day=TODAY, limit=10).fitting == ()


def test_no_more_are_named_than_were_asked_for(search: ArticleSearch) -> None:
    answer = search.answer("my mail client crashes", labels=None, day=TODAY, limit=2)
    assert len(answer.suggestions) == 2
