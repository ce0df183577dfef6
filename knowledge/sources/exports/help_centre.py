"""How does a help centre write an article?

As Zendesk's does: https://developer.zendesk.com/api-reference/help_center/help-center-api/articles/
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...errors import Refused
from ..draft import Draft
from ..fields import named, text_of
from .plain import in_markdown

wrappers = ("articles", "article")


def fits(entry: Mapping[str, Any]) -> bool:
    return "body" in entry and any(name in entry for name in ("html_url", "label_names", "locale"))


def draft(entry: Mapping[str, Any], *, key: str, place: str) -> Draft:
    """A draft is left out, and so is what it marks as outdated."""
    for mark in ("draft", "outdated", "archived"):
        if entry.get(mark) is True:
            raise Refused(f"it is left out, because it is marked as {mark}")
    body = entry.get("body") or ""
    if not isinstance(body, str):
        raise Refused("its body is no text")
    fields = named({name: value for name, value in entry.items() if name not in {"name", "url"}})
    # Its `url` is that of its API; people read it at `html_url`. Old entries have a `name` alone.
    if not fields.get("title") and (name := text_of(entry, "name")):
        fields["title"] = name
    known = text_of(fields, "id")
    locale = text_of(fields, "language")
    return Draft(
        body=in_markdown(body),
        fields=fields,
        key="-".join(filter(None, [known or key, locale])),
        place=f"article {known}" if known else place,
    )
