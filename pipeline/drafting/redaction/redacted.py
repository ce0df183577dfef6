"""An assignment as a model may see it: what is hidden in its facts and lines, and how much of it is left."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from ...domain.directory import Bilingual, Language, Person
from ...domain.facts import Fact, ValueKind
from ...domain.prose import Quoted
from ..prose.assignment import Assignment
from .detectors import DETECTORS
from .hits import Hit, apart
from .kinds import Hidden, Kind, Mapped, Rules
from .naming import Naming
from .people import is_name, is_of_person, named_in, names_of_things, people_of
from .placeholders import Placeholders, numbers_in
from .readable import likeness, readable
from .secret_lines import secret_lines
from .secrets import NO_WORD
from .spotting import Spotter
from .words import removed

_AS_IT_IS = frozenset({ValueKind.STATE, ValueKind.NUMBER, ValueKind.TIME, ValueKind.DURATION})
_CUT_PLACEHOLDER = re.compile(r"\{[^{}]{0,16}$")
_LITERAL = frozenset({ValueKind.TEXT, ValueKind.IDENTIFIER})
_OF_TICKET = frozenset({"number", "priority"})
_PHONES = frozenset({"assignee_phone", "requester_phone"})
CUT = "…"


def redact(
    assignment: Assignment, rules: Rules | None = None, known: Iterable[Person] = ()
) -> tuple[Assignment, Mapped]:
    """The assignment with placeholders for what `rules` hide, and what is behind each. Secrets are removed
    and in no mapping. Of lines that are too many the newest stay; of a text that is too long, its beginning.

    `known` are the people of the directory: whoever is named in a text is hidden there, though no fact and no
    speaker is that person. Facts keep their ids: code fills a slot from the assignment as it was before.
    """
    rules = rules or Rules()
    kept = _newest(assignment.lines, rules.most, rules.longest)
    redaction = _Redaction(assignment, rules, kept, known)
    redacted = redaction.of(assignment, kept)
    if redaction.look_again(redacted):
        redacted = redaction.of(assignment, kept)
    return _without_lost(redacted, {line.id for line in assignment.lines}), redaction.mapping


def _without_lost(redacted: Assignment, lines: Collection[str]) -> Assignment:
    """Of the values that were found in lines, those whose words are still there: the others were part of
    something that is hidden."""
    left = {line.id: line.text for line in redacted.lines}
    return replace(
        redacted,
        candidates=tuple(
            f for f in redacted.candidates if f.event not in lines or _stands(f, left.get(f.event))
        ),
    )


def _stands(candidate: Fact, line: str | None) -> bool:
    if line is None or candidate.kind not in _LITERAL or isinstance(candidate.value, Bilingual):
        return line is not None
    return str(candidate.value) in line


def _newest(lines: Sequence[Quoted], most: int, longest: int) -> tuple[Quoted, ...]:
    """Of a conversation in its order, as many of the last lines as fit."""
    left, start = most, len(lines)
    while start and (left := left - min(len(lines[start - 1].text), longest)) >= 0:
        start -= 1
    # One line that is too long by itself still is the newest there is.
    return tuple(lines[min(start, max(len(lines) - 1, 0)) :])


class _Redaction:
    """One assignment's."""

    def __init__(
        self,
        assignment: Assignment,
        rules: Rules,
        kept: Sequence[Quoted],
        known: Iterable[Person],
    ) -> None:
        facts = (*assignment.brief.facts, *assignment.candidates)
        self._kinds = rules.kinds_for(assignment.audience)
        self._longest = rules.longest
        self._language: Language = assignment.language
        self._number = assignment.brief.number
        self._detectors = [DETECTORS[kind] for kind in DETECTORS if kind in self._kinds]
        others = named_in(known, _texts(facts, kept))
        people = people_of(facts, assignment.lines, others)
        self._naming = Naming(people, names_of_things(facts))
        self._spotter = Spotter(self._naming)
        taken = [numbers_in(likeness(text)) for text in _texts(facts, kept)]
        self._placeholders = Placeholders(frozenset().union(*taken))
        self._secrets: set[str] = set()
        self._again: dict[str, Hit] = {}

    def of(self, assignment: Assignment, kept: Sequence[Quoted]) -> Assignment:
        brief = assignment.brief
        return replace(
            assignment,
            brief=brief.model_copy(update={"facts": tuple(map(self.fact, brief.facts))}),
            candidates=tuple(map(self.fact, assignment.candidates)),
            lines=self.lines(kept),
        )

    def look_again(self, redacted: Assignment) -> bool:
        """Whether a value that was hidden at one place stands at another, where nothing told what it is:
        from now on it is hidden there too. (A name may be a word, so names are left to their signs; so may
        what stood after `password:`, unless it has letters and digits.)"""
        facts = (*redacted.brief.facts, *redacted.candidates)
        whole = "\n".join(_texts(facts, redacted.lines))
        known = {
            original: hit
            for original, hit in self._placeholders.values.items()
            if hit.kind is not Kind.PERSON
        }
        secrets = (one for one in self._secrets if NO_WORD.fullmatch(one))
        known |= {secret: Hit(Kind.SECRET, 0, 0, "") for secret in secrets}
        self._again = {o: h for o, h in known.items() if o != self._number and o in whole}
        return bool(self._again)

    @property
    def mapping(self) -> dict[str, Hidden]:
        return self._placeholders.mapping

    def fact(self, fact: Fact) -> Fact:
        if fact.kind in _AS_IT_IS or fact.attribute in _OF_TICKET:
            return fact
        if fact.kind is ValueKind.NAME and not is_of_person(fact):
            return fact
        change = self._change_of(fact)
        value = fact.value
        if isinstance(value, Bilingual):
            # A copy, for nothing may be left that could be seen, and a value is checked at its birth.
            both = {"zh": change(value.zh), "en": change(value.en)}
            return fact.model_copy(update={"value": value.model_copy(update=both)})
        return fact.model_copy(update={"value": change(str(value))})

    def _change_of(self, fact: Fact) -> Callable[[str], str]:
        if is_of_person(fact):
            return lambda text: self._whole(text, Kind.PERSON)
        if fact.attribute in _PHONES:
            return lambda text: self._whole(text, Kind.PHONE)
        return self._text

    def lines(self, lines: Sequence[Quoted]) -> tuple[Quoted, ...]:
        secret = secret_lines([line.text for line in lines]) if Kind.SECRET in self._kinds else ()
        return tuple(
            line.model_copy(
                update={
                    "speaker": self._speaker(line.speaker),
                    "attribution": "",
                    "person": self._whole(line.person, Kind.PERSON) if line.person else None,
                    "text": removed(self._language) if n in secret else self._text(line.text),
                }
            )
            for n, line in enumerate(lines)
        )

    def _speaker(self, speaker: str) -> str:
        shown = readable(speaker)
        return self._whole(shown, Kind.PERSON) if is_name(shown) else self._text(shown)

    def _whole(self, text: str, kind: Kind) -> str:
        """A text that is one value from end to end."""
        shown = readable(text)
        if kind not in self._kinds or not shown:
            return shown
        hits = [h for h in self._hits(shown) if h.kind in (kind, Kind.SECRET)]
        if any(h.kind is Kind.SECRET for h in hits):
            return self._text(shown)
        alike = likeness(shown)
        known = self._naming.whose(alike) if kind is Kind.PERSON else None
        key = known or next((h.key for h in hits), alike.casefold())
        return self._placeholders.of(Hit(kind, 0, len(shown), key), shown)

    def _text(self, text: str) -> str:
        shown = readable(text)
        parts, place = [], 0
        for hit in apart(self._hits(shown)):
            parts += [shown[place : hit.start], self._instead(hit, shown)]
            place = hit.end
        return _cut("".join((*parts, shown[place:])), self._longest)

    def _instead(self, hit: Hit, text: str) -> str:
        if hit.kind is Kind.SECRET:
            self._secrets.add(text[hit.start : hit.end])
            return removed(self._language)
        return self._placeholders.of(hit, text[hit.start : hit.end])

    def _hits(self, text: str) -> Iterator[Hit]:
        alike = likeness(text)
        for detector in self._detectors:
            for hit in detector(alike):
                if text[hit.start : hit.end] != self._number:
                    yield hit
        for original, hit in self._again.items():
            if original in text:
                for found in re.finditer(re.escape(original), text):
                    yield replace(hit, start=found.start(), end=found.end())
        if Kind.PERSON in self._kinds:
            yield from self._spotter(alike)


def _cut(text: str, longest: int) -> str:
    """Never within a placeholder, of which half would mean nothing."""
    if len(text) <= longest:
        return text
    return _CUT_PLACEHOLDER.sub("", text[: longest - len(CUT)]).rstrip() + CUT


def _texts(facts: Sequence[Fact], lines: Sequence[Quoted]) -> Iterator[str]:
    for fact in facts:
        value = fact.value
        yield from (value.zh, value.en) if isinstance(value, Bilingual) else (str(value),)
    for line in lines:
        yield line.text
        yield line.speaker
