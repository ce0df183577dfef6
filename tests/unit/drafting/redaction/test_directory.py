"""Whom of the directory does a model see? Nobody whose name stands in a text, whoever the ticket is about."""

from __future__ import annotations

import pytest

from pipeline.domain.directory import Address, Names, Person
from pipeline.drafting.redaction import Kind, redact

from .assignments import assignment, lines
from .restoring import restored

DIRECTORY = (
    Person(id="zhou.min", name="Zhou Min", names=Names(zh="周敏", en="Zhou Min")),
    Person(
        id="p-77",
        name="Renée Dubois",
        addresses=(Address(channel="mail", value="rdubois@example.org"),),
    ),
    Person(id="ouyang", name="欧阳明远", names=Names(zh="欧阳明远", en="Ouyang Mingyuan")),
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ask Zhou Min to look at it", "Zhou Min"),
        ("MIN, ZHOU signed in", "MIN, ZHOU"),
        ("这个要问周敏", "周敏"),
        ("歐陽明遠已批准", "歐陽明遠"),
        ("Ouyang Mingyuan is away", "Ouyang Mingyuan"),
        ("user rdubois has no licence", "rdubois"),
        ("zhou.min is locked out", "zhou.min"),
        ("Renée Dubois called, so Dubois waits", "Dubois"),
    ],
)
def test_who_is_named_in_a_line_is_hidden(text: str, name: str) -> None:
    """Though no fact names her, and she says nothing; and she comes back."""
    redacted, mapping = redact(assignment(*lines(text)), known=DIRECTORY)
    shown = redacted.lines[0].text
    assert name not in shown
    assert Kind.PERSON in {hidden.kind for hidden in mapping.values()}
    assert restored(shown, mapping) == text


@pytest.mark.parametrize(
    "text", ["the min value is wrong", "明远大厦停电", "周报敏感词", "Will it work?"]
)
def test_nobody_is_made_of_words(text: str) -> None:
    """Of whom no whole name stands, no part is looked for."""
    redacted, _ = redact(assignment(*lines(text)), known=DIRECTORY)
    assert redacted.lines[0].text == text
