"""The library answers as a retriever in chains of LangChain's, and shows what its reader may see."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from datetime import date

import pytest
from langchain_core.documents import Document
from langchain_core.runnables import Runnable, RunnableLambda, RunnablePassthrough
from pydantic import ValidationError

from knowledge.article import Article
from knowledge.ports import Indexed
from knowledge.retriever import ArticleRetriever
from knowledge.shared_words import SharedWords


def article(id_: str, title: str, **more: object) -> Article:
    fields: dict[str, object] = {
        "id": id_,
        "source": "files",
        "external_id": id_,
        "title": title,
        "body": f"{title}: do this.\n\nAnd that.",
        "language": "en",
        "audience": ("everybody",),
        "url": f"https://kb.example.org/{id_}",
    }
    return Article.model_validate(fields | more)


class Rows:
    """Articles in memory."""

    def __init__(self, *articles: Article) -> None:
        self._articles = {one.id: one for one in articles}

    def newest_change(self) -> int:
        return 1

    def versions(self) -> Mapping[str, str]:
        return dict.fromkeys(self._articles, "1")

    def to_index(self, ids: Collection[str]) -> list[Indexed]:
        return [Indexed(article=self._articles[id_], version="1") for id_ in ids]

    def articles(self, ids: Collection[str]) -> dict[str, Article]:
        return {id_: self._articles[id_] for id_ in ids}


SEARCH = SharedWords(
    Rows(
        article("crash", "Mail crashes"),
        article("slow", "Mail is slow on the train today"),
        article("inside", "Mail relay mbx07", audience=("staff",)),
        article("old", "Mail crashes", valid_until=date(2025, 1, 1)),
    )
)


def retriever(**changed: object) -> ArticleRetriever:
    usual: dict[str, object] = {
        "search": SEARCH,
        "labels": ("everybody",),
        "today": lambda: date(2026, 8, 24),
    }
    return ArticleRetriever(**usual | changed)


def ids(found: list[Document]) -> list[str | None]:
    return [document.id for document in found]


def test_a_document_holds_the_passage_and_tells_of_its_article() -> None:
    [document] = retriever().invoke("my mail crashes")
    assert document.page_content == "Mail crashes: do this."
    assert document.metadata == {
        "id": "crash",
        "title": "Mail crashes",
        "language": "en",
        "url": "https://kb.example.org/crash",
        "headings": [],
        "probability": 1.0,
        "matched": ["crashes", "mail"],
        "ranks": {"words": 1},
    }


def test_what_does_not_fit_is_shown_on_request() -> None:
    """Nothing that fits is an answer: no document."""
    assert retriever().invoke("printer jam") == []
    assert ids(retriever(only_fitting=False).invoke("mail")) == ["crash", "slow"]
    assert ids(retriever(only_fitting=False, limit=1).invoke("mail")) == ["crash"]


def test_a_reader_finds_what_a_reader_may_see() -> None:
    assert "inside" not in ids(retriever(only_fitting=False).invoke("mail relay mbx07"))
    assert ids(retriever(labels=("staff",)).invoke("relay mbx07")) == ["inside"]
    assert ids(retriever(labels=None).invoke("relay mbx07")) == ["inside"]
    assert retriever(labels=()).invoke("mail crashes") == []


def test_whose_eyes_read_it_has_to_be_said() -> None:
    """Default deny: nobody becomes an editor by leaving something out."""
    with pytest.raises(ValidationError):
        ArticleRetriever(search=SEARCH, today=lambda: date(2026, 8, 24))  # type: ignore[call-arg]


def test_it_answers_many_at_once_and_later() -> None:
    assert [ids(found) for found in retriever().batch(["mail crashes", "jam"])] == [["crash"], []]
    assert ids(asyncio.run(retriever().ainvoke("mail crashes"))) == ["crash"]


def test_it_stands_in_a_chain() -> None:
    def read(found: list[Document]) -> str:
        return " ".join(one.page_content for one in found)

    def written(both: dict[str, str]) -> str:
        return f"{both['question']} → {both['context']}"

    context = {"context": retriever() | read, "question": RunnablePassthrough()}
    chain: Runnable[str, str] = context | RunnableLambda(written)
    assert chain.invoke("mail crashes") == "mail crashes → Mail crashes: do this."


@pytest.mark.parametrize("question", ["", " ", "x" * 100_000, "\ud800", "🙂", "{{ 7 * 7 }}"])
def test_no_question_breaks_it(question: str) -> None:
    assert retriever().invoke(question) == []
