"""The token by which a desk files replies is the ticket's own, whatever a title brings."""

from __future__ import annotations

import pytest

from pipeline.domain.facts import Fact, ValueKind
from pipeline.drafting.thread_tokens import token_for, without_tokens
from tests.unit.tickets import START

TEMPLATE = "[Request ID :##{number}##]"


def title(text: str, attribute: str = "title") -> Fact:
    kind = ValueKind.QUOTE
    return Fact(
        id="f", what="inc_1", attribute=attribute, kind=kind, value=text, at=START, event="evt_1"
    )


def test_a_ticket_has_its_token_where_the_desk_wants_one() -> None:
    assert token_for(TEMPLATE, "101") == "[Request ID :##101##]"
    assert token_for("", "101") == ""


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Re: [Request ID :##100##] help", "Re: help"),
        ("[Request ID :##1##][Request ID :##2##] twice", "twice"),
        ("[Request ID :##1##]", "[Request ID :##1##]"),
        ("nothing of the kind", "nothing of the kind"),
    ],
)
def test_a_title_brings_no_other_tickets_token(said: str, left: str) -> None:
    """A title that is nothing else stays: an empty one would tell nobody what it is about."""
    [fact] = without_tokens((title(said),), TEMPLATE)
    assert fact.value == left


def test_only_the_title_stands_in_the_subject_and_is_touched() -> None:
    said = title("[Request ID :##1##] a", "description")
    assert without_tokens((said,), TEMPLATE) == (said,)
    assert without_tokens((title("[Request ID :##1##] a"),), "")[0].value == "[Request ID :##1##] a"
