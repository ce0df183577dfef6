"""A possible cause may be taken into a report as a suspected factor: by a person, marked as suspected, never as fact."""

from __future__ import annotations

from collections.abc import Sequence

from ...causes.candidate import Candidate, Kind
from ...causes.ranking import Likely
from ...domain.directory import Bilingual, Language
from ...domain.errors import UnknownThing
from ...domain.incident import Incident
from ...domain.report import Edition, Section, SectionText
from ...ports import Clock
from ...review.words import Reader, ReportWords
from ..causes.assessing import Causes
from ..library import Library
from .reports import Reports, words_of

MOST = 3
LEAST = 0.05
"""Below it nobody would look at it again."""


class Suspicions:
    """Of the edition for those who run the service: the others tell confirmed factors alone."""

    def __init__(self, *, causes: Causes, reports: Reports, library: Library, clock: Clock) -> None:
        self._causes, self._reports = causes, reports
        self._library, self._clock = library, clock

    def offered(
        self, incident: Incident, language: Language, zone: str
    ) -> Sequence[tuple[Likely, str]]:
        """The likeliest that nobody decided on, each with the words with which it would stand in the report."""
        decided = {one.candidate for one in incident.causes}
        likely = self._causes.of(incident).ranked.likely
        found = [one for one in likely if one.candidate.key not in decided]
        reader, words = self._reader(incident, language, zone), words_of(self._library)
        return [
            (one, _told(one.candidate, words, reader))
            for one in found[:MOST]
            if one.probability >= LEAST
        ]

    def take(self, incident: Incident, key: str, language: Language, *, by: str, zone: str) -> None:
        """Add it to what is written there. Raises UnknownThing for what is not offered any more, StaleVersion when
        somebody writes there at the same time."""
        told = next(
            (t for one, t in self.offered(incident, language, zone) if one.candidate.key == key),
            None,
        )
        if told is None:
            raise UnknownThing(f"nothing is proposed as {key[:100]} any more", field="candidate")
        known = self._reports.history(incident, Edition.ENGINEERS, Section.FACTORS, language)[:1]
        line = words_of(self._library).say(
            "factor.suspected", self._reader(incident, language, zone), {"cause": told}
        )
        before = known[0].text.rstrip() if known else ""
        wanted = SectionText(
            incident=incident.id,
            edition=Edition.ENGINEERS,
            section=Section.FACTORS,
            language=language,
            revision=known[0].revision + 1 if known else 1,
            text=f"{before}\n- {line}".strip(),
            by=by,
            at=self._clock.now(),
        )
        self._reports.write(incident, wanted, zone=zone)

    def _reader(self, incident: Incident, language: Language, zone: str) -> Reader:
        return Reader(language=language, zone=zone, day=incident.opened_at)


def _told(candidate: Candidate, words: ReportWords, reader: Reader) -> str:
    """Without a person's name: a report asks what happened, and not who."""
    what = candidate.what
    said = what.in_language(reader.language) if isinstance(what, Bilingual) else what
    values = {"what": said} | ({} if candidate.kind is Kind.SAID else {"number": candidate.name})
    return words.say(f"suspect.{candidate.kind.value}", reader, values)
