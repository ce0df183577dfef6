"""How does one page show it all? HTML and SVG that stand alone: no script, nothing that is fetched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from .plots import Bar, Section, Verdict

_HERE = Path(__file__).parent
_VERDICTS = {
    Verdict.MET: "met",
    Verdict.WITHIN_CHANCE: "missed, within chance",
    Verdict.MISSED: "missed",
}


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a section's figures come from, and when they were written; `at` is zone-aware."""

    name: str
    at: datetime
    section: Section


def page(sources: Sequence[Source]) -> str:
    """Names of files and sets are data: they are escaped."""
    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"verdict": _verdict, "figure": _figure}
    return environment.get_template("page.html.jinja").render(
        sources=sources, css=(_HERE / "page.css").read_text(encoding="utf-8")
    )


def _verdict(bar: Bar) -> str:
    return _VERDICTS[bar.verdict] if bar.verdict else ""


def _figure(value: str | float | None) -> str:
    if value is None:
        return "–"
    return value.replace("_", " ") if isinstance(value, str) else f"{value:,}"
