"""Each kind of file becomes an article: its title, its labels and its period, its text as Markdown."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.article import ArticleText
from knowledge.sources import documents

from .files import article, docx, paragraph, pdf, properties

FRONT_MATTER = """---
title: Reset VPN
products: [VPN, AnyConnect]
audience: staff, it
url: https://kb.example.com/7
valid_from: {first}
valid_until: 2026-12-31
---
Open the client.
"""
PAGE = """<!doctype html><html><head><title>Help – IT</title>
<meta name="product" content="Printers"><meta name="audience" content="staff;guests">
<style>p {}</style></head><body><nav>Home</nav>
<h1>Printer jam</h1><!-- draft --><p>Open <b>tray 2</b>, see <a href="https://x.example/a (b)">here</a>
or <a href="javascript:alert(1)">there</a>.</p>
<ol start="3"><li>Pull<ul><li>gently</ul><li>Close</ol>
<pre>net stop spooler
  ```</pre>
<table><tr><th>Code<th>Mean|ing<tr><td>E_01<td>jam<br>again</table>
<form><input value="q"><button>Go</button></form><script>alert(1)</script>
<img src="x.png" alt="the tray"><footer>© IT</footer></body></html>"""
PAGE_BODY = """Open **tray 2**, see [here](https://x.example/a%20%28b%29)
or there.

3. Pull
   - gently
4. Close

````
net stop spooler
  ```
````

| Code | Mean\\|ing |
| --- | --- |
| E_01 | jam again |

