"""Which facts may people outside know, and still not be told in the words that somebody recorded?

A public symptom that names a host, a colleague or a suspicion is public by its level alone. A writer without
a model would tell it to the letter, and a model could: so such a fact is cut before anybody writes, and the
text says that it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ...domain.communication import Form, Kind, Rendition, SlotValue
from ...domain.directory import Bilingual, Language
from ...domain.facts import STATEMENT, Fact, ValueKind
from ...domain.findings import Finding, FindingLevel, Words
from ...drafting.prose.assignment import Assignment
from ...drafting.redaction import Strangers
from ...guard import Examined, Phrases
from ...guard.checks import OF_WORDS
from ...guard.checks.disclosure import MACHINE, disclosure
from ...policy.summaries import is_internal
from ..links import REQUESTER
from ..writing.checks import GUESS, NO_LIMIT
from .material import OnRecord

CHECK = "unsaid"
RULES = HIDDEN, PERSON, MACHINERY, WORDS = (
    "unsaid-hidden",
    "unsaid-person",
    "unsaid-machine",
    "unsaid-words",
)
_UNMEANT = {GUESS, "foreign-link"}
"""What a person in charge may say by herself, and a program does not repeat for her."""
_TOKEN = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")


@dataclass(frozen=True, kw_only=True)
class Tellable:
    """The assignment without what its readers must not be told, and a finding for each fact left out."""

    assignment: Assignment
    unsaid: tuple[Finding, ...] = ()


def tellable(found: OnRecord, phrases: Phrases) -> Tellable:
    """For those who work on it nothing is left out: hosts and suspicions are what they read for."""
    assignment = found.assignment
    if is_internal(assignment.audience.role):
        return Tellable(assignment=assignment)
    judge = _Judge(found, phrases)
    facts = assignment.brief.facts
    rules = {fact.id: rule for fact in facts if (rule := judge.why_not(fact)) is not None}
    kept = tuple(fact for fact in facts if fact.id not in rules)
    return Tellable(
        assignment=replace(assignment, brief=assignment.brief.model_copy(update={"facts": kept})),
        unsaid=tuple(
            _finding(fact, rules[fact.id], assignment.language)
            for fact in facts
            if fact.id in rules
        ),
    )


class _Judge:
    def __init__(self, found: OnRecord, phrases: Phrases) -> None:
        self._found, self._phrases = found, phrases
        brief = found.assignment.brief
        self._strangers = Strangers(
            (*brief.facts, *found.hidden),
            (*found.assignment.lines, *found.hidden_lines),
            known_facts=brief.facts,
            known_lines=found.assignment.lines,
        )

    def why_not(self, fact: Fact) -> str | None:
        """The rule by which it stays in. What these readers wrote themselves, and what was said to them
        before, they know."""
        if fact.kind is not ValueKind.TEXT or fact.attribute == STATEMENT:
            return None
        texts = _texts(fact)
        if any(_names_machine(text) for text in texts.values()):
            return MACHINERY
        if any(self._strangers.are_named_in(text) for text in texts.values()):
            return PERSON
        checks = {
            check for language, text in texts.items() for check in self._held(fact, text, language)
        }
        if "addresses" in checks:
            return MACHINERY
        return HIDDEN if "disclosure" in checks else WORDS if checks else None

    def _held(self, fact: Fact, text: str, language: Language) -> Iterator[str]:
        """The checks of the guard that stop these words where a person speaks them; a suspicion, and a link,
        in any case."""
        examined = _examined(fact, text, language, self._found)
        for finding in disclosure(examined, self._phrases):
            if finding.level > FindingLevel.WARN:
                yield finding.check
        for check in OF_WORDS:
            for finding in check(examined, self._phrases):
                held = finding.level > FindingLevel.WARN or finding.rule in _UNMEANT
                if finding.words is Words.PERSON and held:
                    yield finding.check


def _texts(fact: Fact) -> dict[Language, str]:
    value = fact.value
    if isinstance(value, Bilingual):
        return {"zh": value.zh, "en": value.en}
    return {"en": str(value)}


def _names_machine(text: str) -> bool:
    return any(MACHINE.fullmatch(token[0]) for token in _TOKEN.finditer(text.lower()))


def _examined(fact: Fact, text: str, language: Language, found: OnRecord) -> Examined:
    rendition = Rendition(
        id=CHECK,
        communication=CHECK,
        revision=1,
        language=language,
        form=Form.PAGE,
        text=text,
        values=(SlotValue(slot=fact.attribute, fact=fact.id, text=text),),
        template=CHECK,
        template_version="1",
    )
    own = found.assignment.audience.role == REQUESTER
    return Examined(
        rendition=rendition,
        sibling=None,
        kind=Kind.STATUS_CHANGE if own else Kind.UPDATE,
        brief=found.assignment.brief,
        hidden=found.hidden,
        required=frozenset(),
        limits=NO_LIMIT,
    )


def _finding(fact: Fact, rule: str, language: Language) -> Finding:
    """The words themselves are not repeated: findings are read by more people than the record."""
    return Finding(
        check=CHECK,
        rule=rule,
        level=FindingLevel.WARN,
        form="prose",
        language=language,
        excerpt=fact.attribute,
        detail=f"{fact.id} was left out",
    )
