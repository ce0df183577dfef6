"""What stands at the foot of each mail to a person: where they say when and of what they want to hear."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass

from ..domain.directory import Language
from ..domain.errors import Misconfigured
from ..domain.message import Outbound
from .worded import words_in

FILE = "own_page.yaml"
OWN_URL = "own_url"
PLACE = '<div class="hg-own"></div>'
"""Where it stands in a mail of ours."""
_STYLE = "margin:14px 0 0 0;font-size:13px;line-height:1.5;color:#5b6873;"


@dataclass(frozen=True, kw_only=True)
class Foot:
    """`label` is what the link is called, `line` how both stand in plain text."""

    label: str
    line: str


def foot_of(files: Mapping[str, str], language: Language) -> Foot:
    """Raises Misconfigured where a folder of one's own has left it out, or has written what cannot be read."""
    words = words_in(files, FILE, language)
    missing = [name for name in ("label", "line") if name not in words]
    if missing:
        raise Misconfigured(f"has no {missing[0]} in {language}", where=FILE)
    return Foot(label=words["label"], line=words["line"])


def with_foot(outbound: Outbound, url: str, foot: Foot) -> Outbound:
    """Beneath the text; in its layout where that has a place for it."""
    label, address = html.escape(foot.label), html.escape(url)
    link = f'<a href="{address}" style="color:#5b6873;">{label}</a>'
    shown = f'<p class="hg-foot" style="{_STYLE}">{link}</p>'
    whole = outbound.html.replace(PLACE, shown, 1) if outbound.html is not None else None
    line = foot.line.replace("{label}", foot.label).replace("{url}", url)
    text = f"{outbound.text.rstrip()}\n{line}\n"
    return outbound.model_copy(update={"text": text, "html": whole})
