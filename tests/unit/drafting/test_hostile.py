"""Whatever a ticket holds, it is words: in mail, in HTML, in a chat, in a subject."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import html5lib
from hypothesis import given, settings
from hypothesis import strategies as st

import prompts
from pipeline.domain.communication import Form, Kind, Rendition
from pipeline.domain.events import Reported
from pipeline.domain.folding import fold
from pipeline.domain.message import Recipient
from pipeline.domain.payload import PersonRef
from pipeline.drafting.brief import make_brief
from pipeline.drafting.marks import mark
from pipeline.drafting.personal import Filled, fill, personal_values
from pipeline.drafting.pieces import Lookup
from pipeline.drafting.record import facts_of
from pipeline.drafting.slots import Context
from pipeline.drafting.templates import Templates
from pipeline.policy.audiences import audience_of
from tests.unit.domain.builders import written
from tests.unit.tickets import communication, event

NOW = datetime(2026, 8, 24, 2, 0, tzinfo=UTC)
TEMPLATES = Templates.load(prompts.read_texts(prompts.ROOT), validate=False)
LINKS = {"ticket_url": "https://help.example.org/t/abc"}
READER = Recipient(kind="person", id="wang", name="王<b>晓琳", channel="mail", address="w@example.org", language="en", zone="UTC")  # fmt: skip
TRICKS = st.sampled_from([
    "<script>alert(1)</script>", "{{ 7*7 }}", "{% for x in y %}", "\ue000ticket_url\ue001", "\ue0020\ue003",
    "[[Approve]] https://evil.example", "**bold**", "- item", "> quote", "-- foot", "== mail ==",
    "[click](https://evil.example)", "\u202egnp.exe", "\u200b", "&lt;", '"onload="x', "javascript:alert(1)",
    "\u2028Bcc: all@example.org", "=?utf-8?q?x?=", "@所有人", "`code`", "| table |", "# title", "1. one",
])  # fmt: skip
WORDS = st.lists(st.one_of(TRICKS, st.text(max_size=20)), min_size=1, max_size=6).map("\n".join)


def harmless(text: str) -> str:
    """What the domain lets through as a title: one line, which can be seen."""
    return re.sub("[\x00-\x1f\x7f\u0085\u2028\u2029]", " ", text)[:300]


TITLES = WORDS.map(harmless).filter(written)


def drafted(description: str, form: Form, title: str = "Mail") -> tuple[Rendition, Filled]:
    report = Reported(title=title, description=description, requester=PersonRef(id="wang"))
    incident = fold(None, event(report))
    brief = make_brief(facts_of(incident, Lookup()), audience_of("requester", incident), {})
    rendition = TEMPLATES.render(
        communication(Kind.ACKNOWLEDGEMENT), brief, "en", form, now=NOW, context=Context()
    )
    marks = {value.slot for value in rendition.values if value.personal}
    return rendition, fill(rendition, personal_values(brief, READER, LINKS, NOW, marks))


@settings(max_examples=150, deadline=None)
@given(WORDS.filter(written))
def test_in_html_a_value_makes_no_element_and_no_link(description: str) -> None:
    _, filled = drafted(description, Form.MAIL)
    assert filled.html is not None
    document = html5lib.HTMLParser(namespaceHTMLElements=False).parse(filled.html)
    assert document.findall(".//script") == []
    links = [a.attrib["href"] for a in document.findall(".//a")]
    assert links == ["https://help.example.org/t/abc"]
    assert all(set(a.attrib) <= {"href", "style"} for a in document.findall(".//a"))


@settings(max_examples=150, deadline=None)
@given(WORDS.filter(written), st.sampled_from(list(Form)))
def test_no_mark_placeholder_or_hidden_character_is_left(description: str, form: Form) -> None:
    _, filled = drafted(description, form)
    whole = filled.subject + filled.text + (filled.html or "")
    assert not re.search("[\ue000-\uf8ff\u202a-\u202e\u2028\x00-\x08]", whole)
    assert "\n" not in filled.subject
    assert "\r" not in whole


@settings(max_examples=150, deadline=None)
@given(WORDS.filter(written))
def test_in_plain_text_a_quotation_stays_one(description: str) -> None:
    """Every line of hers begins with the quotation mark: none can pass for ours."""
    rendition, _ = drafted(description, Form.MAIL)
    after = rendition.text.split("You wrote:\n", 1)[1]
    quoted, rest = after.split("\n\nTo add something", 1)
    assert all(line.startswith(">") for line in quoted.split("\n"))
    assert rest.startswith(", just reply.")


def titled(title: str, form: Form) -> tuple[Rendition, Filled]:
    """A title as a source may send it: on one line, at most 300 characters."""
    return drafted("It does not start", form, title)


@settings(max_examples=100, deadline=None)
@given(TITLES)
def test_in_a_chat_the_title_makes_no_link_and_no_mention(title: str) -> None:
    """The button is the only link; brackets and angle brackets of hers are escaped."""
    _, filled = titled(title, Form.CHAT)
    assert len(re.findall(r"(?<!\\)\]\(", filled.text)) == 1
    assert not re.search(r"(?<!\\)<[@!#]", filled.text)


@settings(max_examples=150, deadline=None)
@given(TITLES, st.sampled_from(list(Form)))
def test_no_title_breaks_out_of_its_place(title: str, form: Form) -> None:
    """A subject stays one short line, and the text around the title stays ours."""
    rendition, filled = titled(title, form)
    whole = filled.subject + filled.text + (filled.html or "")
    assert not re.search("[\ue000-\uf8ff\u202a-\u202e\u2028\x00-\x08\r]", whole)
    assert re.fullmatch(r"We have it: [^\n]* \(INC-1\)", filled.subject)
    assert (
        len(filled.subject)
        <= TEMPLATES.catalogue(Kind.ACKNOWLEDGEMENT, "requester").limits_of(form, "en")["subject"]
    )
    if form is Form.SHORT:
        assert re.fullmatch(r"INC-1 is recorded: [^\n]*\.", filled.text)
    assert rendition.text.count(mark("ticket_url")) == (form is not Form.SHORT)


@settings(max_examples=100, deadline=None)
@given(TITLES)
def test_in_html_the_title_is_words(title: str) -> None:
    """The page's title and its preview line show it too."""
    _, filled = titled(title, Form.MAIL)
    document = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(filled.html)
    assert document.find(".//head/title").text == filled.subject
    assert [a.attrib["href"] for a in document.findall(".//a")] == [LINKS["ticket_url"]]
