"""Which part of a text may a model say better? What stands between `{% call prose() %}` and `{% endcall %}`.

A model's words take the place of the fixed ones only when they tell every value that those tell. They enter
as values do, each part behind a placeholder, so nothing in them is ever read as markup.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from ..domain.directory import LANGUAGES, Language
from ..domain.errors import Misconfigured, MissingVariable
from ..domain.facts import Brief, Fact, ValueKind
from ..domain.prose import Ref, Sentence
from ..yaml_places import read
from .marks import mark
from .markup import places
from .prose.assignment import Assignment
from .prose.contract.filling import Laid, laid_out
from .prose.contract.values import Values, Written
from .slots import WORDS, Slotted, Used, is_past

CALL = "prose"
MARK_FILE = "prose/mark.yaml"
_CLOCK = "00:00"
"""Stands for a time until each reader has her own: blanks around it are set as around figures."""


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What a model wrote of one part, in both languages. `mark` is the line that says so, empty for none."""

    sentences: Mapping[Language, Sequence[Sentence]]
    mark: Mapping[Language, str]


def machine_mark(files: Mapping[str, str]) -> dict[Language, str]:
    """The line under a model's words. Raises Misconfigured unless there is one in each language."""
    if MARK_FILE not in files:
        raise Misconfigured("is missing", where=MARK_FILE)
    raw, _ = read(MARK_FILE, files[MARK_FILE])
    try:
        return {language: " ".join(str(raw[language]).split()) for language in LANGUAGES}
    except (KeyError, TypeError):
        raise Misconfigured("needs a line in zh and in en", where=MARK_FILE) from None


class Place:
    """`prose` of a template, for one rendition. `tells` are the facts of the fixed words, `by_model` whether
    a model's words stand there instead."""

    def __init__(
        self,
        wording: Wording | None,
        brief: Brief,
        language: Language,
        *,
        now: datetime,
        states: Mapping[str, str],
        used: Used,
    ) -> None:
        self._wording, self._language, self._used = wording, language, used
        self._facts = {fact.id: fact for fact in brief.facts}
        self._values = _Words(brief, language, now, states)
        self.tells: frozenset[str] = frozenset()
        self.by_model = False

    def __call__(self, caller: Callable[[], str]) -> str:
        """What stands there. Raises MissingVariable for words that name what may not be told."""
        fixed = caller()
        slots = [self._used.slots[n] for n in places(fixed)]
        self.tells = frozenset(slot.fact.id for slot in slots if slot.fact is not None)
        if self._wording is None or not fixed.strip():
            return fixed
        sentences = self._wording.sentences[self._language]
        if not self.tells <= {p.fact for s in sentences for p in s.pieces if isinstance(p, Ref)}:
            return fixed
        self.by_model = True
        between = "" if self._language == "zh" else " "
        lines = [between.join(map(self._sentence, sentences)), self._wording.mark[self._language]]
        return "\n".join(line for line in lines if line) + "\n" * _ends(fixed)

    def _sentence(self, sentence: Sentence) -> str:
        parts = laid_out(sentence, self._values.written, self._language)
        return "".join(part.blank + self._placed(part) for part in parts)

    def _placed(self, part: Laid) -> str:
        fact = self._facts[part.ref.fact] if part.ref else None
        if fact is None:
            return self._used.place(Slotted(WORDS, part.text, self._used, None, None))
        text = mark(fact.attribute) if fact.kind is ValueKind.TIME else part.text
        return self._used.place(Slotted(fact.attribute, text, self._used, fact, fact.value))


def _ends(text: str) -> int:
    """The line breaks at its end, which keep what follows apart."""
    return len(text) - len(text.rstrip("\n"))


class _Words:
    """Values as a sentence takes them, but for times, which are each reader's own."""

    def __init__(
        self, brief: Brief, language: Language, now: datetime, states: Mapping[str, str]
    ) -> None:
        assignment = Assignment(
            kind=CALL, brief=brief, language=language, now=now, zone=ZoneInfo("UTC")
        )
        self._brief, self._now = brief, now
        self._facts = assignment.facts
        self._values = Values(assignment, language, {language: states})

    def written(self, ref: Ref) -> Written:
        fact = self._facts.get(ref.fact)
        if fact is None:
            raise MissingVariable(f"the text needs {ref.fact}, which its readers may not know")
        if fact.kind is not ValueKind.TIME:
            return self._values.written(ref)
        self._refuse_untold(fact)
        return Written(text=_CLOCK, kind=ValueKind.TIME)

    def _refuse_untold(self, fact: Fact) -> None:
        """A reader's mark is filled with the first fact of its name, and a time that passed is not announced."""
        if self._brief.find(fact.attribute) is not fact or is_past(fact, self._brief, self._now):
            raise MissingVariable(f"the text needs {fact.id}, which cannot be told any more")
