"""Our own past again through other rules or texts: on a clock that is moved by hand, in a throwaway installation."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import SecretStr

from pipeline.bootstrap import Heliograph, open_replay
from pipeline.domain.cloudevents import Incoming
from pipeline.domain.communication import CommunicationState
from pipeline.domain.errors import (
    HeliographError,
    Malformed,
    Misconfigured,
    Refused,
    misconfigured,
)
from pipeline.domain.portal_events import Attached
from pipeline.flow.drain import Settable, advance, drain
from pipeline.settings import Settings

from .ending import own_folder
from .found_then import finding, shelve
from .past import Past, Ticket, Verdict
from .sent import Sent, sent_about

AFTER = timedelta(days=2)
"""How long it goes on after a ticket's last event: digests, quiet hours and promises come to their end."""
AS_IT_WAS = "as it was decided then"
_NAME = re.compile(r"[\w][\w./+-]{0,199}", re.ASCII)
TEXTS = "texts"
PART = 20
"""Tickets at least that are played together: enough to pay for opening a store, few enough to see progress."""


@dataclass(kw_only=True)
class Played:
    """What would have been sent, and which events could not be played: (number, why)."""

    rows: list[Sent] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)

    def add(self, other: Played) -> None:
        self.rows += other.rows
        self.refused += other.refused


@dataclass(frozen=True, kw_only=True)
class Script:
    """Through which rules and texts (name → text); None for the texts of the settings."""

    rules: Mapping[str, str]
    templates: Mapping[str, str] | None = None


def play(
    past: Past,
    settings: Settings,
    script: Script,
    *,
    until: datetime | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> Played:
    """All tickets, in parts. `progress` is told how many more are done; nothing after `until` is played."""
    whole = Played()
    for part in past.parts(PART):
        whole.add(play_part(part, settings, script, until=until))
        progress(part.total)
    return whole


def play_part(
    past: Past, settings: Settings, script: Script, *, until: datetime | None = None
) -> Played:
    """These tickets together, in one throwaway installation."""
    played = Played()
    steps = sorted((step for ticket in past.tickets for step in _steps(ticket)), key=lambda s: s.at)
    if not steps:
        return played
    with _stage(past, settings, script, steps[0].at - timedelta(minutes=1)) as (app, clock):
        for step in steps:
            advance(clock, step.at, app.steps)
            _take(app, clock, step, played)
            drain(app.steps)
        end = steps[-1].at + AFTER
        advance(clock, end if until is None else max(min(end, until), steps[-1].at), app.steps)
        for number in (ticket.number for ticket in past.tickets if ticket.asked):
            incident = app.queries.incident(number)
            played.rows += sent_about(app, incident) if incident else []
    return played


@dataclass(frozen=True, kw_only=True)
class _Step:
    at: datetime
    ticket: Ticket
    event: Incoming | None = None
    verdict: Verdict | None = None


def _steps(ticket: Ticket) -> Iterator[_Step]:
    for at, incoming in ticket.incoming:
        yield _Step(at=at, ticket=ticket, event=incoming)
    for verdict in ticket.verdicts:
        yield _Step(at=verdict.at, ticket=ticket, verdict=verdict)


def _take(app: Heliograph, clock: Settable, step: _Step, played: Played) -> None:
    if step.event is not None:
        try:
            event = _as_here(app, step.event)
            app.intake.accept([event], finding(step.ticket.found, clock.now()))
        except Refused as refused:
            played.refused.append((step.ticket.number, refused.detail))
    elif step.verdict is not None:
        _decide(app, step.ticket, step.verdict)


def _as_here(app: Heliograph, event: Incoming) -> Incoming:
    """The major incident to which somebody attached a ticket has another id here, and the same number."""
    if not isinstance(event.data, Attached):
        return event
    home = app.queries.incident(event.data.number)
    data = event.data.model_copy(update={"incident": home.id}) if home else event.data
    return event.model_copy(update={"data": data})


def _decide(app: Heliograph, ticket: Ticket, verdict: Verdict) -> None:
    """What a person decided about such a text is decided again; without one that waits, nothing is."""
    for held in app.queries.held():
        incident = app.queries.incident(held.incident)
        same = (held.kind.value, held.audience) == (verdict.kind, verdict.audience)
        if incident is None or incident.number != ticket.number or not same:
            continue
        if held.state is not CommunicationState.HELD:
            continue
        try:
            decide = app.acts.release if verdict.granted else app.acts.discard
            decide(held.id, "replay", AS_IT_WAS)
        except HeliographError:
            continue
        return


@contextmanager
def _stage(
    past: Past, settings: Settings, script: Script, start: datetime
) -> Iterator[tuple[Heliograph, Settable]]:
    """Rules and texts as asked; desk, zone and directory are ours. No chat model is asked, and nobody is told."""
    with own_folder() as home:
        rules = _written(home / "rules", script.rules)
        own_texts = script.templates
        texts = _written(home / TEXTS, own_texts) if own_texts else settings.templates_dir
        own = settings.model_copy(
            update={
                "data_dir": home / "data",
                "database_url": SecretStr(""),
                "rules_dir": rules,
                "templates_dir": texts,
                **dict.fromkeys(("model", "second_model", "chroma_url"), ""),
                "encoder": "none",
                "opinion": "off",
            }
        )
        try:
            app, clock = open_replay(own, start, mail=past.channels - {"page"})
        except Misconfigured as wrong:
            raise _as_given(wrong, home) from None
        try:
            app.acts.load_directory(past.directory)
            app.acts.save_sources(past.sources)
            shelve(app, past.articles, start)
            yield app, clock
        finally:
            app.close()


def _as_given(wrong: Misconfigured, home: Path) -> Misconfigured:
    """By the names that were given: nobody knows this run's own folder, and it is gone by then."""
    problems = []
    for where, said in wrong.problems:
        file, colon, why = said.removeprefix(f"{home / TEXTS}{os.sep}").partition(": ")
        known = said.startswith(f"{home}{os.sep}") and colon
        problems.append((file, why) if known else (where.removeprefix(f"{home}{os.sep}"), said))
    return misconfigured(problems)


def _written(folder: Path, files: Mapping[str, str]) -> Path:
    """Raises Malformed for a name that leads out of the folder."""
    for name, text in files.items():
        path = folder / name
        if not _NAME.fullmatch(name) or not path.resolve().is_relative_to(folder.resolve()):
            raise Malformed(f"{name[:100]} is no name of a file", field="files")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
