"""A verdict shows its evidence: the sentence, the words that claim, and the fact or event they were held to."""

from __future__ import annotations

import pytest

from pipeline.domain.errors import Misconfigured
from pipeline.guard.claims import Lexicon, Record, Standing
from prompts import ROOT, read_texts

from .builders import ENGLISH, against, at, event, fact, judged


def test_every_sentence_gets_its_own_verdict() -> None:
    text = "CRM has been down since 10:02. Mail is affected too. We will write again."
    found = judged("en", text)
    assert [s.text for s in found] == [
        "CRM has been down since 10:02.",
        "Mail is affected too.",
        "We will write again.",
    ]
    assert [s.standing for s in found] == [
        Standing.SUPPORTED,
        Standing.CONTRADICTED,
        Standing.NO_CLAIM,
    ]
    assert [text[s.start : s.end] for s in found] == [s.text for s in found]


def test_a_claim_names_the_words_and_what_they_rest_on() -> None:
    claims = judged("en", "CRM has been down since 10:02.")[0].claims
    time = next(c for c in claims if c.kind == "time")
    assert time.words == "10:02"
    assert {"F1", "E1"} & set(time.evidence)


def test_what_contradicts_a_claim_is_named_with_its_reason() -> None:
    claims = judged("zh", "约 48 % 的登录失败。")[0].claims
    wrong = next(c for c in claims if c.standing is Standing.CONTRADICTED)
    assert wrong.kind == "number"
    assert wrong.evidence
    assert wrong.reason


def test_a_duration_is_computed_from_its_recorded_ends() -> None:
    over = {
        **ENGLISH,
        "phase": "resolved",
        "state": "resolved",
        "facts": [*ENGLISH["facts"], fact("F10", "CRM", "restored_at", at("11:17"), "E8")],
        "events": [
            *ENGLISH["events"],
            event("E8", "11:20", "restored", "monitor", "Sign-in works again since 11:17."),
        ],
    }
    assert not against(over, "CRM was unavailable for 75 minutes.")[0].is_wrong
    assert not against(over, "CRM was unavailable for an hour and a quarter.")[0].is_wrong
    assert against(over, "CRM was unavailable for 57 minutes.")[0].is_wrong


def test_an_empty_record_supports_nothing_and_breaks_nothing() -> None:
    empty = {**ENGLISH, "facts": [], "events": []}
    assert against(empty, "CRM was restored at 10:40 by a restart.")[0].is_wrong
    assert against(empty, "") == []
    assert against(empty, "…!?") == []


@pytest.mark.parametrize(
    ("text", "supported"),
    [
        ("\ud800 broken", 0),
        ("\u202e10:02", 1),
        ("9" * 400, 0),
        ("一" * 500, 0),
        ("「" * 50, 0),
        ("%" * 90, 0),
    ],
)
def test_odd_texts_are_judged_without_an_error(text: str, supported: int) -> None:
    """What is on record is found behind a mark that nobody sees; nothing else is supported."""
    found = judged("en", text)
    assert [one.standing for one in found].count(Standing.SUPPORTED) == supported


def test_a_record_without_a_zone_or_a_field_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="zone"):
        Record.read({**ENGLISH, "opened_at": "2026-08-24T10:02:00"})
    with pytest.raises(ValueError, match="facts"):
        Record.read({k: v for k, v in ENGLISH.items() if k != "facts"})


def test_a_lexicon_that_says_something_else_is_refused_with_its_place() -> None:
    files = {k: v for k, v in read_texts(ROOT).items() if not k.startswith("lexicon/")}
    with pytest.raises(Misconfigured, match="lexicon"):
        Lexicon.load(files)
    with pytest.raises(
        Misconfigured, match=r"^lexicon/acts\.yaml:3: acts\.restart\.zh: Field required$"
    ):
        Lexicon.load({"lexicon/acts.yaml": "version: 1\nacts:\n  restart: {en: restart}\n"})
