"""`python -m evals retrieval`: how well are the right articles found, beside others in the same run?"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from knowledge.ports import Encoder

from .abstention import abstention
from .encoded import Encoded
from .library import Library
from .measures import DEPTH, interval, ndcg, recall, reciprocal_rank
from .plain import Retriever, bm25, ensemble
from .sets import Judged, load

RETRIEVERS = ("fused", "bm25", "words", "vectors", "langchain_ensemble")


def run(
    folder: Path,
    queries: str,
    *,
    titles: bool,
    as_json: bool,
    encoder: Encoder | None,
    cache: Path | None,
) -> None:
    """Prints a table, or JSON. Raises FileNotFoundError and ValueError for a set that is none. Without
    an encoder `vectors` and `langchain_ensemble` are null, and `fused` is words alone."""
    judged = load(folder, queries, titles=titles)
    encoded = Encoded(judged.articles, encoder, cache) if encoder else None
    with tempfile.TemporaryDirectory() as scratch:
        library = Library(judged, Path(scratch), encoded)
        told: dict[str, Any] = dict.fromkeys(RETRIEVERS)
        for name, retrieve in _retrievers(judged, library, encoded, encoder).items():
            print(f"{name}: {len(judged.answerable)} questions", file=sys.stderr)
            told[name] = measured(judged, retrieve)
        shown = {
            "set": judged.name,
            "questions": len(judged.answerable),
            "metrics": told,
            "abstention": abstention(judged, library, vectors=encoded is not None),
        }
    if as_json:
        print(json.dumps(shown, indent=2))
    else:
        _print(shown)


def _retrievers(
    judged: Judged, library: Library, encoded: Encoded | None, encoder: Encoder | None
) -> dict[str, Retriever]:
    plain = bm25(judged)
    found: dict[str, Retriever] = {
        "words": lambda question: library.ids(question, vectors=False),
        "bm25": plain,
        "fused": lambda question: library.ids(question, vectors=True),
    }
    if encoded is not None and encoder is not None:
        found["vectors"] = lambda question: list(encoded.nearest(question, 2 * DEPTH))
        found["langchain_ensemble"] = ensemble(plain, encoded, encoder)
    return found


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
    found: dict[str, Any] = {}
    for name, measure in (
        ("ndcg_at_10", ndcg),
        ("recall_at_5", recall),
        ("mrr", reciprocal_rank),
    ):
        values = [measure(ranked[id_], judged.gold[id_]) for id_ in ranked]
        found[name] = round(float(np.mean(values)), 3)
        found[f"{name}_between"] = [round(x, 3) for x in interval(values)]
    return found | {
        "p50_ms": round(float(np.percentile(took, 50)), 1),
        "p95_ms": round(float(np.percentile(took, 95)), 1),
    }


def _print(shown: Mapping[str, Any]) -> None:
    table = Table(title=f"{shown['set']}, {shown['questions']} questions")
    columns = ("ndcg_at_10", "ndcg_at_10_between", "recall_at_5", "mrr", "p50_ms", "p95_ms")
    for name in ("retriever", *columns):
        table.add_column(name)
    for name, figures in shown["metrics"].items():
        if figures:
            table.add_row(name, *(str(figures[column]) for column in columns))
    Console().print(table)
    Console().print_json(data=shown["abstention"])
