"""What people do with a report beside writing it: actions, announcing, publishing."""

from __future__ import annotations

from datetime import date, datetime

from ...domain.directory import LANGUAGES, Bilingual, Language
from ...domain.errors import Hindrance, Malformed, StaleVersion, UnknownThing, WrongState
from ...domain.findings import Verdict
from ...domain.incident import Incident
from ...domain.payload import Link, PersonRef
from ...domain.report import (
    Action,
    ActionState,
    Edition,
    Report,
    ReportState,
    Section,
    SectionText,
)
from ...domain.review_events import ReviewAnnounced, ReviewPublished
from ...ports import Clock, Ids, Store, Transaction
from ...release.permission import refuse_overruled
from ..intake import Intake
from ..own_events import own_event
from .reminders import looked_at

TOLD = (Section.SUMMARY, Section.FACTORS, Section.LESSONS)
"""What is published of the edition for readers outside."""


class ReportActs:
    """Each act names who did it."""

    def __init__(self, *, store: Store, clock: Clock, ids: Ids, intake: Intake, zone: str) -> None:
        self._store, self._clock, self._ids = store, clock, ids
        self._intake, self._zone = intake, zone

    def add_action(
        self,
        incident: Incident,
        *,
        text: str,
        owner: str,
        due: date,
        by: str,
        link: Link | None = None,
    ) -> Action:
        """Raises Malformed for an owner whom no directory knows: nobody would be reminded."""
        action = Action(
            id=self._ids.new("act"),
            incident=incident.id,
            text=text,
            owner=owner,
            due=due,
            link=link,
            by=by,
            at=self._clock.now(),
        )
        with self._store.write() as tx:
            self._refuse_unknown(tx, owner)
            tx.add_action(action, looked_at(action, self._zone))
        return action

    def change_action(
        self,
        incident: Incident,
        action_id: str,
        *,
        revision: int,
        state: ActionState | None = None,
        due: date | None = None,
        owner: str | None = None,
    ) -> Action:
        """Raises StaleVersion when somebody was quicker; the reminder follows the new day."""
        with self._store.write() as tx:
            was = tx.actions_by_id([action_id]).get(action_id)
            if was is None or was.incident != incident.id:
                raise UnknownThing(f"no action {action_id[:100]} in this report")
            if owner is not None:
                self._refuse_unknown(tx, owner)
            given = {"state": state, "due": due, "owner": owner}
            changes = {name: value for name, value in given.items() if value is not None}
            now = was.model_copy(update={**changes, "revision": was.revision + 1})
            stale = was.revision != revision
            if stale or not tx.move_action(was, now, looked_at(now, self._zone)):
                raise StaleVersion(
                    "somebody else has changed this action: look at it again", field="revision"
                )
        return now

    def announce(self, incident: Incident, *, review_by: datetime, by: str) -> Report:
        """Those who were told of the failure hear by when they will hear what was found."""
        now = self._clock.now()
        if review_by <= now:
            raise Malformed("lies behind: name a time that is still to come", field="review_by")
        told = ReviewAnnounced(review_by=review_by, by=PersonRef(id=by))
        changes = {"state": ReportState.ANNOUNCED, "due_at": review_by}
        return self._tell(incident, told, "announce-review", changes)

    def publish(self, incident: Incident, *, by: str, why: str = "") -> Report:
        """What the edition for readers outside says is told to them, in both languages.

        Raises WrongState where a language is missing, for words that may not leave, and for findings that
        hold them when no reason is given.
        """
        with self._store.read() as tx:
            texts = [t for t in tx.section_texts(incident.id) if t.edition is Edition.OUTSIDE]
        told = [t for t in texts if t.section in TOLD and t.text.strip()]
        found = tuple(finding for text in told for finding in text.findings)
        refuse_overruled(Verdict(findings=found), why)
        data = ReviewPublished(
            found=_both(told, Section.SUMMARY, needed=True),
            cause=_both(told, Section.FACTORS),
            lessons=_both(told, Section.LESSONS),
            by=PersonRef(id=by),
        )
        changes = {"state": ReportState.PUBLISHED, "published_at": self._clock.now()}
        return self._tell(incident, data, "publish-review", changes)

    def _tell(
        self,
        incident: Incident,
        data: ReviewAnnounced | ReviewPublished,
        act: str,
        changes: dict[str, object],
    ) -> Report:
        """Event and report are one transaction."""
        done: list[Report] = []

        def row(tx: Transaction, _accepted: object) -> None:
            was = tx.report(incident.id)
            if was is None:
                raise UnknownThing(f"{incident.number} has no report yet")
            now = was.model_copy(update={**changes, "revision": was.revision + 1})
            if not tx.move_report(was, now):
                raise StaleVersion("somebody else has changed this report: look at it again")
            done[:] = [now]

        self._intake.accept([own_event(incident, data, act, self._clock.now())], beside=row)
        return done[0]

    def _refuse_unknown(self, tx: Transaction, owner: str) -> None:
        if owner not in tx.people([owner]):
            raise Malformed("is nobody whom the directory knows", field="owner")


def _both(texts: list[SectionText], section: Section, *, needed: bool = False) -> Bilingual | None:
    """The section in both languages; one that stands in one alone is not told."""
    said: dict[Language, str] = {t.language: t.text for t in texts if t.section is section}
    if all(language in said for language in LANGUAGES):
        return Bilingual(zh=said["zh"], en=said["en"])
    if needed or said:
        raise WrongState(
            Hindrance.NOTHING_WRITTEN,
            f"the {section} for readers outside stands in {', '.join(said) or 'no language'}: write it in both",
            field=section.value,
        )
    return None
