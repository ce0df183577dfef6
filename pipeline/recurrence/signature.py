"""By what is a case known again? Its words, meanings, names, template and hour: the signature."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import chain

from knowledge.tokens.concepts import Glossary, glossary
from knowledge.tokens.normal import HAN, normal
from knowledge.tokens.words import Cutter, bigrams

from ..domain.history import LONGEST_TEXT, LONGEST_TITLE
from .case import LONGEST_CAUSE, Case
from .masking import MASK, template, without_varying
from .naming import Kind, Names, names, without_people
from .requesting import asks
from .troubles import troubles

MOST_TERMS = 400
"""Words of a text that are kept, the first ones: enough for a page."""

_COMPOUND = re.compile(r"[A-Za-z][A-Za-z0-9]{3,}")
_PART = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Signature:
    """`title` and `words` count terms of the title and of the whole text; `meanings` are what both
    languages share. `length` counts the words of the whole text, repeated ones too."""

    id: str
    at: datetime
    title: Mapping[str, int]
    words: Mapping[str, int]
    length: int
    meanings: frozenset[str]
    symptom: frozenset[str]
    """Meanings beside the names of things."""
    names: Mapping[Kind, frozenset[str]]
    template: tuple[str, ...]
    service: str
    category: str
    site: str
    chinese: bool
    after_change: bool
    asks: bool
    """Somebody asks for something: no failure is reported."""
    troubles: frozenset[str] = frozenset()
    """What is wrong (`!`), and while doing what (`!.`), in whatever words."""
    cause: frozenset[str] = frozenset()
    """Terms (`^`) of what was found to be the cause, or was done; empty while nobody knows."""

    @property
    def terms(self) -> frozenset[str]:
        """By which it is found: words, meanings (`~`), names (`=`), troubles (`!`), its service (`@`), its
        cause (`^`)."""
        named = chain.from_iterable(self.names.values())
        service = (service_term(self.service),) if self.service else ()
        return frozenset(
            {*self.words, *self.meanings, *named, *self.troubles, *self.cause, *service}
        )


def service_term(service: str) -> str:
    return f"@{service}"


class Signer:
    """Reads cases, in many threads at once. Its dictionaries take a while to load: see `signer`."""

    def __init__(self, cutter: Cutter | None = None, known: Glossary | None = None) -> None:
        self._cutter = cutter or Cutter()
        self._glossary = known or glossary()

    def sign(self, case: Case) -> Signature:
        title, text = case.title[:LONGEST_TITLE], case.text[:LONGEST_TEXT]
        head, body = normal(title), normal(text)
        title_terms, body_terms = self._terms(title), self._terms(text)
        # What the title says counts as said twice: it was chosen to say what the matter is.
        counted = Counter([*title_terms, *title_terms, *body_terms][:MOST_TERMS])
        words = self._cutter.words(f"{head}\n{body}")
        named = names(title, text, words, case.site)
        meanings = self._meanings(without_varying(f"{head}\n{body}"))
        service, site = plain_name(case.service), plain_name(case.site)
        things = {part for _, name in named for part in name.split()}
        things.update(service.split(), site.split())
        return Signature(
            id=case.id,
            at=case.at,
            title=Counter(title_terms),
            words=counted,
            length=counted.total(),
            meanings=meanings,
            symptom=frozenset(m for m in meanings if m[1:] not in things),
            names=_by_kind(named),
            template=self._template(case),
            service=service,
            category=plain_name(case.category),
            site=site,
            chinese=HAN.search(f"{head}{body}") is not None,
            after_change=case.after_change,
            asks=asks(head, body),
            troubles=troubles(f"{head}\n{body}"),
            cause=self.cause(case.cause),
        )

    def _template(self, case: Case) -> tuple[str, ...]:
        """Of title and text, without people and the reporter's site."""
        plain = normal(without_people(f"{case.title[:LONGEST_TITLE]}\n{case.text[:LONGEST_TEXT]}"))
        site = normal(case.site)
        return template(plain.replace(site, f" {MASK} ") if len(site) > 1 else plain)

    def cause(self, told: str) -> frozenset[str]:
        """Words and what both languages call alike, of a closing note."""
        plain = normal(told[:LONGEST_CAUSE])
        words = (*self._cutter.words(plain), *self._meanings(plain))
        return frozenset(f"^{word}" for word in words)

    def _terms(self, written: str) -> list[str]:
        """Words, the parts of words that programmers run together, and two Chinese characters each."""
        plain = normal(written)
        parts = [
            part
            for run in _COMPOUND.findall(written)
            if len(found := _PART.findall(run)) > 1
            for part in self._cutter.words(normal(" ".join(found)))
        ]
        return [*self._cutter.words(plain), *parts, *(f"#{two}" for two in bigrams(plain))]

    def _meanings(self, plain: str) -> frozenset[str]:
        """Concepts of the glossary, and Latin words, which both languages write alike."""
        latin = (w for w in self._cutter.words(plain) if w.isascii() and not w.isdigit())
        meant = (*self._glossary.concepts(plain, self._cutter), *latin)
        return frozenset(f"~{meaning}" for meaning in meant)


@cache
def signer() -> Signer:
    """The one of this process."""
    return Signer()


def _by_kind(named: Names) -> dict[Kind, frozenset[str]]:
    kinds = {kind for kind, _ in named}
    return {kind: frozenset(f"={name}" for of, name in named if of is kind) for kind in kinds}


def plain_name(written: str) -> str:
    """A service, category or site in one way of writing: desks differ in marks and capitals."""
    return re.sub(r"[\W_]+", " ", normal(written)).strip()
