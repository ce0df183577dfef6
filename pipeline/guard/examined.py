"""What does a check look at? A rendition, with our own words apart from those that others said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ..domain.communication import Kind, Rendition
from ..domain.facts import Brief, Fact, ValueKind
from ..domain.findings import Finding, FindingLevel, Words

MASK = "\ue004"
"""Stands in our own words where a value stood."""
_MARK = re.compile("\ue000[a-z_]+\ue001")
_SAID = {ValueKind.TEXT: Words.PERSON, ValueKind.QUOTE: Words.QUOTATION}
_EXCERPT = 80


@dataclass(frozen=True)
class Examined:
    """One rendition with what it must be judged by.

    `sibling` is the same form in the other language. `hidden` are facts of the record that this
    audience may not know. `required` are slots that the text must show. `limits` are the greatest
    lengths, in characters, of `subject` and `text`.
    """

    rendition: Rendition
    sibling: Rendition | None
    kind: Kind
    brief: Brief
    hidden: tuple[Fact, ...]
    required: frozenset[str]
    limits: Mapping[str, int]

    @cached_property
    def whole(self) -> str:
        """Subject and text as they leave, marks included."""
        return f"{self.rendition.subject}\n{self.rendition.text}"

    @cached_property
    def ours(self) -> str:
        """The words of our templates: every value is masked."""
        return own_words(self.rendition)

    @cached_property
    def said(self) -> tuple[tuple[Words, str], ...]:
        """What people said, as the text shows it, each with whose words they are."""
        kinds = {fact.id: fact.kind for fact in self.brief.facts}
        return tuple(
            (_SAID[kinds[v.fact]], v.text)
            for v in self.rendition.values
            if v.fact in kinds and kinds[v.fact] in _SAID
        )

    @cached_property
    def slots(self) -> frozenset[str]:
        return frozenset(v.slot for v in self.rendition.values)

    def finding(
        self, check: str, rule: str, level: FindingLevel, *, excerpt: str = "", detail: str = ""
    ) -> Finding:
        return Finding(
            check=check,
            rule=rule,
            level=level,
            form=self.rendition.form.value,
            language=self.rendition.language,
            excerpt=excerpt.replace(MASK, "…")[:_EXCERPT],
            detail=detail,
        )


def own_words(rendition: Rendition) -> str:
    """Subject and text with a mask for each value: the longest first, for one may lie in another."""
    text = _MARK.sub(MASK, f"{rendition.subject}\n{rendition.text}")
    pieces = {
        piece for value in rendition.values if not value.personal for piece in _as_shown(value.text)
    }
    for piece in sorted(pieces, key=len, reverse=True):
        text = text.replace(piece, MASK)
    return text


def _as_shown(value: str) -> set[str]:
    """A value stands on one line, or line by line in a quotation."""
    lines = {line.strip() for line in value.split("\n")} | {" ".join(value.split())}
    return {line for line in lines if line}
