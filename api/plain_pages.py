"""What do pages look like that stand apart from the console: what a problem means, and the API's own."""

from __future__ import annotations

import html

from fastapi.responses import HTMLResponse

from pipeline.domain.directory import Language

_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · Heliograph</title>
<link rel="icon" href="/static/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/static/plain.css">
</head>
<body><main{layout}><h1>{title}</h1>{body}</main></body>
</html>
"""


def plain_page(
    title: str,
    body: str,
    status: int = 200,
    *,
    wide: bool = False,
    language: Language = "en",
) -> HTMLResponse:
    """`title` is text; `body` is finished HTML, whose author has escaped it."""
    layout = ' class="wide"' if wide else ""
    spoken = "zh-CN" if language == "zh" else "en"
    text = _PAGE.format(title=html.escape(title), body=body, layout=layout, language=spoken)
    return HTMLResponse(text, status)
