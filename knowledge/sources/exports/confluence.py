"""How does Confluence write a page?

The bodies of its REST API: https://developer.atlassian.com/cloud/confluence/rest/v1/. The storage form
has elements of its own (`ac:…`) and hides code in CDATA, which a reader of HTML would drop.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

from ...errors import Refused
from ..draft import Draft
from ..fields import text_of
from ..from_html import markdown_of

wrappers = ("results", "pages", "page")
_FORMS = ("export_view", "view", "storage")
_PARAMETER = re.compile(r"<ac:parameter[^<>]{0,200}>[^<]{0,2000}</ac:parameter>")
_PAGE_LINK = re.compile(r'<ri:page[^<>]{0,500}ri:content-title="([^"<>]{0,300})"[^<>]{0,200}/>')


def fits(entry: Mapping[str, Any]) -> bool:
    body = entry.get("body")
    return isinstance(body, Mapping) and any(form in body for form in _FORMS)


def draft(entry: Mapping[str, Any], *, key: str, place: str) -> Draft:
    status = text_of(entry, "status") or "current"
    if status != "current":
        raise Refused(
            f"it is left out, because its status is {status}; only current pages are taken"
        )
    known = text_of(entry, "id")
    return Draft(
        body=markdown_of(_plain_html(_body(entry))),
        fields={
            "title": text_of(entry, "title"),
            "url": _address(entry),
            "keywords": _labels(entry),
        },
        key=known or key,
        place=f"page {known}" if known else place,
    )


def _body(entry: Mapping[str, Any]) -> str:
    forms = entry.get("body")
    for name in _FORMS:
        form = forms.get(name) if isinstance(forms, Mapping) else None
        value = form.get("value") if isinstance(form, Mapping) else form
        if isinstance(value, str) and value.strip():
            return value
    raise Refused("it has no body: export it with body.view or body.storage")


def _plain_html(storage: str) -> str:
    """The storage form's own elements by those of HTML that say the same."""
    parts = storage.split("<![CDATA[")
    for place, part in enumerate(parts[1:], 1):
        hidden, found, rest = part.partition("]]>")
        parts[place] = html.escape(hidden) + rest if found else part
    whole = _PARAMETER.sub("", "".join(parts))
    whole = _PAGE_LINK.sub(r"\1", whole)
    return whole.replace("<ac:plain-text-body>", "<pre>").replace("</ac:plain-text-body>", "</pre>")


def _address(entry: Mapping[str, Any]) -> str:
    links = entry.get("_links")
    if not isinstance(links, Mapping):
        return ""
    start, page = links.get("base"), links.get("webui")
    return f"{start}{page}" if isinstance(start, str) and isinstance(page, str) else ""


def _labels(entry: Mapping[str, Any]) -> list[str]:
    metadata = entry.get("metadata")
    labels = metadata.get("labels") if isinstance(metadata, Mapping) else None
    results = labels.get("results") if isinstance(labels, Mapping) else None
    named = (label.get("name") for label in results or [] if isinstance(label, Mapping))
    return [name for name in named if isinstance(name, str)]
