"""How well were the right articles found, beside other ways in the same run?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..plots import Bar, Plot, Section, Table

_LEAD = (
    "Questions with known answers, asked of the product's search (fused) and of others in the same run;"
    " 1 is perfect. Set: {set}, {questions} questions."
)
_MEASURES = {"ndcg_at_10": "nDCG@10", "recall_at_5": "Recall@5", "mrr": "MRR"}


def is_one(found: Mapping[str, Any]) -> bool:
    return "abstention" in found and "fused" in found.get("metrics", {})


def section(found: Mapping[str, Any]) -> Section:
    told = {name: figures for name, figures in found["metrics"].items() if figures}
    plots = [
        Plot(
            title=title,
            in_percent=False,
            bars=tuple(
                Bar(
                    label=name.replace("_", " "),
                    share=figures[key],
                    between=(figures[f"{key}_between"][0], figures[f"{key}_between"][1]),
                    of=found["questions"],
                )
                for name, figures in told.items()
            ),
        )
        for key, title in _MEASURES.items()
    ]
    speed = Table(
        columns=("search", "p50 ms", "p95 ms"),
        rows=tuple((name, one["p50_ms"], one["p95_ms"]) for name, one in told.items()),
    )
    return Section(
        title="Search",
        lead=_LEAD.format(**found),
        plots=[*plots, _abstention(found["abstention"])],
        tables=[speed],
    )


def _abstention(told: Mapping[str, Any]) -> Plot:
    between = told["auroc_between"]
    bars = (
        Bar(label="AUROC", share=told["auroc"], between=(between[0], between[1])),
        Bar(label="answered at 90 % precision", share=told["coverage_at_90_precision"]),
        Bar(label="suggested though nothing fits", share=told["suggested_without_gold"]),
    )
    return Plot(title="Whether it knows that nothing fits", in_percent=False, bars=bars)
