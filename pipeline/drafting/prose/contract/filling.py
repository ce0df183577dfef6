"""What does a reader read? The words of a text with the values that code writes; every writer's text comes here."""

from __future__ import annotations

from ....domain.facts import ValueKind
from ....domain.prose import Prose, Ref, Sentence
from ..assignment import Assignment
from .spacing import ended, joined, words_spaced
from .values import States, Values

_WORDY = frozenset({ValueKind.STATE, ValueKind.TEXT, ValueKind.NAME})
"""Values that may begin a sentence with a small letter of ours."""


def filled(prose: Prose, assignment: Assignment, states: States) -> list[str]:
    """One text for each sentence, in order and in the prose's language, as plain text: whoever puts it into
    mail or chat escapes it whole. `states` are the words of `prompts/states.yaml` by language.

    Raises MissingVariable when a place names what the assignment does not hold.
    """
    values = Values(assignment, prose.language, states)
    return [_sentence(sentence, values, prose) for sentence in prose.sentences]


def values_in(prose: Prose, assignment: Assignment, states: States) -> list[dict[str, str]]:
    """For each sentence the words that code writes into it, by the id of what they are of.

    Raises MissingVariable as `filled` does.
    """
    values = Values(assignment, prose.language, states)
    return [
        {
            piece.fact: values.written(piece).text
            for piece in sentence.pieces
            if isinstance(piece, Ref)
        }
        for sentence in prose.sentences
    ]


def _sentence(sentence: Sentence, values: Values, prose: Prose) -> str:
    parts: list[str] = []
    for piece in sentence.pieces:
        if isinstance(piece, str):
            parts.append(words_spaced(piece, prose.language))
            continue
        written = values.written(piece)
        begins = not "".join(parts).strip()
        if begins and prose.language == "en" and written.kind in _WORDY:
            parts.append(_capital(written.text))
        else:
            parts.append(written.text)
    return ended(joined(parts, prose.language), prose.language)


def _capital(text: str) -> str:
    """A name of one word keeps its letters: nobody is called `Jira` who is called `jira`."""
    return text[:1].upper() + text[1:] if " " in text and text.split(" ")[0].islower() else text
