"""A mail's HTML says what its plain text says."""

from __future__ import annotations

import pytest

from pipeline.domain.communication import Form
from tests.unit.guard.builders import found, rules, saying

TEXT = "{number} is with {assignee}.\n\n> {title}\n\nFollow it here: {ticket_url}\n\n{time_note}\n"
SAME = '<style>p {{ color: red }}</style><p><b>{number}</b> is with {assignee}.</p><q>{title}</q><a href="{ticket_url}">Follow it here</a>{time_note}'


@pytest.mark.parametrize(
    ("rule", "html"),
    [
        ("words-differ", SAME.replace("is with", "was taken from")),
        ("words-differ", SAME.replace("<q>{title}</q>", "")),
        ("marks-differ", SAME.replace("{time_note}", "")),
        ("marks-differ", SAME + "{reopen_url}"),
    ],
)
def test_a_difference_is_found(rule: str, html: str) -> None:
    """Left out, changed, or more than the text has."""
    assert rule in rules(TEXT, form=Form.MAIL, html=html)


def test_the_same_words_in_other_clothes_pass() -> None:
    """Tags, escapes and line breaks are no words."""
    facts = saying("title", 'It says "A & B" <twice>')
    html = SAME.replace("{title}", "It says &quot;A &amp; B&quot;<br>&lt;twice&gt;")
    assert found(TEXT, form=Form.MAIL, html=html, facts=facts) == ()
    assert found(TEXT, form=Form.MAIL, html=SAME) == ()
