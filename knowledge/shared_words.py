"""A library for tests: an article helps as far as its title says the question's words. Nothing is indexed."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from .answer import Answer, Passage, Suggestion
from .article import Article
from .ports import ArticleRows, Readers

FITS_FROM = 0.5
_WORD = re.compile(r"[a-z0-9]+|[\u4e00-\u9fff]")


class SharedWords:
    """Reads all rows for each question."""

    def __init__(self, rows: ArticleRows) -> None:
        self._rows = rows

    def answer(
        self, question: str, *, labels: Collection[str] | None, day: date, limit: int
    ) -> Answer:
        [answer] = self.answers(question, readers=[labels], day=day, limit=limit)
        return answer

    def answers(self, question: str, *, readers: Readers, day: date, limit: int) -> list[Answer]:
        return [self._answer(question, labels, day, limit) for labels in readers]

    def _answer(
        self, question: str, labels: Collection[str] | None, day: date, limit: int
    ) -> Answer:
        asked = set(_WORD.findall(question.casefold()))
        articles = self._rows.articles(self._rows.versions().keys()).values()
        shown = [a for a in articles if labels is None or (a.holds_on(day) and a.is_for(labels))]
        found = [s for a in shown if (s := _suggestion(a, asked)) is not None]
        found.sort(key=lambda s: (-s.probability, s.article.id))
        return Answer(suggestions=tuple(found[:limit]), fits_from=FITS_FROM)


def _suggestion(article: Article, asked: set[str]) -> Suggestion | None:
    said = set(_WORD.findall(article.title.casefold()))
    shared = sorted(asked & said)
    if not shared:
        return None
    return Suggestion(
        article=article,
        probability=len(shared) / len(said),
        passage=Passage(headings=(), text=article.body.partition("\n\n")[0]),
        matched=tuple(shared),
        ranks={"words": 1},
    )