the tray"""


@pytest.mark.parametrize(
    ("first", "day"),
    [
        ("2026-08-01", date(2026, 8, 1)),
        ("2026-8-1", date(2026, 8, 1)),
        ("2026-08-01T23:30:00Z", date(2026, 8, 1)),
        ("2026-08-01 23:30:00.5 +08:00", date(2026, 8, 1)),
        ("2026/8/1", date(2026, 8, 1)),
        ("2026年8月1日", date(2026, 8, 1)),
        ("20260801", date(2026, 8, 1)),
        ("''", None),
    ],
)
def test_front_matter_is_taken_in_any_form_of_date(first: str, day: date | None) -> None:
    """What stands between the first two `---` lines says who may read the article, and until when."""
    found = article("vpn.md", FRONT_MATTER.format(first=first))
    assert (found.title, found.body, found.language) == ("Reset VPN", "Open the client.", "en")
    assert (found.products, found.audience) == (("VPN", "AnyConnect"), ("staff", "it"))
    assert (found.valid_from, found.valid_until) == (day, date(2026, 12, 31))
    assert (found.source, found.external_id) == ("files", "vpn.md")
    assert found.url == "https://kb.example.com/7"


@pytest.mark.parametrize(
    ("name", "content", "title", "body"),
    [
        ("a.md", "# Reset VPN\n\nOpen it.", "Reset VPN", "Open it."),
        ("a.md", "Reset VPN\n=========\nOpen it.", "Reset VPN", "Open it."),
        ("a.md", "## **Reset** [VPN](x)\nOpen it.", "Reset VPN", "Open it."),
        ("a.md", "First.\n\n# Reset\n\nOpen it.", "Reset", "First.\n\n# Reset\n\nOpen it."),
        ("a.md", "```\n# no heading\n```", "A", "```\n# no heading\n```"),
        ("reset_vpn-token.md", "Open it.", "Reset vpn token", "Open it."),
        ("a.md", "---\ntitle: VPN\n---\n# V P N\nOpen it.", "VPN", "Open it."),
        ("a.md", "---\ntitle: VPN\n---\n# Steps\nOpen it.", "VPN", "# Steps\nOpen it."),
        ("a.md", "--- \nno end\n\nOpen it.", "A", "--- \nno end\n\nOpen it."),
        ("a.md", "# A\nx ![tray](t.png)<!-- c --><script>y</script>", "A", "x tray"),
        ("a.md", "# A\n```\n<!-- kept --> ![x](y)\n```", "A", "```\n<!-- kept --> ![x](y)\n```"),
        ("a.md", f"# {'x' * 301}\n\nOpen it.", "A", f"# {'x' * 301}\n\nOpen it."),
        ("a.txt", "Printer jam\n\nOpen tray 2.\nPull.", "Printer jam", "Open tray 2.  \nPull."),
        ("a.txt", "Open tray 2.\nPull.", "A", "Open tray 2.  \nPull."),
        ("a.html", PAGE, "Printer jam", PAGE_BODY),
        ("a.html", "<title>Jam</title><p>Pull.", "Jam", "Pull."),
        ("a.html", "<title>Jam</title><form><p>Pull.</form>", "Jam", "Pull."),
        ("a.html", "<p>Aside</p><main><h1>Jam</h1>Pull.</main>", "Jam", "Pull."),
        (
            "a.html",
            "<ol><li><p>One<p>Two<li>Three<br>four</ol>",
            "A",
            "1. One\n\n   Two\n2. Three  \n   four",
        ),
        ("a.html", "<dl><dt>Tray<dd>Paper</dl>", "A", "**Tray**\n\nPaper"),
        (
            "a.html",
            "<table><tr><th>a<tr><td><pre>x\ny</pre></table>",
            "A",
            "| a |\n| --- |\n| `x y` |",
        ),
        ("a.html", "<p>a_b _c_ 2*3 &lt;host&gt;", "A", r"a_b \_c\_ 2\*3 <host>"),
    ],
)
def test_the_title_is_told_once_and_the_body_is_markdown(
    name: str, content: str, title: str, body: str
) -> None:
    """Given, else the first heading, else the page's title, else the file's name."""
    found = article(name, content)
    assert (found.title, found.body) == (title, body)


def test_a_page_says_of_itself_what_it_is_about() -> None:
    """By `<meta>`, under the same names as in front matter."""
    found = article("a.html", PAGE)
    assert (found.products, found.audience) == (("Printers",), ("staff", "guests"))


@pytest.mark.parametrize(
    ("said", "audience"),
    [("", None), ("audience: []\n", ()), ("audience:\n", None), ("audience: [it]\n", ("it",))],
)
def test_nothing_said_of_readers_is_not_the_same_as_nobody(
    said: str, audience: tuple[str, ...] | None
) -> None:
    """An empty list keeps the article to editors; silence leaves it to the importer."""
    assert article("a.md", f"---\ntitle: A\n{said}---\nOpen it.").audience == audience


@pytest.mark.parametrize(
    ("said", "text", "language"),
    [
        ("", "VPN 客户端无法连接时请重启", "zh"),
        ("", "安装 Microsoft Outlook 后请重启", "zh"),
        ("", "Press 开始 and then open the settings of the network adapter", "en"),
        ("language: zh-Hans-CN", "Open it", "zh"),
        ("language: 英文", "重启", "en"),
        ("lang: en_US", "重启", "en"),
    ],
)
def test_the_language_is_what_is_said_or_what_is_written(
    said: str, text: str, language: str
) -> None:
    """Told by the share of Han characters when nobody says it."""
    assert article("a.md", f"---\n{said}\n---\n{text}").language == language


@pytest.mark.parametrize(
    "encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32", "gb18030", "gbk", "big5"]
)
def test_chinese_is_read_in_the_encodings_that_people_have(encoding: str) -> None:
    """With a mark, without one, and in the double octets of both sides."""
    text = "印表機卡紙\n\n請打開 Tray 2, 然後重新啟動印表機 (Printer) and call 8000 if it fails."
    if encoding.startswith("gb"):
        text = "打印机卡纸\n\n请打开纸盒，然后重新启动打印机，再试一次。"
    assert article("a.txt", text.encode(encoding)).title == text.partition("\n")[0]


def test_western_letters_are_not_taken_for_chinese_ones() -> None:
    """Read as GBK they would make rare characters."""
    found = article("a.txt", "Café\n\nLe réseau est tombé à midi, déjà vu.".encode("cp1252"))
    assert (found.title, found.language) == ("Café", "en")


def test_a_page_may_declare_its_charset() -> None:
    """As old Chinese pages do."""
    page = '<meta charset="gb2312"><h1>重置</h1>请重启℃'
    assert article("a.html", page.encode("gbk")).title == "重置"


def test_a_word_file_gives_headings_tables_and_properties() -> None:
    """Its own properties are its front matter."""
    cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("E_01", "jam"))
    body = (
        paragraph("Printer jam", "1") + paragraph("Pull.") + f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    )
    more = properties(product="Printers", audience="staff", valid_until="2026-08-31T00:00:00Z")
    found = article("a.docx", docx(body, more=more))
    assert (found.title, found.products, found.audience) == (
        "Printer jam",
        ("Printers",),
        ("staff",),
    )
    assert found.valid_until == date(2026, 8, 31)
    assert found.body.startswith("Pull.\n\n|")
    assert "| E_01 | jam |" in found.body


def test_the_lines_of_a_pdf_become_paragraphs_without_headers() -> None:
    """What stands on every page, but for its number, is no part of the article."""
    long = "Open the client and wait until the light"
    pages = [
        ["IT guide 1", "Reset VPN", long, "turns green.", "1. Call us.", "page 1"],
        ["IT guide 2", "It may take a minute.", "page 2"],
        ["IT guide 3", "Then close it.", "page 3"],
    ]
    found = article("a.pdf", pdf(pages, title="Microsoft Word - draft.docx"))
    assert found.title == "Reset VPN"
    assert found.body == "\n\n".join(
        [f"{long} turns green.", "1. Call us.", "It may take a minute.", "Then close it."]
    )


def test_a_sensible_title_of_a_pdf_is_taken() -> None:
    """And the address that it came from, when it names none."""
    (found,) = documents(
        "a.pdf", pdf([["Hello"]], title="VPN guide"), url="https://x.example/a.pdf"
    )
    assert isinstance(found, ArticleText)
    assert (found.title, found.url) == ("VPN guide", "https://x.example/a.pdf")
