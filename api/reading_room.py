"""The API documentation as a page: made from the OpenAPI document, without a script or another host."""

from __future__ import annotations

import html
import json
import re
from typing import Any

from fastapi.responses import HTMLResponse

from .plain_pages import plain_page

_METHODS = ("get", "post", "put", "delete")


def page(document: dict[str, Any]) -> HTMLResponse:
    """Every endpoint by its tag, with parameters, bodies and refusals."""
    parts = [_paragraphs(document["info"]["description"])]
    parts.append('<p><a href="/openapi.json">openapi.json</a></p>')
    for tag in document["tags"]:
        parts.append(f'<h2 id="{tag["name"]}">{_e(tag["name"].capitalize())}</h2>')
        parts.append(f"<p>{_e(tag['description'])}</p>")
        parts += [_endpoint(*found) for found in _tagged(document, tag["name"])]
    parts.append("<h2>Event types</h2>" + "".join(_event_types(document)))
    return plain_page("Heliograph API", "".join(parts), wide=True)


def _tagged(document: dict[str, Any], tag: str) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (method, path, operation)
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in _METHODS and tag in operation.get("tags", ())
    ]


def _endpoint(method: str, path: str, operation: dict[str, Any]) -> str:
    rows = [
        f"<li><code>{_e(p['name'])}</code> ({_e(p['in'])}{', needed' if p.get('required') else ''}) "
        f"{_e(p.get('description') or p['schema'].get('description', ''))}</li>"
        for p in operation.get("parameters", ())
    ]
    codes = ", ".join(f"{_e(code)}" for code in sorted(operation.get("responses", {})))
    return (
        f"<details><summary><code><b>{method.upper()}</b> {_e(path)}</code> "
        f"{_e(operation.get('summary', ''))}</summary>"
        f"{_paragraphs(operation.get('description', ''))}"
        f"{'<ul>' + ''.join(rows) + '</ul>' if rows else ''}"
        f"{_body(operation)}<p>Answers: {codes}</p>{_curl(method, path, operation)}</details>"
    )


def _body(operation: dict[str, Any]) -> str:
    found = []
    for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
        schema = content["schema"].get("$ref", content["schema"].get("type", ""))
        found.append(f"<p>Body: <code>{_e(media_type)}</code>, {_e(schema.split('/')[-1])}</p>")
    return "".join(found)


def _curl(method: str, path: str, operation: dict[str, Any]) -> str:
    parts = [f"curl -X {method.upper()} http://127.0.0.1:8000{path}"]
    if operation.get("tags") != ["health"]:
        parts.append('-H "Authorization: Bearer $HELIOGRAPH_TOKEN"')
    content = operation.get("requestBody", {}).get("content", {})
    if "multipart/form-data" in content:
        parts.append("-F file=@article.pdf")
    elif content:
        parts.append(f'-H "Content-Type: {next(iter(content))}" -d @body.json')
    return f"<pre><code>{_e(' '.join(parts))}</code></pre>"


def _event_types(document: dict[str, Any]) -> list[str]:
    send = document["paths"]["/api/v1/events"]["post"]["requestBody"]["content"]
    examples = next(iter(send.values()))["examples"]
    return [
        f"<details><summary><code>{_e(found['value']['type'])}</code> {_e(found['summary'])}</summary>"
        f'<p><a href="/api/v1/schemas/{_e(found["value"]["type"])}">JSON Schema</a></p>'
        f"<pre><code>{_e(json.dumps(found['value'], ensure_ascii=False, indent=2))}</code></pre>"
        "</details>"
        for found in examples.values()
    ]


def _paragraphs(text: str) -> str:
    """Paragraphs, `code` and **strong**, of text that is our own."""
    escaped = _e(text.strip())
    escaped = re.sub(r"`([^`]+)`", r"<code>\1</code>", escaped)
    escaped = re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", escaped)
    return "".join(f"<p>{part}</p>" for part in escaped.split("\n\n") if part)


def _e(text: object) -> str:
    return html.escape(str(text))
