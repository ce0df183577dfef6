"""What was told, a row for each message: whole texts, and where every value of them comes from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from pipeline.bootstrap import Heliograph
from pipeline.domain.communication import Communication, Form, Rendition
from pipeline.domain.directory import Language
from pipeline.domain.events import Event
from pipeline.domain.folding import fold
from pipeline.domain.incident import Incident
from pipeline.domain.keys import rendition_key
from pipeline.domain.message import Message, MessageState
from pipeline.domain.times import Instant, to_text
from pipeline.drafting.personal import fill
from pipeline.flow.promises import NEXT_UPDATE
from pipeline.ports import Transaction


class TracedValue(BaseModel):
    """A value that the text shows: the slot, the words, the fact behind it, and the place in the
    history that the fact comes from (`ID/N`, the N-th statement, from 0). What the desk itself knows
    (its number, its name, the times of its own messages) has no such place."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    slot: str
    value: str
    fact: str | None
    source: str | None


class Row(BaseModel):
    """One message as its recipient got it. `at` and `promised_at` are RFC 3339 in UTC."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    incident: str
    kind: str
    audience: str
    language: Language
    channel: str
    recipient: str
    at: Instant
    phase: str = Field(description="How far the repair had come when it was told.")
    subject: str
    body: str
    short: str = Field(description="The same as a text message.")
    values: tuple[TracedValue, ...]
    promised_at: Instant | None = Field(description="The next update that it promises.")
    template: str
    reason: str = Field(description="Why it was told.")

    def as_json(self) -> dict[str, Any]:
        found = self.model_dump(mode="json")
        for name in ("at", "promised_at"):
            moment: datetime | None = getattr(self, name)
            found[name] = to_text(moment) if moment else None
        return found


def schema() -> dict[str, Any]:
    """The JSON Schema of a row."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A message of a replay",
        **{k: v for k, v in Row.model_json_schema().items() if k != "title"},
    }


def rows_of(app: Heliograph, incident: Incident) -> Iterator[Row]:
    """Every message of one incident that was handed over, oldest first."""
    with app.store.read() as tx:
        events = tx.stream(incident.id)
        known = {c.id: c for c in app.queries.communications(incident.id)}
        messages = _sent(app, incident)
        texts = _texts(tx, messages)
    promised = {
        p.communication: p.promised_at
        for p in app.queries.promises(incident.id)
        if p.what == NEXT_UPDATE
    }
    times, phases = _phases(events)
    sources = {event.id: event.source_id.rpartition("/")[0] for event in events}
    for message in messages:
        phase = phases[bisect_right(times, message.created_at) - 1]
        told = _row(app, message, known[message.bundle], texts, phase, sources, promised)
        yield told.model_copy(update={"incident": incident.number})


def _sent(app: Heliograph, incident: Incident) -> list[Message]:
    states = (MessageState.DELIVERED.value,)
    found = app.queries.messages(incident_id=incident.id, states=states, limit=1_000_000)
    return sorted(found, key=lambda m: (m.created_at, m.bundle, m.recipient.key))


def _texts(tx: Transaction, messages: Sequence[Message]) -> Mapping[str, Rendition]:
    wanted = {name for m in messages for name in (m.rendition, _short_of(m))}
    return tx.renditions(sorted(wanted))


def _short_of(message: Message) -> str:
    communication, revision, language, _ = message.rendition.rsplit(".", 3)
    return rendition_key(communication, int(revision), language, Form.SHORT.value)


def _row(
    app: Heliograph,
    message: Message,
    c: Communication,
    texts: Mapping[str, Rendition],
    phase: str,
    sources: Mapping[str, str],
    promised: Mapping[str, datetime],
) -> Row:
    rendition, short = texts[message.rendition], texts[_short_of(message)]
    finished = fill(rendition, message.values)
    return Row(
        incident=c.incident,
        kind=c.kind.value,
        audience=c.audience,
        language=message.recipient.language,
        channel=message.recipient.channel,
        recipient=message.recipient.key,
        at=message.created_at,
        phase=phase,
        subject=finished.subject,
        body=finished.text,
        short=fill(short, message.values).text,
        values=tuple(_traced(rendition, message, sources)),
        promised_at=promised.get(c.id),
        template=f"{rendition.template}@{rendition.template_version}",
        reason=app.library.reason(c.reason, "en"),
    )


def _traced(
    rendition: Rendition, message: Message, sources: Mapping[str, str]
) -> Iterator[TracedValue]:
    for value in rendition.values:
        yield TracedValue(
            slot=value.slot,
            value=message.values.get(value.slot, "") if value.personal else value.text,
            fact=value.fact,
            source=sources.get(value.event or ""),
        )


def _phases(events: Sequence[Event]) -> tuple[list[datetime], list[str]]:
    """Since when each phase stood, by the time at which we heard of it."""
    incident: Incident | None = None
    times, phases = [], []
    for event in events:
        incident = fold(incident, event)
        times.append(event.recorded_at)
        phases.append(incident.major.phase.value.value if incident.major else "")
    return times, phases
