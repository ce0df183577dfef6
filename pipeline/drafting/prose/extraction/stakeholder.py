"""How is an incident told to those who only wait for it? Effect, state, next step, next time.

The record first; what was said only where it is silent, and only words that anybody may read.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from ....domain.facts import ValueKind
from ....domain.prose import Length, Sentence
from ..assignment import SECTIONS, STAKEHOLDER, Assignment
from .chosen import Told, joined
from .cues import Cues
from .fit import is_fit
from .heard import heard
from .recorded import from_record
from .said import Act, Said
from .speaking import Who
from .standing import is_recovery, overturned
from .telling import Telling
from .wording import Wording

MOST = {Length.SHORT: 1, Length.NORMAL: 1, Length.LONG: 2}
"""Quoted sentences of a section."""
MOST_OF_RECORD = {Length.SHORT: 1, Length.NORMAL: 3, Length.LONG: 6}
STALE = timedelta(hours=24)
"""Words about the state that are older than this are not told as the state."""
_TITLE = {"title"}


def for_stakeholders(assignment: Assignment, cues: Cues, words: Wording) -> tuple[Sentence, ...]:
    """What nobody recorded reads "not reported", and never "none"."""
    all_ = heard(assignment, cues)
    over = overturned(all_.said, two_alone=all_.speakers <= 2)
    names = {line.speaker for line in assignment.lines} - {""}
    fit = [one for one in all_.said if is_fit(one.text, cues.find(one.text), names)]
    telling = Telling(assignment, words, anonymous=True)
    told = set(all_.quoted) - {f.id for f in assignment.brief.all("public_note")}
    sentences: list[Sentence] = []
    for section in SECTIONS[STAKEHOLDER]:
        frames = words.frames[STAKEHOLDER][section]
        recorded = list(from_record(assignment, section, frames, told))
        sentences += recorded[: MOST_OF_RECORD[assignment.length]]
        if not _is_answer(recorded, assignment):
            quoted = [telling.sentence(o) for o in _said(section, fit, over, assignment)]
            sentences += quoted
            recorded += quoted
        if not recorded:
            unknown = words.unreported[STAKEHOLDER][section].in_language(assignment.language)
            sentences.append(Sentence(section=section, pieces=(unknown,)))
    return tuple(sentences)


def _is_answer(recorded: Sequence[Sentence], assignment: Assignment) -> bool:
    """A title alone names the matter and says nothing of how it stands."""
    facts = assignment.facts
    told = {facts[i].attribute for s in recorded for i in s.rests_on if i in facts}
    return bool(told - _TITLE)


def _said(
    section: str, fit: Sequence[Said], over: frozenset[int], assignment: Assignment
) -> list[Told]:
    standing = [one for one in fit if one.place not in over]
    found = [one for one in standing if _answers(section, one, standing, assignment)]
    groups = joined([Told(section, (one,)) for one in found])
    return groups[-MOST[assignment.length] :]


def _answers(section: str, one: Said, standing: Sequence[Said], assignment: Assignment) -> bool:
    recovered = any(is_recovery(later) and later.place > one.place for later in standing)
    match section:
        case "effect":
            return one.act in (Act.REPORTS, Act.FAILED) and not recovered
        case "state":
            is_state = one.act in _STATES or is_recovery(one)
            return is_state and not recovered and _is_recent(one, assignment)
        case "next_step":
            return one.act in (Act.SUGGESTS, Act.WAITS) and not recovered
        case _:
            return one.act is Act.PROMISES and _is_ahead(one, assignment)


_STATES = frozenset({Act.FAILED, Act.WORKED, Act.KEEPS, Act.WAIT_OVER})


def _is_recent(one: Said, assignment: Assignment) -> bool:
    return one.line.at is None or assignment.now - one.line.at <= STALE


def _is_ahead(one: Said, assignment: Assignment) -> bool:
    """A promise of a time that has not passed; one that names no time we can read tells none."""
    times = [
        fact.value
        for fact in assignment.candidates
        if fact.event == one.line.id and fact.kind is ValueKind.TIME
    ]
    known = [at for at in times if isinstance(at, datetime)]
    return one.who is not Who.REQUESTER and any(at > assignment.now for at in known)
