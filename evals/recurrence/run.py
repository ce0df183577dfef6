"""`python -m evals recurrence`: is the earlier report found, strictly of those that came before, beside BM25?"""

from __future__ import annotations

import json
import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from pipeline.recurrence.case import Case
from pipeline.recurrence.judging import Judged, judge
from pipeline.recurrence.past import MemoryPast
from pipeline.recurrence.signature import Signer

from ..retrieval.measures import interval, ndcg, recall, reciprocal_rank
from .dated import Dated, load
from .novelty import novelty
from .plain import Plain


def run(folder: Path, *, as_json: bool) -> None:
    """Raises FileNotFoundError and ValueError for a set that is none."""
    dated = load(folder)
    print(f"{dated.name}: {len(dated.questions)} questions", file=sys.stderr)
    judged, others, took = streamed(dated)
    plain = Plain(dated.reports)
    shown = {
        "set": dated.name,
        "questions": len(dated.questions),
        "reports": len(dated.reports),
        "metrics": {
            "ours": _figures(dated, lambda q: [s.earlier.id for s in judged[q.id].similar], took),
            "bm25": _figures(dated, plain.ranked, []),
        },
        "new": novelty(judged, dated.gold, others),
    }
    if as_json:
        print(json.dumps(shown, indent=2))
    else:
        _print(shown)


def streamed(dated: Dated) -> tuple[dict[str, Judged], list[Judged], list[float]]:
    """Each question judged at its time, every tenth report that repeats nothing as far as anybody knows, and
    how many milliseconds each question took. Reports of the same moment are not earlier."""
    signer, past, judged, took = Signer(), MemoryPast(), {}, []
    marked = {*dated.gold, *(r for reports in dated.gold.values() for r in reports)}
    others: list[Judged] = []
    waiting = deque(dated.reports)
    for question in dated.questions:
        while waiting and waiting[0].at < question.at:
            signature = signer.sign(report := waiting.popleft())
            if past.count() % EVERY == EVERY - 1 and report.id not in marked:
                others.append(judge(past, signature))
            past.add(signature)
        began = time.perf_counter()
        judged[question.id] = judge(past, signer.sign(question))
        took.append((time.perf_counter() - began) * 1000)
    return judged, others, took


EVERY = 10


def _figures(
    dated: Dated, ranked: Callable[[Case], Sequence[str]], took: list[float]
) -> dict[str, Any]:
    orders: dict[str, Sequence[str]] = {}
    for question in dated.questions:
        began = time.perf_counter()
        orders[question.id] = ranked(question)
        if len(took) < len(dated.questions):
            took.append((time.perf_counter() - began) * 1000)
    found: dict[str, Any] = {}
    for name, measure in (
        ("ndcg_at_10", ndcg),
        ("recall_at_5", recall),
        ("mrr", reciprocal_rank),
    ):
        values = [measure(orders[q], dated.gold[q]) for q in orders]
        found[name] = round(float(np.mean(values)), 3)
        found[f"{name}_between"] = [round(x, 3) for x in interval(values)]
    return found | {
        "p50_ms": round(float(np.percentile(took, 50)), 1),
        "p95_ms": round(float(np.percentile(took, 95)), 1),
    }


def _print(shown: dict[str, Any]) -> None:
    table = Table(title=f"{shown['set']}, {shown['questions']} questions")
    columns = ("ndcg_at_10", "ndcg_at_10_between", "recall_at_5", "mrr", "p50_ms", "p95_ms")
    for name in ("who", *columns):
        table.add_column(name)
    for name, figures in shown["metrics"].items():
        table.add_row(name, *(str(figures[column]) for column in columns))
    Console().print(table)
    Console().print_json(data=shown["new"])
