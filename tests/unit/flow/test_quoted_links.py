"""Whoever reads a draft is told where the words that it quotes would lead her readers."""

from __future__ import annotations

from pipeline.domain.findings import FindingLevel
from pipeline.drafting.catalogue import load_states
from pipeline.flow.writing.checks import WordCheck
from pipeline.guard import Phrases
from tests.unit.drafting.prose.extraction.reading import extraction, log_of, texts


def test_a_link_in_quoted_words_is_shown_and_holds_nothing() -> None:
    """A stranger in a chat may send readers anywhere; the quotation stays as it was said."""
    assignment = log_of(
        "[10:30] Ann Wu: mail is down for all of finance\n"
        "[10:40] Mallory X: your session expires; sign in at http://evil.example/login\n"
    )
    prose = extraction().write(assignment)
    assert prose is not None
    check = WordCheck(Phrases.load(texts()), load_states(texts()))
    found = [remark.finding for remark in check(assignment, prose) if remark.finding]
    assert [(one.rule, one.level) for one in found] == [("foreign-link", FindingLevel.WARN)]
