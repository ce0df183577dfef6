"""Where may something leak? Every brief, everything that a model is given, and every text that is drafted or
sent, each looked at for canaries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

import prompts
from pipeline.bootstrap import Heliograph
from pipeline.domain.communication import Kind
from pipeline.domain.directory import LANGUAGES
from pipeline.domain.errors import MissingVariable
from pipeline.domain.events import Event
from pipeline.domain.facts import Audience, Brief
from pipeline.domain.folding import fold
from pipeline.domain.incident import Incident
from pipeline.drafting.brief import make_brief
from pipeline.drafting.pieces import Lookup
from pipeline.drafting.prose.assignment import SECTIONS, Assignment
from pipeline.drafting.prose.contract import Contract
from pipeline.drafting.prose.cutting import assigned
from pipeline.drafting.record import facts_of
from pipeline.drafting.redaction import redact
from pipeline.policy.audiences import ROLES, audience_of

from .canaries import Canaries
from .talk import Talk

KINDS = (*SECTIONS, Kind.UPDATE.value)
"""Those of summaries, and one of messages: all of these are asked for with the same words."""
ZONE = ZoneInfo("Asia/Shanghai")
Door = Callable[..., Assignment]


@dataclass(frozen=True, kw_only=True)
class Cuts:
    """What is judged; a test puts a wrong one in its place, which has to be found."""

    audience: Callable[[str, Incident], Audience] = audience_of
    door: Door = assigned


@dataclass(frozen=True, kw_only=True)
class Leak:
    """Where a canary stood that its reader may not know. `kind` is the kind of text."""

    where: str
    number: str
    audience: str
    kind: str
    place: str
    word: str


@dataclass(kw_only=True)
class Seen:
    """What was looked at, and what was found there."""

    canaries: Canaries
    leaks: list[Leak] = field(default_factory=list)
    looked: Counter[str] = field(default_factory=Counter)
    met: Counter[str] = field(default_factory=Counter)
    """Canaries that stood where they may: a sign that the looking works."""

    def look(self, where: str, number: str, role: str, kind: str, text: str) -> None:
        self.looked[where] += 1
        escaped = list(self.canaries.escaped(text, number, role))
        self.met[where] += self.canaries.seen(text) - len(escaped)
        for canary in escaped:
            self.leaks.append(
                Leak(
                    where=where,
                    number=number,
                    audience=role,
                    kind=kind,
                    place=canary.place,
                    word=canary.word,
                )
            )


def look_at_briefs(
    seen: Seen, events: Sequence[Event], lookup: Lookup, talk: Talk, cuts: Cuts, now: datetime
) -> None:
    """After each event, for each audience; what a model would be given of the last of them, as well."""
    for incident in _states(events):
        facts = (*facts_of(incident, lookup), *talk.facts)
        for role in ROLES:
            try:
                brief = make_brief(facts, cuts.audience(role, incident), {})
            except MissingVariable:
                continue  # they may not even know its number: there is no text for them
            seen.look("brief", incident.number, role, "", brief.model_dump_json())
            if incident.version == len(events):
                _look_at_prompts(seen, role, brief, talk, cuts.door, now)


def _states(events: Sequence[Event]) -> Iterator[Incident]:
    incident: Incident | None = None
    for event in events:
        incident = fold(incident, event)
        yield incident


def _look_at_prompts(
    seen: Seen, role: str, brief: Brief, talk: Talk, door: Door, now: datetime
) -> None:
    for language in LANGUAGES:
        for kind in KINDS:
            assignment = door(
                brief,
                talk.lines,
                talk.candidates,
                kind=kind,
                language=language,
                now=now,
                zone=ZONE,
            )
            if kind == KINDS[0]:
                redacted, hidden = redact(assignment)
                # The kind changes the instructions alone: what it is given is redacted once.
                placeholders = {name: one.original for name, one in hidden.items()}
                prompt = _prompt(redacted, placeholders)
                seen.look("prompt", brief.number, role, f"{kind}, redacted", prompt)
            seen.look("prompt", brief.number, role, kind, _prompt(assignment))


def _prompt(assignment: Assignment, placeholders: Mapping[str, str] | None = None) -> str:
    """Every word that a model is asked with."""
    question = _contract().asked(assignment, placeholders)
    return "\n".join(turn.text for turn in question.turns)


@cache
def _contract() -> Contract:
    return Contract(prompts.read_texts(prompts.ROOT))


def look_at_messages(seen: Seen, app: Heliograph, incident: Incident) -> None:
    """Every rendition, sent or held, and every message as its recipient has it."""
    communications = {c.id: c for c in app.queries.communications(incident.id)}
    for c in communications.values():
        for draft in app.queries.drafts(c.id):
            for r in draft.renditions:
                text = f"{r.subject}\n{r.text}\n{r.html or ''}"
                seen.look("message", incident.number, c.audience, c.kind.value, text)
    for message in app.queries.messages(incident_id=incident.id, limit=10_000):
        of = communications[message.contents[0]]
        out = app.preview(message)
        text = f"{out.subject}\n{out.text}\n{out.html or ''}"
        seen.look("message", incident.number, of.audience, of.kind.value, text)
