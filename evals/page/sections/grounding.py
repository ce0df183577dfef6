"""What did the guard find, by way and language, and how many true sentences did it stop?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from evals.grounding.goals import FOUND, MS_PER_RENDITION, STOPPED_CLEAN

from ..plots import Bar, Goal, Plot, Section, Table

_LEAD = (
    "Texts about incidents in which sentences were made wrong on purpose, held to the record without a"
    " model. The interval says where the share may lie, had other texts been drawn."
)
_PLOTS = {
    "found": "Wrong sentences found, as they were written",
    "spoiled_by_code": "Wrong sentences found, made from true ones by code",
    "stopped_clean": "True sentences stopped",
}


def is_one(found: Mapping[str, Any]) -> bool:
    return {"found", "stopped_clean"} <= set(found.get("metrics", ()))


def section(found: Mapping[str, Any]) -> Section:
    metrics = found["metrics"]
    told = metrics.get("tallies") or list(_shares(metrics))
    plots = (_plot(title, figure, told) for figure, title in _PLOTS.items())
    counts = Table(
        columns=("texts", "trials", "ms a text", "goal"),
        rows=(
            (metrics["texts"], metrics["trials"], metrics["ms_per_rendition"], MS_PER_RENDITION),
        ),
    )
    return Section(
        title="Claims held to the record",
        lead=_LEAD,
        plots=[plot for plot in plots if plot.bars],
        tables=[counts],
    )


def _shares(metrics: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Of a run that told no tallies: by way alone."""
    between = metrics.get("found_between", {})
    for way, share in metrics["found"].items():
        yield {"figure": "found", "way": way, "share": share, "between": between.get(way)}
    yield {
        "figure": "stopped_clean",
        "share": metrics["stopped_clean"],
        "between": metrics.get("stopped_clean_between"),
    }


def _plot(title: str, figure: str, told: list[dict[str, Any]]) -> Plot:
    own = sorted(
        (t for t in told if t["figure"] == figure),
        key=lambda t: (-_goal_at(t), t.get("way", ""), t.get("language", "")),
    )
    return Plot(title=title, bars=tuple(_bar(t) for t in own))


def _goal_at(told: Mapping[str, Any]) -> float:
    return FOUND.get(told.get("way", ""), 0.0)


def _bar(told: Mapping[str, Any]) -> Bar:
    way, between = told.get("way"), told.get("between")
    if way is None:
        goal: Goal | None = Goal(at=STOPPED_CLEAN, most=True)
    else:
        goal = Goal(at=FOUND[way]) if way in FOUND else None
    return Bar(
        label=way.replace("_", " ") if way else "true sentences",
        of_which=told.get("language", ""),
        share=told["share"],
        between=(between[0], between[1]) if between else None,
        of=told.get("of"),
        goal=goal,
    )
