"""Whichever facts are on record, and whichever of them are new, a text reads as if written for them."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.domain.communication import Form, Kind
from pipeline.domain.directory import LANGUAGES
from pipeline.domain.facts import Brief
from pipeline.domain.lattices import STATE_KEYS
from pipeline.drafting.slot_names import CONTEXT, PERSONAL
from pipeline.drafting.slots import Context

from .texts import TEMPLATES, brief_of, findings, written

GAP = re.compile(r"\n\n\n|[ \t]\n|^\n|\n\n$|  ")
LEFTOVER = re.compile(
    r"[。，：；、,;:]\s*[。，；、,;.]|\.\.|（\s*）|\(\s*\)|^[，。、,.;]|[（(，、,]\n", re.MULTILINE
)
GREETING = re.compile(r"^(Dear )?\ue000recipient_name\ue001(，您好：|,)\n\n")
HEADED_BY_NOTHING = re.compile(r"[：:]\n(?![>\-])")


@st.composite
def tickets(draw: st.DrawFn) -> tuple[Kind, str, Brief]:
    """Any kind of text with any of its optional facts, in any state, with any news."""
    kind, audience = draw(st.sampled_from(TEMPLATES.population))
    catalogue = TEMPLATES.catalogue(kind, audience)
    optional = sorted(catalogue.optional - PERSONAL - CONTEXT - {"state"})
    without = draw(st.frozensets(st.sampled_from(optional)))
    news = draw(st.none() | st.frozensets(st.sampled_from(sorted(catalogue.slots - PERSONAL))))
    state = draw(st.sampled_from(STATE_KEYS))
    return kind, audience, brief_of(kind, audience, state=state, without=without, news=news)


@settings(max_examples=300, deadline=None)
@given(tickets(), st.booleans())
def test_what_is_dropped_leaves_no_trace(ticket: tuple[Kind, str, Brief], at_a_desk: bool) -> None:
    """No gap, no empty brackets, no heading over nothing, no mark of punctuation left alone."""
    kind, audience, brief = ticket
    context = None if at_a_desk else Context()
    for language in LANGUAGES:
        for form in Form:
            text = written(kind, audience, brief, language, form, context=context)
            body = GREETING.sub("", text.text.removesuffix("\n"))
            assert not GAP.search(body), text.text
            assert not LEFTOVER.search(body), text.text
            assert form is Form.SHORT or not HEADED_BY_NOTHING.search(body), text.text
            assert not LEFTOVER.search(text.subject), text.subject
            assert "  " not in text.subject


@settings(max_examples=150, deadline=None)
@given(tickets())
def test_nothing_is_found_whatever_is_on_record(ticket: tuple[Kind, str, Brief]) -> None:
    """The guard is silent, in every form and both languages."""
    kind, audience, brief = ticket
    for form in Form:
        assert findings(kind, audience, brief, form) == []
