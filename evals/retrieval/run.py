"""`python -m evals retrieval`: how well are the right articles found, beside plain BM25 in the same run?"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from knowledge.ports import Indexed
from knowledge.search import Search
from knowledge.tokens.terms import Analyser, Field, Terms
from knowledge.words.index import WordIndex

from .measures import DEPTH, interval, ndcg, recall, reciprocal_rank
from .sets import EVERYBODY, Judged, load

Retriever = Callable[[str], list[str]]
DAY = date(2026, 1, 1)


def run(folder: Path, queries: str, *, titles: bool, as_json: bool) -> None:
    """Prints a table, or JSON. Raises FileNotFoundError and ValueError for a set that is none."""
    judged = load(folder, queries, titles=titles)
    with tempfile.TemporaryDirectory() as scratch:
        found = {
            "words": measured(judged, words(judged, Path(scratch))),
            "bm25": measured(judged, plain(judged)),
        }
    shown = {"set": judged.name, "questions": len(judged.answerable), "metrics": found}
    if as_json:
        print(json.dumps(shown, indent=2))
    else:
        _print(shown)


def words(judged: Judged, folder: Path) -> Retriever:
    """The search of the product, without a model."""
    analyser = Analyser()
    index = WordIndex(analyser, folder)
    index.put([Indexed(article=a, version=a.digest) for a in judged.articles])
    search = Search(analyser, index)
    return lambda question: [
        found.id
        for found in search.articles(question, labels=[EVERYBODY], day=DAY, limit=2 * DEPTH)
    ]


def plain(judged: Judged) -> Retriever:
    """BM25 with the usual k1 1.5 and b .75 over the same words, titles twice: the figure to beat."""
    import bm25s

    analyser = Analyser()
    said = [_counted(analyser.of_article(Indexed(article=a, version=""))) for a in judged.articles]
    index = bm25s.BM25(k1=1.5, b=0.75)
    index.index(said, show_progress=False)
    ids = [article.id for article in judged.articles]

    def retrieve(question: str) -> list[str]:
        asked = _counted(analyser.of_question(question))
        if not asked:
            return []
        depth = min(2 * DEPTH, len(ids))
        places, _ = index.retrieve([asked], k=depth, show_progress=False)
        return [ids[place] for place in places[0]]

    return retrieve


def _counted(terms: Terms) -> list[str]:
    """Words twice over for a title, which counts as part of the text too."""
    return [*terms[Field.WORDS].elements(), *(f"#{b}" for b in terms[Field.BIGRAMS].elements())]


def measured(judged: Judged, retrieve: Retriever) -> dict[str, Any]:
    """Figures over all answerable questions; latencies in milliseconds, after ten to warm up."""
    for id_ in judged.answerable[:10]:
        retrieve(judged.questions[id_])
    ranked: dict[str, list[str]] = {}
    took = []
    for id_ in judged.answerable:
        began = time.perf_counter()
        ranked[id_] = retrieve(judged.questions[id_])
        took.append((time.perf_counter() - began) * 1000)
    gains = [ndcg(ranked[id_], judged.gold[id_]) for id_ in ranked]
    low, high = interval(gains)
    return {
        "ndcg_at_10": _mean(gains),
        "ndcg_at_10_between": [round(low, 3), round(high, 3)],
        "recall_at_5": _mean([recall(ranked[id_], judged.gold[id_]) for id_ in ranked]),
        "mrr": _mean([reciprocal_rank(ranked[id_], judged.gold[id_]) for id_ in ranked]),
        "p50_ms": round(float(np.percentile(took, 50)), 1),
        "p95_ms": round(float(np.percentile(took, 95)), 1),
    }


def _mean(values: list[float]) -> float:
    return round(float(np.mean(values)), 3)


def _print(shown: Mapping[str, Any]) -> None:
    table = Table(title=f"{shown['set']}, {shown['questions']} questions")
    columns = ("ndcg_at_10", "ndcg_at_10_between", "recall_at_5", "mrr", "p50_ms", "p95_ms")
    for name in ("retriever", *columns):
        table.add_column(name)
    for name, figures in shown["metrics"].items():
        table.add_row(name, *(str(figures[column]) for column in columns))
    Console().print(table)
