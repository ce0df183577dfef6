"""What do those who are asked to release a text have to know of it? Its words as a reader gets them, and what
was found in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from ..domain.agreement import PERSONS, Mode
from ..domain.communication import Communication
from ..domain.directory import LANGUAGES, Bilingual, Language
from ..domain.facts import Fact, FactValue, Level, ValueKind
from ..domain.incident import Incident
from ..domain.lattices import AUDIENCE_KEYS
from ..domain.message import Message, Outbound
from ..drafting.slot_names import LINKS
from ..ports import Transaction
from .finish import finished

ELSEWHERE = "…"
"""Stands for a link that was signed for another reader."""


@dataclass(frozen=True, kw_only=True)
class HeldText:
    """`subject` and `text` as one reader of each language gets them; empty where nobody reads it."""

    communication: Communication
    subject: Bilingual | None
    text: Bilingual | None
    findings: int
    needed: int
    due_at: datetime | None
    asked_at: datetime


def held_text(tx: Transaction, request: Communication) -> HeldText | None:
    """None for what is no request, and for one whose text has been decided on."""
    if request.held is None:
        return None
    held = tx.communication(request.held.communication)
    agreement = tx.agreement(request.held.communication)
    if held is None or agreement is None or agreement.state != "open":
        return None
    as_read = shown(tx, held.id)
    drafts = tx.verdicts(held.id)
    return HeldText(
        communication=held,
        subject=_both({k: v.subject for k, v in as_read.items()}),
        text=_both({k: v.text for k, v in as_read.items()}),
        findings=len({(f.rule, f.form, f.excerpt) for one in drafts for f in one.findings}),
        needed=_needed(agreement.demand.mode),
        due_at=agreement.due_at,
        asked_at=request.created_at,
    )


def _needed(mode: Mode) -> int:
    """How many have to agree; nobody, where it leaves unless somebody stops it."""
    return 0 if mode is Mode.UNLESS_VETOED else PERSONS.get(mode, 1)


def shown(tx: Transaction, communication: str) -> dict[Language, Outbound]:
    """The finished text of one reader in each language, without the links that are hers alone."""
    messages = {m.recipient.language: m for m in reversed(tx.messages_held(communication))}
    texts = tx.renditions(sorted({m.rendition for m in messages.values()}))
    return {
        language: finished(_without_links(messages[language]), texts)
        for language in LANGUAGES
        if language in messages and messages[language].rendition in texts
    }


def held_facts(held: HeldText | None, incident: Incident) -> Iterator[Fact]:
    if held is None:
        return
    c = held.communication
    told = f"to.{c.audience}"
    yield from _fact(held, incident, "held_to", told if told in AUDIENCE_KEYS else None, "state")
    yield from _fact(held, incident, "held_subject", held.subject, "quote")
    yield from _fact(held, incident, "held_text", held.text, "quote")
    yield from _fact(held, incident, "held_findings", held.findings or None, "number")
    yield from _fact(held, incident, "held_needed", held.needed, "number")
    yield from _fact(held, incident, "release_by", held.due_at, "time")


def _fact(
    held: HeldText, incident: Incident, name: str, value: FactValue | None, kind: str
) -> Iterator[Fact]:
    if value is not None:
        yield Fact(
            id=f"f.{name}",
            what=incident.id,
            attribute=name,
            kind=ValueKind(kind),
            value=value,
            level=Level.INTERNAL,
            at=held.asked_at,
            event=held.communication.id,
        )


def _both(written: dict[Language, str]) -> Bilingual | None:
    """Where nobody reads it in one language, its words stay in the other: a quotation is not translated."""
    words = [text for text in written.values() if text.strip()]
    if not words:
        return None
    return Bilingual(zh=written.get("zh") or words[0], en=written.get("en") or words[-1])


def _without_links(message: Message) -> Message:
    kept = {k: ELSEWHERE if k in LINKS else v for k, v in message.values.items()}
    return message.model_copy(update={"values": kept, "english": None})
