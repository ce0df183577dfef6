"""Our texts lead only where a slot leads; nothing leads to a script."""

from __future__ import annotations

import pytest

from pipeline.domain.communication import Form
from pipeline.domain.findings import FindingLevel
from tests.unit.guard.builders import found, rules, saying

W, H, B = FindingLevel.WARN, FindingLevel.HOLD, FindingLevel.BLOCK


@pytest.mark.parametrize(
    ("words", "rule", "ours", "person", "quotation"),
    [
        ("http://evil.example/x", ("link-not-a-slot", "foreign-link"), B, W, W),
        ("see www.evil.example", ("link-not-a-slot", "foreign-link"), B, W, W),
        ("javascript:alert(1)", ("script-link", "script-link"), B, H, W),
        ("data:text/html,x", ("script-link", "script-link"), B, H, W),
    ],
)
def test_a_link_weighs_by_whose_words_it_is_in(
    words: str,
    rule: tuple[str, str],
    ours: FindingLevel,
    person: FindingLevel,
    quotation: FindingLevel,
) -> None:
    """Ours stop the text; a person's are shown; a reporter can stop nothing with one."""
    mine = found(f"{{number}} {words}")
    assert {(f.rule, f.level) for f in mine} == {(rule[0], ours)}
    said = found("{number}\n> {fix_summary}", facts=saying("fix_summary", words))
    assert {(f.rule, f.level) for f in said} == {(rule[1], person)}
    quoted = found("{number}\n> {title}", facts=saying("title", words))
    assert {(f.rule, f.level) for f in quoted} == {(rule[1], quotation)}


@pytest.mark.parametrize(
    "words",
    ["[Follow]({ticket_url})", "Follow it here: {ticket_url}", "the JavaScript file", "https"],
)
def test_marks_and_near_words_pass(words: str) -> None:
    """A reader's own link is put in for a mark."""
    assert rules(f"{{number}} {words}") == set()


@pytest.mark.parametrize(
    ("html", "broken"),
    [
        ('<p>{number} <a href="{ticket_url}">Follow</a></p>', False),
        ('<p>{number} <img src="cid:logo"> <a href="{ticket_url}">x</a></p>', False),
        ('<p>{number} <a href="https://evil.example">x</a>{ticket_url}</p>', True),
        ("<p>{number} <a href=javascript:alert(1)>x</a>{ticket_url}</p>", True),
        ('<p>{number} <img src="http://spy.example/1.gif">{ticket_url}</p>', True),
    ],
)
def test_html_links_to_marks_alone(html: str, broken: bool) -> None:
    """And it loads nothing from elsewhere, which would tell that it was read."""
    given = rules("{number}\nFollow: {ticket_url}", form=Form.MAIL, html=html)
    assert ("link-not-a-slot" in given) == broken


@pytest.mark.parametrize(
    "words", ["ｊａｖａｓｃｒｉｐｔ：alert(1)", "java\u200bscript:alert(1)", "javаscript:alert(1)"]
)
def test_a_script_is_found_however_it_is_spelled(words: str) -> None:
    """Wide, with marks that nobody sees, or with letters of another script."""
    given = rules("{number}\n> {fix_summary}", facts=saying("fix_summary", words))
    assert "script-link" in given
