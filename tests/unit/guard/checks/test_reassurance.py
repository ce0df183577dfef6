"""N12: of a security incident nobody is told that all is well, unless it was checked and recorded."""

from __future__ import annotations

import pytest

from pipeline.domain.directory import Language
from pipeline.domain.facts import Fact, ValueKind
from pipeline.domain.findings import FindingLevel

from ..builders import KNOWN, fact, found

SAID = fact("statement", ValueKind.TEXT, "No customer data was leaked.")
SECURITY = fact("incident_type", ValueKind.STATE, "type.security")
MAIL = fact("incident_type", ValueKind.STATE, "type.mail")
INTACT = fact("data", ValueKind.STATE, "data.intact")
CHECKING = fact("data", ValueKind.STATE, "data.checking")


@pytest.mark.parametrize(
    ("recorded", "stops"),
    [((SECURITY,), True), ((SECURITY, CHECKING), True), ((SECURITY, INTACT), False), ((MAIL,), False), ((), False)],
)  # fmt: skip
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Your accounts are safe."),
        ("zh", "请放心，您的账号是安全的。"),
        ("en", "{statement}"),
    ],
)
def test_a_reassurance_needs_its_fact(
    language: Language, words: str, recorded: tuple[Fact, ...], stops: bool
) -> None:
    facts = {**KNOWN, "statement": SAID, **{one.attribute: one for one in recorded}}
    rules = {f.rule: f.level for f in found(words, language=language, facts=facts)}
    assert (rules.get("reassurance") is FindingLevel.HOLD) == stops
