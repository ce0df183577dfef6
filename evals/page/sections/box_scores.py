"""Where does the guard stand on texts about basketball games, beside the best that was published?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..plots import Bar, Goal, Plot, Section, Table

_LEAD = (
    "Texts about basketball games whose errors people marked; for the method, not the words. The line is"
    " the best entry that was published, on other texts of the same task. The numbers of a sentence are"
    " held to those whom it names, which the scorer finds out; the whole sheet shows what the guard does"
    " alone."
)
_WAYS = {"by who is named": (), "whole sheet": ("whole_sheet",)}


def is_one(found: Mapping[str, Any]) -> bool:
    return {"recall", "precision", "by_type"} <= set(found.get("metrics", ()))


def section(found: Mapping[str, Any]) -> Section:
    metrics = found["metrics"]
    types = {t: one for t, one in metrics["by_type"].items() if one["errors"]}
    table = Table(
        columns=("type", "errors", "recall", "reports", "precision"),
        rows=tuple(
            (t, one["errors"], one["recall"], one["reports"], one["precision"])
            for t, one in types.items()
        ),
    )
    return Section(
        title="Marked errors in texts about box scores",
        lead=_LEAD,
        plots=[
            Plot(title="Recall and precision of marked errors", bars=tuple(_whole(metrics))),
            Plot(
                title="Errors found, by a report of any type",
                bars=tuple(
                    Bar(
                        label=type_,
                        share=one["found"],
                        between=(one["found_between"][0], one["found_between"][1]),
                        of=one["errors"],
                    )
                    for type_, one in types.items()
                ),
            ),
        ],
        tables=[table],
    )


def _whole(metrics: Mapping[str, Any]) -> Iterator[Bar]:
    for figure, of in (("recall", "errors"), ("precision", "reports")):
        for way, path in _WAYS.items():
            one = metrics
            for key in path:
                one = one[key]
            low, high = one[f"{figure}_between"]
            yield Bar(
                label=figure,
                of_which=way,
                share=one[figure],
                between=(low, high),
                of=one[of],
                goal=Goal(at=metrics["best_published"][figure]),
            )
