"""What does a check look at? One rendition, all that is known about it, and whose words it holds."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ..domain.communication import MARK, Form, Kind, Rendition
from ..domain.facts import Brief, Fact, ValueKind
from ..domain.findings import Finding, FindingLevel, Words
from .comparing import legible
from .masking import masked, spellings, unescaped

_TAGS = re.compile(r"<style.*?</style>|<[^>]*>", re.DOTALL)
_SPEAKERS = {ValueKind.TEXT: Words.PERSON, ValueKind.QUOTE: Words.QUOTATION}
_GREATEST_EXCERPT = 120


@dataclass(frozen=True, kw_only=True)
class Said:
    """Words in the text that are not ours: whose they are, and the slot they came through. Patterns are
    looked for in `read`, which no trick of spelling gets past."""

    words: Words
    slot: str
    text: str

    @cached_property
    def read(self) -> str:
        return legible(self.text)


@dataclass(frozen=True, kw_only=True)
class Examined:
    """One rendition before it leaves. `hidden` are the record's facts that this audience may not
    know, `required` the slots that the text must show, `limits` the greatest length in characters of
    `subject` and `text`, `absent` links whose page is switched off: no text can show them."""

    rendition: Rendition
    sibling: Rendition | None
    kind: Kind
    brief: Brief
    hidden: tuple[Fact, ...]
    required: frozenset[str]
    limits: Mapping[str, int]
    absent: frozenset[str] = frozenset()

    @cached_property
    def facts(self) -> dict[str, Fact]:
        return {fact.id: fact for fact in self.brief.facts}

    @cached_property
    def states(self) -> frozenset[str]:
        """The keys of all states on record that its readers may know."""
        return frozenset(str(f.value) for f in self.brief.facts if f.kind is ValueKind.STATE)

    @cached_property
    def slots(self) -> frozenset[str]:
        return frozenset(value.slot for value in self.rendition.values)

    @cached_property
    def marks(self) -> frozenset[str]:
        """Names of the marks that stand in subject and text."""
        return frozenset(MARK.findall(self.rendition.subject + self.rendition.text))

    @cached_property
    def ours(self) -> str:
        """Subject and text with every value taken out: our own words alone."""
        return own_words(self.rendition, self.facts)

    @cached_property
    def theirs(self) -> tuple[Said, ...]:
        """The words of people, as they were written, each once."""
        found: dict[Said, None] = {}
        for value in self.rendition.values:
            fact = self.facts.get(value.fact or "")
            whose = self.speaker(fact) if fact is not None else None
            if whose is not None:
                words = unescaped(value.text, self.rendition.form)
                found[Said(words=whose, slot=value.slot, text=words)] = None
        return tuple(found)

    def speaker(self, fact: Fact) -> Words | None:
        """Whose words a fact holds; None for what is no wording: names, numbers, states."""
        return _SPEAKERS.get(fact.kind)

    @cached_property
    def visible(self) -> str:
        """The words of the HTML, without its tags."""
        return html.unescape(_TAGS.sub("\n", self.rendition.html or ""))

    @property
    def lead(self) -> str:
        """Where a reader looks first: the subject of a mail or a page, else the first line."""
        if self.rendition.form in (Form.MAIL, Form.PAGE):
            return self.rendition.subject
        return self.rendition.text.partition("\n")[0]

    def finding(
        self,
        check: str,
        rule: str,
        level: FindingLevel,
        excerpt: str = "",
        detail: str = "",
        *,
        words: Words = Words.TEMPLATE,
        length: int | None = None,
        limit: int | None = None,
    ) -> Finding:
        return Finding(
            check=check,
            rule=rule,
            level=level,
            form=self.rendition.form.value,
            language=self.rendition.language,
            excerpt=excerpt[:_GREATEST_EXCERPT],
            detail=detail,
            words=words,
            length=length,
            limit=limit,
        )


def own_words(rendition: Rendition, facts: Mapping[str, Fact]) -> str:
    """A state's words are ours too, so they stay; all other values and marks are taken out."""
    values = {
        spelling
        for value in rendition.values
        if value.text and not value.personal and not _is_state(facts.get(value.fact or ""))
        for spelling in spellings(value.text, rendition.form)
    }
    text = MARK.sub(" \ufffc ", f"{rendition.subject}\n{rendition.text}")
    return masked(text, values)


def _is_state(fact: Fact | None) -> bool:
    return fact is not None and fact.kind is ValueKind.STATE
