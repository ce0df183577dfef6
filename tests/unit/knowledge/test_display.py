"""An article is shown as it was meant, and nothing in it can act in the reader's browser."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.display import html_of, plain_of

ARTICLE = """# Printer jam

Open *tray 2*, see [the guide](https://x.example/a) ![a tray](http://x.example/t.png).

1. Pull
   - gently
2. Close

```
net stop <spooler>
```

| Code | Meaning |
| --- | --- |
| E_01 | ~~jam~~ |
"""


def test_an_article_is_shown_with_its_steps_tables_and_code() -> None:
    """Its headings stand below the page's own."""
    shown = html_of(ARTICLE)
    assert "<h2>Printer jam</h2>" in shown
    assert '<a href="https://x.example/a" rel="noopener noreferrer nofollow">the guide</a>' in shown
    assert "<li>gently</li>" in shown
    assert "<td>E_01</td>" in shown
    assert "net stop &lt;spooler&gt;" in shown
    assert "a tray" in shown
    assert "<img" not in shown
    assert "<h1" not in html_of("# a\n\nb\n==\n")
    assert "<h6>x</h6>" in html_of("###### x")


def test_an_article_reads_plainly_in_a_mail() -> None:
    """Words alone, with the numbers of its steps."""
    assert plain_of(ARTICLE) == (
        "Printer jam\n\nOpen tray 2, see the guide a tray.\n\n1. Pull\n  - gently\n2. Close\n\n"
        "net stop <spooler>\n\nCode | Meaning\nE_01 | jam"
    )


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("", ""),
        ("a  \nb", "a\nb"),
        ("> a\n>\n> b", "a\n\nb"),
        ("3. a\n\n   more\n4. b", "3. a\n  more\n4. b"),
        (r"\*.contoso.com `a_b` &lt;x&gt;", "*.contoso.com a_b <x>"),
        ("- a\n- b\n\nc", "- a\n- b\n\nc"),
        ("***\n\na", "a"),
        ("\ud800", "?"),
        ("第一步：**重启**", "第一步：重启"),
    ],
)
def test_markup_leaves_no_trace_in_plain_text(markdown: str, plain: str) -> None:
    """Whatever it is made of."""
    assert plain_of(markdown) == plain


class Shown(HTMLParser):
    """Every element and attribute that a browser would see."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[tuple[str, str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, "", ""))
        self.seen += [(tag, name, value or "") for name, value in attrs]


def is_harmless(html: str) -> bool:
    for tag, attribute, value in Shown(html).seen:
        if tag in {
            "script",
            "style",
            "iframe",
            "img",
            "svg",
            "form",
            "object",
            "h1",
            "base",
            "meta",
        }:
            return False
        if attribute == "href" and urlsplit(value).scheme not in {"http", "https", "mailto"}:
            return False
        if attribute not in {"", "href", "rel", "start"}:
            return False
    return True


PIECES = st.sampled_from(
    [
        *(
            "<script>",
            "</script>",
            "<img src=x onerror=alert(1)>",
            "<a href='javascript:alert(1)'>",
        ),
        *("[x](javascript:alert(1))", "[x](  JaVaScRiPt:alert(1))", "[x](data:text/html,<script>)"),
        *(
            "[x](&#106;avascript:alert(1))",
            "[x](java\nscript:a)",
            "[x](//evil.example)",
            "[x](/rel)",
        ),
        *(
            "[a]: javascript:alert(1)\n",
            "[a]",
            "<javascript:alert(1)>",
            "<data:text/html,x>",
            "![x](data:,)",
        ),
        *(
            "[x](vbscript:a)",
            "[x](\x01javascript:a)",
            '[x](http://a "onmouseover=alert(1)")',
            "<svg/onload=a>",
        ),
        *(
            '[x](http://a"onclick="a)',
            "`",
            "```\n",
            "\n\n",
            "|",
            "|-|\n",
            "- ",
            "1. ",
            "> ",
            "# ",
            "&lt;",
            "\\",
        ),
        *(
            "*",
            "_",
            "~~",
            "[",
            "]",
            "(",
            ")",
            "<",
            ">",
            '"',
            "'",
            "&",
            "\0",
            "\ud800",
            "<!--",
            "]]>",
            "中",
        ),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES | st.text(max_size=5), max_size=12).map("".join))
def test_nothing_of_an_article_can_act(markdown: str) -> None:
    """No script, no handler of events, no address but of the web and of mail; whatever is put together."""
    assert is_harmless(html_of(markdown))
    plain_of(markdown)
