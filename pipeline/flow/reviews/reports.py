"""A report is drafted when somebody asks for it, written by several people section by section, and shown in
editions that are cut for their readers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from ...domain.directory import LANGUAGES, Language
from ...domain.errors import Hindrance, StaleVersion, Unavailable, UnknownThing, WrongState
from ...domain.findings import Finding
from ...domain.incident import Incident
from ...domain.prose import Length
from ...domain.report import (
    READ_AS,
    SECTIONS,
    WRITTEN,
    Action,
    Edition,
    Report,
    Section,
    SectionText,
)
from ...domain.summary import Summary
from ...policy.audiences import audience_of
from ...ports import Clock, Store, Transaction
from ...review.document import (
    Cut,
    Document,
    Material,
    document,
    drafted_factors,
    drafted_questions,
)
from ...review.stated import Announcing
from ...review.words import Reader, ReportWords
from ..library import Library
from ..summaries.alone import Wanted
from ..summaries.drafts import untold
from ..summaries.writing import Summaries
from .gathering import material_of

_KINDS = {
    Edition.ENGINEERS: "technician",
    Edition.EXECUTIVES: "stakeholder",
    Edition.OUTSIDE: "stakeholder",
}
"""The kind of summary that opens each edition."""


class Reports:
    def __init__(
        self, *, store: Store, clock: Clock, library: Library, summaries: Summaries, zone: str
    ) -> None:
        self._store, self._clock, self._zone = store, clock, zone
        self._library, self._summaries = library, summaries

    def one(self, incident_id: str) -> Report | None:
        with self._store.read() as tx:
            return tx.report(incident_id)

    def all(self, limit: int = 100) -> Sequence[Report]:
        """Newest first."""
        with self._store.read() as tx:
            return tx.reports(limit)

    def open(self, incident: Incident, *, by: str, due_at: datetime | None = None) -> Report:
        """The report of an incident that is over, drafted from its record; the one that is there already when
        there is one. Raises WrongState while nobody has declared it, or it still fails."""
        known = self.one(incident.id)
        if known is not None:
            return known
        if incident.major is None or incident.major.standing == "open":
            raise WrongState(
                Hindrance.NOT_OVER,
                f"{incident.number} is no major incident that is over: its report is drafted then",
            )
        now = self._clock.now()
        report = Report(
            incident=incident.id, version=incident.version, made_at=now, by=by, due_at=due_at
        )
        drafts = self._drafts(incident, now, by)
        with self._store.write() as tx:
            if tx.add_report(report):
                for draft in drafts:
                    tx.add_section_text(draft)
        return self.one(incident.id) or report

    def shown(
        self, incident: Incident, edition: Edition, language: Language, zone: str
    ) -> tuple[Document, Mapping[Section, SectionText]]:
        """An edition as its readers get it, and the newest words of each of its written sections."""
        with self._store.read() as tx:
            material = self._material(tx, incident)
            texts = tx.section_texts(incident.id)
        own = {t.section: t for t in texts if (t.edition, t.language) == (edition, language)}
        cut = self._cut(incident, edition, language, zone)
        written = {section: text.text for section, text in own.items()}
        return document(material, cut, written, words_of(self._library)), own

    def in_other_languages(
        self, incident_id: str, edition: Edition
    ) -> Mapping[Section, set[Language]]:
        """Sections whose words in one language are newer than in the other: which language is behind."""
        with self._store.read() as tx:
            texts = [t for t in tx.section_texts(incident_id) if t.edition is edition]
        behind: dict[Section, set[Language]] = {}
        for text in texts:
            newest = max(t.revision for t in texts if t.section is text.section)
            if text.revision < newest:
                behind.setdefault(text.section, set()).add(text.language)
        return behind

    def actions(self, incident_id: str) -> Sequence[Action]:
        with self._store.read() as tx:
            return tx.actions(incident_id)

    def open_actions(self) -> Sequence[Action]:
        """Of all reports, the one that is due first comes first."""
        with self._store.read() as tx:
            return tx.open_actions()

    def history(
        self, incident: Incident, edition: Edition, section: Section, language: Language
    ) -> Sequence[SectionText]:
        with self._store.read() as tx:
            return tx.section_history(incident.id, edition, section, language)

    def write(self, incident: Incident, wanted: SectionText, *, zone: str) -> SectionText:
        """A person's words take the place of those of the revision before, which stay. What the checks say of
        them is kept with them: it is shown, and holds the report when it is published.

        Raises UnknownThing for a section that people do not write, StaleVersion when somebody was quicker.
        """
        if wanted.section not in WRITTEN or wanted.section not in SECTIONS[wanted.edition]:
            raise UnknownThing(f"nobody writes {wanted.section} in this edition")
        checked = wanted.model_copy(update={"findings": self._found(incident, wanted, zone)})
        with self._store.write() as tx:
            known = tx.section_history(
                incident.id, wanted.edition, wanted.section, wanted.language
            )[:1]
            newest = known[0].revision if known else 0
            if wanted.revision != newest + 1 or not tx.add_section_text(checked):
                raise StaleVersion(
                    "somebody else has changed this section since you opened it: look at their words, and "
                    "save yours again",
                    field="revision",
                )
        return checked

    def _found(self, incident: Incident, wanted: SectionText, zone: str) -> tuple[Finding, ...]:
        if not wanted.text.strip():
            return ()
        blank = Summary(
            id="report",
            incident=incident.id,
            version=incident.version,
            audience=READ_AS[wanted.edition],
            kind=_KINDS[wanted.edition],
            language=wanted.language,
            length=Length.LONG,
            as_of=wanted.at,
            zone=zone,
            made_at=wanted.at,
            by=wanted.by,
        )
        edited = self._summaries.check(incident, blank, wanted.text, by=wanted.by, zone=zone)
        return edited.written.verdict.findings

    def _drafts(self, incident: Incident, now: datetime, by: str) -> list[SectionText]:
        with self._store.read() as tx:
            material = self._material(tx, incident)
        return [
            SectionText(
                incident=incident.id,
                edition=edition,
                section=section,
                language=language,
                revision=1,
                text=text,
                at=now,
            )
            for edition in Edition
            for language in LANGUAGES
            for section, text in self._drafted(incident, material, edition, language, by)
            if text.strip()
        ]

    def _drafted(
        self,
        incident: Incident,
        material: Material,
        edition: Edition,
        language: Language,
        by: str,
    ) -> Sequence[tuple[Section, str]]:
        cut = self._cut(incident, edition, language, self._zone)
        words = words_of(self._library)
        drafted = [
            (Section.SUMMARY, self._summary(incident, edition, language, by)),
            (Section.FACTORS, drafted_factors(material, cut, words)),
        ]
        if Section.QUESTIONS in SECTIONS[edition]:
            drafted.append((Section.QUESTIONS, drafted_questions(material, cut.reader, words)))
        return drafted

    def _summary(self, incident: Incident, edition: Edition, language: Language, by: str) -> str:
        """By the same ladder and checks as any other; empty where no step could write one."""
        wanted = Wanted(
            role=READ_AS[edition],
            kind=_KINDS[edition],
            language=language,
            length=Length.NORMAL,
            zone=ZoneInfo(self._zone),
        )
        try:
            made = self._summaries.make(self._summaries.ask(incident, wanted, by=by), untold)
        except Unavailable:
            return ""
        return made.draft.text

    def _cut(self, incident: Incident, edition: Edition, language: Language, zone: str) -> Cut:
        major = incident.major
        day = major.declared.at if major else incident.opened_at
        return Cut(
            edition=edition,
            audience=audience_of(READ_AS[edition], incident),
            reader=Reader(language=language, zone=zone, day=day),
            now=self._clock.now(),
        )

    def _material(self, tx: Transaction, incident: Incident) -> Material:
        return material_of(tx, incident, self._announcing(), self._library.texts.phrases)

    def _announcing(self) -> Announcing:
        return Announcing.load(self._library.texts.files)


def words_of(library: Library) -> ReportWords:
    """The words in force."""
    texts = library.texts
    states = {of: texts.templates.state_words(of) for of in LANGUAGES}
    return ReportWords.load(texts.files, states)
