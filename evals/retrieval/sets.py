"""What is a set of judged questions? A folder with a corpus, questions, and which article answers which."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.article import Article
from knowledge.tokens.normal import HAN

EVERYBODY = "everybody"


@dataclass(frozen=True, kw_only=True)
class Judged:
    """`gold` has the articles that answer each question, by its id; a question without one is to be
    answered by nothing."""

    name: str
    articles: tuple[Article, ...]
    questions: Mapping[str, str]
    gold: Mapping[str, frozenset[str]]

    @property
    def answerable(self) -> list[str]:
        return [id_ for id_ in self.questions if id_ in self.gold]


def load(folder: Path, queries: str = "queries.jsonl", *, titles: bool = True) -> Judged:
    """`corpus.jsonl` {id, title, body}, the questions {id, text}, `qrels.tsv` question, article, grade.

    Without `titles` only bodies are searched: a set whose questions are titles is easy with them.
    Raises FileNotFoundError, and ValueError that names a broken line.
    """
    articles = tuple(
        _article(row, titles) for row in json_rows(folder / "corpus.jsonl", ("id", "title", "body"))
    )
    questions = {
        str(row["id"]): str(row["text"]) for row in json_rows(folder / queries, ("id", "text"))
    }
    known = {article.id for article in articles}
    if not known or not questions:
        raise ValueError(f"{folder}: no articles, or no questions in {queries}")
    gold: dict[str, set[str]] = {}
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        question, _, rest = line.partition("\t")
        article, _, grade = rest.partition("\t")
        if article in known and grade.strip() not in ("", "0"):
            gold.setdefault(question, set()).add(article)
    if not gold.keys() & questions.keys():
        raise ValueError(f"{folder / 'qrels.tsv'}: no question of {queries} has an article there")
    return Judged(
        name=folder.name,
        articles=articles,
        questions=questions,
        gold={q: frozenset(a) for q, a in gold.items() if q in questions},
    )


def _article(row: Mapping[str, Any], titles: bool) -> Article:
    body = str(row["body"])
    han = len(HAN.findall(body))
    return Article(
        id=str(row["id"]),
        source="set",
        external_id=str(row["id"]),
        # An article has a title; one that says nothing is none to the search.
        title=str(row["title"])[:300].strip() or "-" if titles else "-",
        body=body[:200_000],
        language="zh" if han * 4 > len(body) else "en",
        audience=(EVERYBODY,),
    )


def json_rows(path: Path, needs: Sequence[str]) -> list[dict[str, Any]]:
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                row = dict(json.loads(line))
            except (ValueError, TypeError) as wrong:
                raise ValueError(f"{path}, line {number}: {wrong}") from None
            lacking = [name for name in needs if name not in row]
            if lacking:
                raise ValueError(f"{path}, line {number}: no {lacking[0]}")
            found.append(row)
    return found
