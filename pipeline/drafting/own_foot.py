"""What stands at the foot of each mail to a person: where they say when and of what they want to hear."""

from __future__ import annotations

import html
from collections.abc import Mapping

import yaml

from ..domain.directory import Language
from ..domain.message import Outbound

FILE = "own_page.yaml"
OWN_URL = "own_url"
PLACE = '<div class="hg-own"></div>'
"""Where it stands in a mail of ours."""
_STYLE = "margin:14px 0 0 0;font-size:13px;line-height:1.5;color:#5b6873;"


def words_of(files: Mapping[str, str], language: Language) -> str:
    """Empty where a folder of one's own has left it out."""
    found = yaml.safe_load(files.get(FILE, "")) or {}
    return str(found.get(language, ""))


def with_foot(outbound: Outbound, url: str, words: str) -> Outbound:
    """Beneath the text; in its layout where that has a place for it."""
    if not words:
        return outbound
    shown = html.escape(words)
    line = f'<p class="hg-foot" style="{_STYLE}"><a href="{html.escape(url)}" style="color:#5b6873;">{shown}</a></p>'
    whole = outbound.html.replace(PLACE, line, 1) if outbound.html is not None else None
    text = f"{outbound.text.rstrip()}\n{words} {url}\n"
    return outbound.model_copy(update={"text": text, "html": whole})
