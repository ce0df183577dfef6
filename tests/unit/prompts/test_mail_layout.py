"""The HTML of a mail survives mail clients, and loads nothing from anywhere."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

import html5lib
import pytest

from pipeline.domain.communication import Kind
from pipeline.domain.directory import LANGUAGES, Language

from .texts import TEMPLATES, brief_of, written

ALL = [
    (kind, audience, language) for kind, audience in TEMPLATES.population for language in LANGUAGES
]
LINK = re.compile(
    "\ue000(ticket|reopen|console|status|subscription|outage|approval|release|survey|chain"
    "|article_[1-5]|score_[1-5])_url\ue001"
)


def page(kind: Kind, audience: str, language: Language) -> Element:
    """Strictly parsed: an error of the markup fails the test."""
    html = written(kind, audience, brief_of(kind, audience), language).html
    assert html is not None
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    root = parser.parse(html)
    assert isinstance(root, Element)
    return root


@pytest.mark.parametrize(("kind", "audience", "language"), ALL)
def test_it_is_valid_and_says_its_language(kind: Kind, audience: str, language: Language) -> None:
    """A screen reader needs the language; the parser refuses what is not well made."""
    assert page(kind, audience, language).attrib["lang"] == ("zh-CN" if language == "zh" else "en")


@pytest.mark.parametrize(("kind", "audience", "language"), ALL)
def test_it_loads_nothing_and_links_only_to_us(
    kind: Kind, audience: str, language: Language
) -> None:
    """No image, no script, no remote style; each link is a mark that the reader's own link fills. Whom a problem's
    cases struck is told that nothing is to be done, and finds nothing to open."""
    root = page(kind, audience, language)
    used = {element.tag for element in root.iter()}
    assert not used & {"img", "script", "link", "iframe", "object", "embed", "form", "svg", "video"}
    assert "url(" not in "".join(root.itertext())
    links = [a.attrib["href"] for a in root.iter("a")]
    assert links or (kind, audience) == (Kind.PROBLEM_NOTICE, "affected")
    assert all(LINK.fullmatch(link) for link in links)


@pytest.mark.parametrize(("kind", "audience", "language"), ALL)
def test_it_is_laid_out_by_tables_with_styles_in_place(
    kind: Kind, audience: str, language: Language
) -> None:
    """Outlook knows no flexbox, and several clients drop a style sheet."""
    root = page(kind, audience, language)
    tables = list(root.iter("table"))
    assert all(table.attrib["role"] == "presentation" for table in tables)
    assert any("max-width:600px" in table.attrib.get("style", "") for table in tables)
    assert all("style" in p.attrib for p in root.iter("p"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_preview_line_holds_the_news(language: Language) -> None:
    """What a phone shows beside the subject is the message, not the layout."""
    root = page(Kind.RESOLUTION, "requester", language)
    hidden = next(div for div in root.iter("div") if "display:none" in div.attrib["style"])
    words = "".join(hidden.itertext())
    assert ("已处理好" if language == "zh" else "is fixed") in words
    assert "INC-9527" in words


@pytest.mark.parametrize(("kind", "audience", "language"), ALL)
def test_both_parts_of_a_mail_carry_the_same_values(
    kind: Kind, audience: str, language: Language
) -> None:
    """Whichever part a client shows, the reader is told the same."""
    rendition = written(kind, audience, brief_of(kind, audience), language)
    words = " ".join("".join(page(kind, audience, language).itertext()).split())
    for value in rendition.values:
        if not value.personal and value.text not in rendition.subject:
            assert value.text in rendition.text
            assert value.text in words
