"""What do pages look like that must work without a console: sign-in, and what a problem means?"""

from __future__ import annotations

import html

from fastapi.responses import HTMLResponse

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · Heliograph</title>
<link rel="stylesheet" href="/plain.css">
</head>
<body><main><h1>{title}</h1>{body}</main></body>
</html>
"""

STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.6 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif; margin: 0; }
main { max-width: 36rem; margin: 12vh auto 4rem; padding: 0 1.25rem; }
h1 { font-size: 1.5rem; line-height: 1.25; } h2 { font-size: 1.05rem; margin-bottom: 0; }
code { font: .9em ui-monospace, monospace; overflow-wrap: anywhere; }
button { font: inherit; padding: .6rem 1.4rem; border-radius: .4rem; border: 1px solid; cursor: pointer; }
small { opacity: .75; }
"""


def plain_page(title: str, body: str, status: int = 200) -> HTMLResponse:
    """`title` is text; `body` is finished HTML, whose author has escaped it."""
    return HTMLResponse(_PAGE.format(title=html.escape(title), body=body), status)
