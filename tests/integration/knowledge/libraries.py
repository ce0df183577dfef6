"""A library of articles in memory, for tests: the rows that indexes are made from."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from knowledge.article import Article
from knowledge.ports import Indexed


def indexed(id_: str, title: str, body: str = "", version: str = "1", **more: Any) -> Indexed:
    article = Article(
        id=id_, source="s", external_id=id_, title=title, body=body, language="en", audience=("a",)
    )
    return Indexed(article=article, version=version, **more)


class Rows:
    """`knowledge.ports.ArticleRows` in memory."""

    def __init__(self, *articles: Indexed) -> None:
        self.kept: dict[str, Indexed] = {}
        self.changes = 0
        for one in articles:
            self.save(one)

    def save(self, one: Indexed) -> None:
        self.kept[one.article.id] = one
        self.changes += 1

    def retire(self, id_: str) -> None:
        del self.kept[id_]
        self.changes += 1

    def newest_change(self) -> int:
        return self.changes

    def versions(self) -> Mapping[str, str]:
        return {id_: one.version for id_, one in self.kept.items()}

    def to_index(self, ids: Collection[str]) -> list[Indexed]:
        return [self.kept[id_] for id_ in ids if id_ in self.kept]

    def articles(self, ids: Collection[str]) -> dict[str, Article]:
        return {id_: self.kept[id_].article for id_ in ids if id_ in self.kept}
