"""Did anybody see what was not for them? Leaks among all briefs, prompts and messages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evals.grounding.measured import Tally

from ..plots import Bar, Goal, Plot, Section, Table

_LEAD = (
    "Words that only some may know are planted in made tickets; then every brief, prompt and message is"
    " searched for those that its readers may not. None may be there."
)


def is_one(found: Mapping[str, Any]) -> bool:
    return {"leaks", "rightly_known"} <= set(found.get("metrics", ()))


def section(found: Mapping[str, Any]) -> Section:
    metrics = found["metrics"]
    places = list(metrics["texts"])
    table = Table(
        columns=("where", "texts", "planted words rightly there", "leaks"),
        rows=tuple(
            (p, metrics["texts"][p], metrics["rightly_known"][p], metrics["leaks"][p])
            for p in places
        ),
    )
    counts = Table(
        columns=("tickets", "planted words", "events refused"),
        rows=((metrics["trials"], metrics["canaries"], metrics["events_refused"]),),
    )
    return Section(
        title="Disclosure",
        lead=_LEAD,
        plots=[
            Plot(
                title="Texts with a leak, at most",
                bars=tuple(
                    _bar(p, metrics["texts"][p], metrics["leaks"][p])
                    for p in places
                    if metrics["texts"][p]
                ),
            )
        ],
        tables=[table, counts],
    )


def _bar(place: str, texts: int, leaks: int) -> Bar:
    """A text may hold several leaks: counted as if each had a text of its own."""
    tally = Tally(asked=texts, named=min(leaks, texts))
    low, high = tally.between
    share = tally.named / texts
    return Bar(
        label=place,
        share=share,
        between=(min(low, share), max(high, share)),
        of=texts,
        goal=Goal(at=0.0, most=True),
    )
