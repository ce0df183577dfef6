"""Where requesters have no page of their ticket, each text reads as if there had never been one."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from pipeline.domain.communication import Form, Kind
from pipeline.domain.directory import LANGUAGES
from pipeline.domain.lattices import STATE_KEYS
from pipeline.drafting.proof import NOW, sample_communication, sample_context
from pipeline.drafting.slot_names import TICKET_LINKS
from pipeline.drafting.slots import Context
from pipeline.flow.checked import Drafting, drafted
from tests.unit.prompts.texts import PHRASES, TEMPLATES, brief_of

LEADING = [
    (kind, audience)
    for kind, audience in TEMPLATES.population
    if TICKET_LINKS & TEMPLATES.catalogue(kind, audience).slots
]
GAP = re.compile(r"\n\n\n|[ \t]\n|\n\n$|  ")
OF_THE_PAGE = re.compile(
    "Not fixed|See the ticket|see the ticket|Follow|还没好”|查看工单|看进展|查看进展"
)


def of(context: Context, kind: Kind, audience: str, state: str) -> Drafting:
    return Drafting(
        templates=TEMPLATES,
        phrases=PHRASES,
        communication=sample_communication(kind, audience),
        brief=brief_of(kind, audience, state=state),
        hidden=(),
        context=context,
        now=NOW,
    )


@pytest.mark.parametrize(("kind", "audience"), LEADING)
def test_no_text_leads_to_it_and_none_is_held_for_that(kind: Kind, audience: str) -> None:
    """Every form, state and language, with a desk that is named and without."""
    for context in (sample_context(), Context()):
        without = replace(context, without=TICKET_LINKS)
        for state in STATE_KEYS:
            for draft in drafted(of(without, kind, audience, state), Form):
                assert draft.verdict.findings == (), state
                for text in draft.renditions:
                    assert not TICKET_LINKS & {value.slot for value in text.values}
                    assert not OF_THE_PAGE.search(text.text), text.text
                    assert not GAP.search(text.text.removesuffix("\n")), text.text


@pytest.mark.parametrize(("kind", "audience"), LEADING)
def test_where_it_is_there_every_mail_leads_to_it(kind: Kind, audience: str) -> None:
    """In both languages."""
    [zh, en] = drafted(of(sample_context(), kind, audience, "in_progress"), [Form.MAIL])
    assert {draft.language for draft in (zh, en)} == set(LANGUAGES)
    for draft in (zh, en):
        assert "ticket_url" in {v.slot for text in draft.renditions for v in text.values}
