"""Whatever a file holds, reading it ends soon, with articles or with a sentence, and never raises."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from knowledge.article import ArticleText
from knowledge.sources import READERS, documents
from knowledge.sources.from_html import MOST_ELEMENTS
from knowledge.sources.walk import LARGEST

from .files import article, docx, paragraph, pdf, pdf_of, refused, zipped


def matter(text: str) -> str:
    return f"---\n{text}\n---\nOpen it."


def encrypted() -> bytes:
    writer, written = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf([["x"]])))), io.BytesIO()
    writer.encrypt("one", "two", algorithm="RC4-128")
    writer.write(written)
    return written.getvalue()


ENTITIES = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
BAD: dict[str, tuple[str, str | bytes, str]] = {
    "an unknown ending": ("a.xlsx", b"x", "files that end in .xlsx are not read"),
    "a name that is no text": ("\udcff.md", b"x", "UTF-8"),
    "no ending": ("a", b"x", "files that end in nothing"),
    "an empty file": ("a.md", b"", "it is empty"),
    "blanks alone": ("a.md", b" \n\n", "it is empty"),
    "a title alone": ("a.md", b"# A\n", "no text"),
    "too large a file": ("a.md", b"x" * (LARGEST + 1), "larger than 20 MB"),
    "too long a body": ("a.md", "x" * 200_001, "split it"),
    "far too long a body": ("a.md", "x" * 1_000_001, "split it"),
    "NUL octets": ("a.md", b"a\0b\0\0c", "NUL"),
    "octets that are no text": ("a.txt", bytes(range(1, 256)) * 3, "UTF-8"),
    "a mark that lies": ("a.txt", b"\xef\xbb\xbfab\xff", "said to be UTF-8"),
    "a list as front matter": ("a.md", matter("- a\n- b"), "names with values"),
    "a word as front matter": ("a.md", matter("hello"), "names with values"),
    "broken front matter": ("a.md", matter("title: ["), "no YAML, line"),
    "deep front matter": ("a.md", matter("[" * 7000), "no YAML"),
    "long front matter": ("a.md", matter("a: " + "b" * 20_000), "more than"),
    "aliases": ("a.md", matter("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]"), "alias"),
    "a tag that would run": ("a.md", matter("title: !!python/object:os.system {}"), "title"),
    "no such day": ("a.md", matter("valid_from: 2026-02-30"), "valid_from is '2026-02-30'"),
    "no date": ("a.md", matter("valid_until: soon"), "valid_until is 'soon'"),
    "a list as date": ("a.md", matter("valid_until: [1]"), "valid_until"),
    "no period": ("a.md", matter("valid_from: 2026-02-02\nvalid_until: 2026-01-01"), "after"),
    "another language": ("a.md", matter("language: fr"), "language is 'fr'"),
    "a title too long": ("a.md", matter("title: " + "x" * 301), "its title has 301"),
    "a label too long": ("a.md", matter("product: " + "x" * 65), "products"),
    "an address of another kind": ("a.md", matter("url: file:///etc/passwd"), "url"),
    "a page 100,000 deep": ("a.html", "<div>" * 100_000, "elements"),
    "a page just as wide, deep": ("a.html", "<b><i>" * (MOST_ELEMENTS // 4), "within one another"),
    "quotations in quotations": ("a.html", "<blockquote>" * 21 + "x\n" * 9000, "lists"),
    "a page of one tag": ("a.html", "<a " + "b c " * 50_000, "a tag of its HTML"),
    "a tag that hides its length": ("a.html", "<a " + 'b="<>" c ' * 50_000, "a tag of its HTML"),
    "a page far too long": ("a.html", "x" * 1_000_001, "split it"),
    "a page of nothing": ("a.html", "<script>x</script>", "no text"),
    "JSON that is broken": ("a.json", '{"title":', "no JSON"),
    "JSON too deep": ("a.json", "[" * 100_000, "too deep"),
    "JSON of nothing": ("a.json", "[]", "no article"),
    "JSON of a number": ("a.json", "7", "no article"),
    "no Word file": ("a.docx", b"hello", "no Word file"),
    "another archive": ("a.docx", zipped({"a.txt": "x"}), "no Word file"),
    "half a Word file": ("a.docx", docx(paragraph("x"))[:-40], "no Word file"),
    "an old or locked Word file": ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "password"),
    "broken XML": ("a.docx", docx("<w:p>"), "damaged"),
    "entities": ("a.docx", docx(paragraph("&b;"), before=ENTITIES), "entities"),
    "a picture that unfolds": (
        *("a.docx", docx(paragraph("x"), more={"word/media/a.png": b"\0" * 5_000_000})),
        "grows more than",
    ),
    "a text that unfolds": ("a.docx", docx("<w:p/>" * 500_000), "grows more than"),
    "too many parts": (
        *("a.docx", docx(paragraph("x"), more={f"word/{n}.bin": b"" for n in range(2001)})),
        "parts",
    ),
    "a Word file too deep": ("a.docx", docx("<w:p>" * 500 + "</w:p>" * 500), "too deep"),
    "too many elements": (
        *("a.docx", docx("".join(f"<w:p n='{n * 7919}'/>" for n in range(60_001)))),
        "too many elements",
    ),
    "no PDF": ("a.pdf", b"%PDF-1.4\nhello", "no PDF"),
    "half a PDF": ("a.pdf", pdf([["x"]])[:200], "no PDF"),
    "a scanned PDF": ("a.pdf", pdf([[], []]), "scanned"),
    "an encrypted PDF": ("a.pdf", encrypted(), "encrypted"),
    "a PDF of too many pages": ("a.pdf", pdf([["x"]] * 401), "401 pages"),
    "a PDF that unfolds": ("a.pdf", pdf_of([b" " * 12_000_000]), "unpacks"),
    "a PDF of one long word": ("a.pdf", pdf_of([b"BT (" + b"a" * 500_000 + b") Tj ET"]), "longer"),
    "a PDF of drawings": ("a.pdf", pdf_of([b"q Q " * 60_000] * 4), "draw"),
    "a PDF of brackets": ("a.pdf", pdf_of([b"[" * 10_000]), "damaged"),
}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_told_with_its_place_and_reason(case: str) -> None:
    """One sentence for each, and soon."""
    name, content, said = BAD[case]
    found = refused(name, content)
    assert found.place == name.replace("\udcff", "\ufffd")
    assert said in found.reason


RUNS = {
    ".md": [
        *("<!--" * 45_000, "![" * 90_000, "![a](" * 36_000, "# " * 90_000, "#" * 190_000),
        *(
            "# a" + " #" * 90_000,
            "`" * 190_000,
            "[" * 190_000,
            "a\n-\n" * 40_000,
            "<script" * 25_000,
        ),
    ],
    ".html": [
        *("<a " * 15_000 + '=\'""' * 100_000, "<a ='" * 150_000, '="' * 400_000, "<!-" * 300_000),
        *(
            "<meta " * 15_000,
            "<title" * 15_000,
            "&amp" * 100_000,
            "<p>x</p>" * 9_000,
            "<a><p>" * 9_000,
        ),
        *("<b>" * 9_000 + "</p>" * 9_000, "<table>" * 9_000, "<td>" * 19_000, "<li>a" * 19_000),
    ],
    ".txt": ["a\n" * 95_000, " \n" * 95_000 + "a", "a " * 95_000],
    ".csv": [
        "title,body\n" + '"' * 400_001,
        "title,body\n" + "a," * 100_000,
        "title" + "," * 200_000,
    ],
    ".json": ['{"a":' * 50_000, "[{}," * 50_000, "9" * 100_000],
}


@pytest.mark.parametrize(
    ("ending", "content"), [(ending, each) for ending, runs in RUNS.items() for each in runs]
)
@pytest.mark.timeout(10)
def test_no_run_of_marks_takes_long(ending: str, content: str) -> None:
    """Each character is passed a bounded number of times."""
    assert list(documents(f"a{ending}", content.encode()))


@settings(max_examples=150, deadline=None)
@given(name=st.sampled_from(sorted(READERS)), content=st.binary(max_size=400))
def test_no_octets_raise(name: str, content: bytes) -> None:
    """Any file ends in articles or sentences."""
    assert all(found for found in documents(f"a{name}", content))


PIECES = [
    *(
        "<p>",
        "</p>",
        '<ol start="3">',
        '<ol start="x">',
        "</ol>",
        "<ul>",
        "<li>",
        "</li>",
        "<table>",
    ),
    *("<tr>", "<td>", "<th colspan=3>", "</table>", "<caption>", '<a href="http://x/y">', "</a>"),
    *(
        '<a href="http://[">',
        '<img alt="z">',
        "<pre>",
        "</pre>",
        "<code>",
        "<b>",
        "<br>",
        "<h1>",
        "<hr>",
    ),
    *(
        "<main>",
        '<div id="main-content" class="wiki-content">',
        '<h1 id="title-heading">',
        "<dl>",
        "<dd>",
    ),
    *(
        '<ol id="breadcrumbs">',
        "<blockquote>",
        "<form>",
        "<svg>",
        "<title>t</title>",
        "<!--",
        "-->",
    ),
    *('<meta name="title" content="T">', "---\n", "title: A\n", "- x\n", "===\n", "```\n", "# H\n"),
    *("![x](y)", "| a |\n", "&nbsp;", "&#0;", "text", "\u4e2d", "\n", "  ", "*", "_"),
]


@settings(max_examples=200, deadline=None)
@given(
    name=st.sampled_from(["a.md", "a.html", "a.txt"]),
    content=st.lists(st.sampled_from(PIECES), max_size=20).map("".join),
)
def test_every_reader_knows_what_it_reads(name: str, content: str) -> None:
    """No mixture of markup meets a reader unprepared."""
    for found in documents(name, content.encode()):
        assert isinstance(found, ArticleText) or "its reader failed" not in found.reason


@settings(max_examples=60, deadline=None)
@given(
    whole=st.sampled_from([docx(paragraph("Open it")), pdf([["Open it"]])]),
    cuts=st.lists(st.tuples(st.integers(0, 3000), st.binary(min_size=1, max_size=9)), max_size=4),
)
def test_no_damage_raises(whole: bytes, cuts: list[tuple[int, bytes]]) -> None:
    """Wherever a packed file was damaged."""
    damaged = bytearray(whole)
    for place, octets in cuts:
        start = place % len(damaged)
        damaged[start : start + len(octets)] = octets
    name = "a.docx" if whole.startswith(b"PK") else "a.pdf"
    assert list(documents(name, bytes(damaged)))


def test_what_a_file_names_as_its_text_is_read_only_if_it_was_checked() -> None:
    """A Word file may point to any of its parts, also to one that nobody looked at."""
    start = "http://schemas.openxmlformats.org"
    relations = (
        f'<Relationships xmlns="{start}/package/2006/relationships"><Relationship Id="r1" '
        f'Target="word/evil.bin" Type="{start}/officeDocument/2006/relationships/officeDocument"/>'
        "</Relationships>"
    )
    evil = (
        f'{ENTITIES}<w:document xmlns:w="{start}/wordprocessingml/2006/main">'
        f"<w:body>{paragraph('&b;')}</w:body></w:document>"
    )
    parts = {"_rels/.rels": relations, "word/evil.bin": evil}
    assert article("a.docx", docx(paragraph("Open it."), more=parts)).body == "Open it."
