"""What does a page show of possible causes? Each with its sentences for and against, and how likely it is."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.bootstrap import Heliograph
from pipeline.causes.candidate import Candidate, Kind
from pipeline.domain.cause import Ruling
from pipeline.domain.directory import Bilingual, Language
from pipeline.domain.incident import Incident

from ..cause_words import CauseReader, services_named

WIDTH, HEIGHT = 100, 10
"""Units of the bar that shows how likely something is."""


@dataclass(frozen=True, kw_only=True)
class ShownCause:
    """`percent` is None for one that a person decided on; `known` are words that a person wrote of an earlier case,
    to begin with when it is confirmed."""

    candidate: Candidate
    what: str
    percent: int | None
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]
    ruling: Ruling | None

    @property
    def is_quoted(self) -> bool:
        return self.candidate.kind is Kind.SAID

    @property
    def known(self) -> dict[Language, str]:
        said = self.candidate.what
        if self.candidate.kind is not Kind.EARLIER:
            return {}
        if isinstance(said, Bilingual):
            return {"zh": said.zh, "en": said.en}
        return {"en" if said.isascii() else "zh": said}


@dataclass(frozen=True, kw_only=True)
class ShownCauses:
    """`verdict` is `confirmed`, `possible` or `unknown`; `unknown` in percent."""

    verdict: str
    unknown: int
    likely: tuple[ShownCause, ...]
    ruled_out: tuple[ShownCause, ...]
    confirmed: tuple[Ruling, ...]
    gone: tuple[Ruling, ...]
    """Ruled out, and not found any more."""
    blind: tuple[str, ...]
    width: int = WIDTH
    height: int = HEIGHT


def causes_shown(app: Heliograph, incident: Incident, language: Language, zone: str) -> ShownCauses:
    assessed = app.causes.of(incident)
    ranked = assessed.ranked
    named = services_named((*(one.candidate for one in ranked.likely), *ranked.ruled_out))
    reader = CauseReader(
        language=language,
        zone=zone,
        now=app.clock.now(),
        services=app.queries.services(sorted(named)),
    )

    def shown(candidate: Candidate, percent: int | None) -> ShownCause:
        what = reader.words(candidate.what)
        return ShownCause(
            candidate=candidate,
            what=reader.service(what) if candidate.kind is Kind.UPSTREAM else what,
            percent=percent,
            speaks_for=tuple(map(reader.sentence, candidate.speaks_for)),
            speaks_against=tuple(map(reader.sentence, candidate.speaks_against)),
            ruling=assessed.ruling(candidate.key),
        )

    open_ = "unknown" if ranked.is_unknown else "possible"
    found = {one.key for one in ranked.ruled_out}
    out = [one for one in assessed.decided if not one.is_confirmed]
    return ShownCauses(
        verdict="confirmed" if assessed.confirmed else open_,
        unknown=ranked.percent_unknown,
        likely=tuple(shown(one.candidate, one.percent) for one in ranked.likely),
        ruled_out=tuple(shown(one, None) for one in ranked.ruled_out),
        confirmed=assessed.confirmed,
        gone=tuple(one for one in out if one.candidate not in found),
        blind=assessed.blind,
    )
