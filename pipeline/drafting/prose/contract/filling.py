"""What does a reader read? The words of a text with the values that code writes; every writer's text comes here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ....domain.directory import Language
from ....domain.facts import ValueKind
from ....domain.prose import Prose, Ref, Sentence
from ..assignment import Assignment
from .spacing import ended, spread, words_spaced
from .values import States, Values, Written

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


@dataclass(frozen=True, kw_only=True)
class Laid:
    """A part of a sentence as it is read, with the blank before it; `ref` where it is a value."""

    blank: str
    text: str
    ref: Ref | None


def laid_out(
    sentence: Sentence, written: Callable[[Ref], Written], language: Language
) -> list[Laid]:
    """The parts of a sentence, which put together are the sentence, with its full stop."""
    parts: list[str] = []
    for piece in sentence.pieces:
        if isinstance(piece, str):
            parts.append(words_spaced(piece, language))
            continue
        value = written(piece)
        begins = language == "en" and not "".join(parts).strip()
        parts.append(_capital(value.text) if begins and value.kind in _WORDY else value.text)
    refs = [None if isinstance(piece, str) else piece for piece in sentence.pieces]
    spaced = zip(spread(parts, language), refs, strict=True)
    found = [Laid(blank=b, text=text, ref=ref) for (b, text), ref in spaced if text]
    return _ended(found, language)


def _ended(parts: list[Laid], language: Language) -> list[Laid]:
    whole = "".join(part.blank + part.text for part in parts)
    end = ended(whole, language)
    if len(end) > len(whole):
        return [*parts, Laid(blank="", text=end[len(whole) :], ref=None)]
    if parts and (more := len(whole) - len(end)):
        parts = [*parts[:-1], replace(parts[-1], text=parts[-1].text[:-more])]
    return parts


def _sentence(sentence: Sentence, values: Values, prose: Prose) -> str:
    parts = laid_out(sentence, values.written, prose.language)
    return "".join(part.blank + part.text for part in parts)


def _capital(text: str) -> str:
    """A name of one word keeps its letters: nobody is called `Jira` who is called `jira`."""
    return text[:1].upper() + text[1:] if " " in text and text.split(" ")[0].islower() else text
