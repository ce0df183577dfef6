"""What would be told, and to whom, if somebody recorded this? Drafted and checked, and nothing is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from ..domain.communication import Draft, Reason
from ..domain.errors import HeliographError, UnknownIncident
from ..domain.events import Event
from ..domain.findings import Finding, FindingLevel
from ..domain.folding import fold, is_late
from ..domain.message import Outbound, Recipient
from ..domain.payload import Payload
from ..policy.decide import decide
from ..ports import Clock, Store, Transaction
from .drafter import Drafter
from .finish import finished
from .gather import Subject, gather
from .library import Library
from .surveys.inviting import composed

EVENT = "evt_preview"


@dataclass(frozen=True, kw_only=True)
class Previewed:
    """One audience's text. `outcome` says why there is none, or what the release would be."""

    kind: str
    audience: str
    outcome: Reason
    drafts: tuple[Draft, ...] = ()
    texts: tuple[tuple[Recipient, Outbound], ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(f for draft in self.drafts for f in draft.verdict.findings)

    @property
    def leaves(self) -> bool:
        """Whether it would be sent at once: nothing in it holds or blocks it."""
        worst = max((f.level for f in self.findings), default=FindingLevel.WARN)
        return bool(self.texts) and worst is FindingLevel.WARN


class Preview:
    """Stands beside the composer, and uses its very steps."""

    def __init__(self, *, store: Store, clock: Clock, library: Library, drafter: Drafter) -> None:
        self._store, self._clock = store, clock
        self._library, self._drafter = library, drafter

    def of(self, incident_id: str, data: Payload) -> list[Previewed]:
        """In the order of the rules. Raises UnknownIncident, and what folding the event raises."""
        now = self._clock.now()
        with self._store.read() as tx:
            subjects = self._subjects(tx, incident_id, data, now)
        return [self._one(subject, now) for subject in subjects]

    def _subjects(
        self, tx: Transaction, incident_id: str, data: Payload, now: datetime
    ) -> list[Subject]:
        before = tx.incident(incident_id)
        if before is None:
            raise UnknownIncident(f"no ticket {incident_id}")
        event = Event(
            id=EVENT,
            source=before.source,
            source_id=EVENT,
            type=data.type,
            incident_id=before.id,
            number=before.number,
            version=before.version + 1,
            occurred_at=max(now, before.state.at),
            recorded_at=now,
            data=data,
        )
        after = fold(before, event, owner=before.owner)
        found = decide(
            self._library.rules,
            event,
            before,
            after,
            late=is_late(before, event),
            told=lambda audience: [kind for kind, _ in tx.kinds_told(before.id, audience)],
        )
        planned = [
            tell.planned(f"com_preview_{n}", event, now) for n, tell in enumerate(found.tell)
        ]
        return [replace(subject, incident=after) for subject in gather(tx, planned)]

    def _one(self, subject: Subject, now: datetime) -> Previewed:
        c = subject.communication
        try:
            made = composed(subject, self._library.rules.surveys, now, self._drafter.draft)
        except HeliographError as unusable:
            outcome = Reason(code="template_failed", values={"problem": str(unusable)})
            return Previewed(kind=c.kind, audience=c.audience, outcome=outcome)
        texts = {r.id: r for draft in made.drafts for r in draft.renditions}
        return Previewed(
            kind=c.kind,
            audience=c.audience,
            outcome=made.outcome,
            drafts=made.drafts,
            texts=tuple((m.recipient, finished(m, texts)) for m in made.messages),
        )
