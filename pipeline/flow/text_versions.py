"""An administrator writes a text, looks at it on a real ticket, puts it in force, and takes it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from threading import Lock

import structlog

from ..domain.communication import Communication, Draft, Form, Kind, Reason
from ..domain.directory import LANGUAGES, Language
from ..domain.errors import (
    Malformed,
    Misconfigured,
    MissingVariable,
    StaleVersion,
    UnknownIncident,
    UnknownThing,
)
from ..domain.facts import Brief
from ..domain.incident import Incident
from ..domain.message import Recipient
from ..domain.text_version import FILES, Activation, TextVersion
from ..drafting.catalogue import Catalogue
from ..drafting.marks import clean
from ..drafting.personal import Filled, fill, personal_values
from ..drafting.sections import control_in
from ..ports import Clock, Store
from ..texts_ports import TextQueries
from .drafter import Drafter
from .gather import Subject, gather
from .library import InForce, Library, load_one
from .material import material_of
from .written_texts import Files, laid_over, part_named, texts_in

log = structlog.get_logger(__name__)
LARGEST = 64 * 1024
"""Bytes of a text in one language, as of a file."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A text as a reader of one language would get it in one form, with its draft's findings."""

    draft: Draft
    form: Form
    filled: Filled


class TextVersions:
    """One activation at a time: what is checked is what comes in force."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        library: Library,
        drafter: Drafter,
        rows: TextQueries,
    ) -> None:
        self._store, self._clock = store, clock
        self._library, self._drafter = library, drafter
        self._turn = Lock()
        self.rows = rows
        """To look at: which versions there are, and which was in force when."""

    def save(
        self, name: str, texts: Mapping[Language, str], *, by: str, why: str, after: int
    ) -> TextVersion:
        """A new version, which is not in force yet. Raises Malformed, and StaleVersion when it was not
        written from the newest one (`after`)."""
        part_named(name)
        _refuse_unfit(texts)
        version = TextVersion(
            name=name,
            version=after + 1,
            texts={language: texts[language] for language in LANGUAGES},
            author=by,
            why=clean(why),
            saved_at=self._clock.now(),
        )
        with self._store.write() as tx:
            newest = next((v.version for v in tx.text_versions(name)), FILES)
            if newest != after or not tx.add_text_version(version):
                raise StaleVersion("somebody else saved a version meanwhile; look at it first")
        return version

    def problems(self, name: str, texts: Mapping[Language, str]) -> list[tuple[str, str]]:
        """What keeps it from coming in force, as (place, sentence). Raises Malformed."""
        _refuse_unfit(texts)
        try:
            load_one(self._with(name, texts), part_named(name))
        except Misconfigured as wrong:
            return wrong.problems
        return []

    def activate(self, name: str, version: int, *, by: str, why: str) -> None:
        """From now on, without a restart; `FILES` takes the text of the files again. Raises UnknownThing,
        and Malformed with every problem: then nothing has changed."""
        with self._turn:
            texts: Mapping[Language, str] | None = None
            if version != FILES:
                texts = self._version(name, version).texts
            try:
                loaded = load_one(self._with(name, texts), part_named(name))
            except Misconfigured as wrong:
                raise Malformed(
                    "this text cannot be put in force", problems=wrong.problems
                ) from None
            now = self._clock.now()
            done = Activation(name=name, version=version, author=by, why=clean(why), at=now)
            with self._store.write() as tx:
                tx.add_activation(done)
                tx.clear_alarm(f"text:{name}", now)
            self._library.take(loaded)
        log.info("text put in force", text=name, version=version, by=by)

    def roll_back(self, name: str, *, by: str, why: str) -> int:
        """The one in force before comes back, and its number is returned. Raises UnknownThing where there
        was none."""
        with self._store.read() as tx:
            done = tx.text_activations(name)
        if not done or done[0].version == FILES:
            raise UnknownThing(f"{name} is as its file says: there is nothing to roll back")
        before = next((a.version for a in done if a.version != done[0].version), FILES)
        # Twice back is further back, not forth again: what was rolled back is not "before".
        self.activate(name, before, by=by, why=why)
        return before

    def preview(
        self, name: str, texts: Mapping[Language, str] | None, incident_id: str, reader: Recipient
    ) -> list[Shown]:
        """On this ticket as it stands, for a reader in her zone, in both languages and every form. Raises
        UnknownIncident, Misconfigured for what is no template, Unusable for what fails on this ticket."""
        if texts is not None:
            _refuse_unfit(texts)
        kind, audience, part = part_named(name)
        in_force = self._library.texts if texts is None else load_one(self._with(name, texts), None)
        subject = self._subject(incident_id, kind, audience)
        return self._shown(in_force, subject, part, reader)

    def brief(self, incident: Incident, kind: Kind, audience: str) -> Brief:
        """What such a text would be told from now. Raises Unusable where that audience may not know the ticket."""
        subject = self._subject(incident.id, kind, audience)
        library, now = self._library, self._clock.now()
        return material_of(subject, library.rules, library.texts, now).brief

    def catalogue(self, name: str) -> Catalogue:
        """The slots that a text may name. Raises UnknownThing."""
        kind, audience, _ = part_named(name)
        try:
            return self._library.templates.catalogue(kind, audience)
        except MissingVariable as unknown:
            raise UnknownThing(str(unknown)) from None

    def _subject(self, incident_id: str, kind: Kind, audience: str) -> Subject:
        """As if nobody had been told anything yet: so every part of a text that fits is seen."""
        now = self._clock.now()
        with self._store.read() as tx:
            incident = tx.incident(incident_id)
            if incident is None:
                raise UnknownIncident(f"no ticket {incident_id}")
            planned = Communication(
                id="com_preview",
                incident=incident.id,
                kind=kind,
                audience=audience,
                rule="preview",
                reason=Reason(code="preview"),
                due_at=now,
                created_at=now,
                events=(),
            )
            [subject] = gather(tx, [planned])
        return replace(subject, told={}, told_at=None)

    def _shown(
        self, in_force: InForce, subject: Subject, part: str, reader: Recipient
    ) -> list[Shown]:
        now = self._clock.now()
        drafts, brief, links = self._drafter.trial(subject, in_force, part, reader.id, now)
        found = []
        for draft in drafts:
            read_by = reader.model_copy(update={"language": draft.language})
            for rendition in draft.renditions:
                marks = {value.slot for value in rendition.values if value.personal}
                values = personal_values(brief, read_by, links, now, marks)
                found.append(
                    Shown(draft=draft, form=rendition.form, filled=fill(rendition, values))
                )
        return found

    def _with(self, name: str, texts: Mapping[Language, str] | None) -> Files:
        """What is in force, with this text in its place, or that of the files."""
        in_force, files = dict(self._library.texts.files), self._library.text_files
        kind, _, part = part_named(name)
        for key in [k for k in in_force if k.startswith(f"messages/{kind.value}/{part}.")]:
            del in_force[key]
        if texts is None:
            return {**in_force, **_named(files, kind.value, part)}
        version = TextVersion(
            name=name, version=1, texts=dict(texts), author="x", saved_at=self._clock.now()
        )
        return laid_over(in_force, [version])

    def _version(self, name: str, version: int) -> TextVersion:
        with self._store.read() as tx:
            found = tx.text_version(name, version)
        if found is None:
            raise UnknownThing(f"{name} has no version {version}")
        return found

    def text(self, name: str, version: int | None = None) -> Mapping[Language, str]:
        """Of a version, `FILES`, or (None) what is in force. Raises UnknownThing."""
        if version is not None and version != FILES:
            return self._version(name, version).texts
        files = self._library.texts.files if version is None else self._library.text_files
        found = texts_in(files, name)
        if not found:
            raise UnknownThing(f"there is no text {name[:100]}")
        return found  # type: ignore[return-value]


def _named(files: Mapping[str, str], kind: str, part: str) -> Files:
    return {k: v for k, v in files.items() if k.startswith(f"messages/{kind}/{part}.")}


def _refuse_unfit(texts: Mapping[Language, str]) -> None:
    problems: list[tuple[str, str]] = [
        (language, "is missing: both languages are told together")
        for language in LANGUAGES
        if not texts.get(language, "").strip()
    ]
    problems += [
        (language, f"is larger than {LARGEST} bytes")
        for language, text in texts.items()
        if len(text.encode("utf-8", "surrogatepass")) > LARGEST
    ]
    found = ((language, control_in(text)) for language, text in texts.items())
    problems += [(f"{language}:{at[0]}", at[1]) for language, at in found if at is not None]
    if problems:
        raise Malformed("this text cannot be taken", problems=problems)
