"""What speaks for or against a possible cause, as a sentence in the reader's language?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pipeline.causes.candidate import Candidate, Evidence, EvidenceValue
from pipeline.domain.directory import Bilingual, Language, Service
from pipeline.domain.payload import Words
from pipeline.drafting.spoken import at_clock, duration

from .console.words import word

_SERVICES = ("service", "services")
LONGEST_QUOTE = 160
"""Characters of a line that stand in a sentence about something else; the candidate itself is quoted whole."""


@dataclass(frozen=True, kw_only=True)
class CauseReader:
    """`services` are those of the register, by id."""

    language: Language
    zone: str
    now: datetime
    services: Mapping[str, Service]

    def sentence(self, evidence: Evidence) -> str:
        values = {name: self._value(name, value) for name, value in evidence.values.items()}
        return word(self.language, f"evidence:{evidence.told_as}", **values)

    def service(self, id_: str) -> str:
        known = self.services.get(id_)
        return known.name.in_language(self.language) if known else id_

    def words(self, said: Words) -> str:
        return said.in_language(self.language) if isinstance(said, Bilingual) else said

    def _value(self, name: str, value: EvidenceValue) -> str:
        if isinstance(value, datetime):
            return at_clock(value, self.now, self.zone, self.language)
        if name == "gap" and isinstance(value, int):
            return duration(max(60, value), self.language)
        if isinstance(value, tuple):
            return word(self.language, ", ").join(self.service(one) for one in value)
        if name in _SERVICES:
            return self.service(str(value))
        if name == "quote" and len(str(value)) > LONGEST_QUOTE:
            return f"{str(value)[:LONGEST_QUOTE]}…"
        return str(value)


def services_named(candidates: tuple[Candidate, ...]) -> set[str]:
    """Ids of services that their sentences name."""
    found: set[str] = set()
    for candidate in candidates:
        if candidate.kind.value == "upstream" and isinstance(candidate.what, str):
            found.add(candidate.what)
        for one in candidate.evidence:
            service, services = one.values.get("service"), one.values.get("services")
            found.update([str(service)] if service else [])
            found.update(services if isinstance(services, tuple) else ())
    return found
