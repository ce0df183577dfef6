"""How is an article written that has a title, a body and what else there is, each under its name?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...errors import Refused
from ..draft import Draft
from ..fields import named, sections, text_of
from ..from_html import is_html, markdown_of
from ..markdown import tidied
from ..names import names
from ..plain import with_line_breaks

wrappers = ("items", "data", "entries", "documents", "knowledge")


def fits(_entry: Mapping[str, Any]) -> bool:
    return True


def draft(entry: Mapping[str, Any], *, key: str, place: str) -> Draft:
    """Without a body of its own, symptom, cause, resolution and so on become one, in their order."""
    fields = named(entry)
    status = text_of(fields, "status")
    if entry.get("draft") is True or (
        status and status.casefold() not in names().approved | names().published
    ):
        raise Refused(f"it is left out, because its status is {status or 'draft'}")
    body = fields.pop("body", None)
    if body is None:
        body = _put_together(sections(entry))
    elif not isinstance(body, str):
        raise Refused("its body is no text")
    else:
        body = in_markdown(body)
    known = text_of(fields, "id")
    return Draft(body=body, fields=fields, key=known or key, place=place)


def _put_together(parts: list[tuple[str, str]]) -> str:
    if len(parts) == 1:
        return in_markdown(parts[0][1])
    return "\n\n".join(f"## {name}\n\n{in_markdown(text)}" for name, text in parts)


def in_markdown(text: str) -> str:
    """A field in whichever of the two forms it is."""
    return markdown_of(text) if is_html(text) else with_line_breaks(tidied(text))
