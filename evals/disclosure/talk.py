"""What was said in a ticket's conversations, and who saw each line? Lines of every level and circle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import product

from pipeline.domain.facts import Fact, Level, ValueKind
from pipeline.domain.keys import major_scope, ticket_scope
from pipeline.domain.prose import Quoted
from pipeline.domain.times import EARLIEST

from .canaries import EVERYBODY, INNER, NOBODY, PUBLIC, TICKET, Canaries, Roles

_CLEARED: dict[Level, Roles] = {
    Level.PUBLIC: EVERYBODY,
    Level.AFFECTED: EVERYBODY - {"public"},
    Level.INTERNAL: INNER,
    Level.RESTRICTED: NOBODY,
}


@dataclass(frozen=True, kw_only=True)
class Talk:
    """Lines before any cut, and candidates found in them. Every other candidate claims to be public: the
    line it was found in says more."""

    lines: tuple[Quoted, ...]
    candidates: tuple[Fact, ...]
    facts: tuple[Fact, ...]
    """One of each level in each circle, beside those of the record, which has none that is restricted."""


def talk(incident: str, number: str, canaries: Canaries, at: datetime) -> Talk:
    dice = canaries.dice
    circles: dict[str | None, Roles] = {
        None: EVERYBODY,
        ticket_scope(incident): TICKET,
        major_scope(incident): PUBLIC,
        ticket_scope("inc_of_others"): NOBODY,
    }
    lines, candidates = [], []
    for n in range(1, dice.randint(4, 12)):
        level, scope = dice.choice(list(Level)), dice.choice(list(circles))
        place = f"line, {level.name.lower()}, {(scope or 'no circle').partition(':')[0]}"
        word = canaries.put(number, place, _CLEARED[level] & circles[scope])
        speaker = f"Bo {word.capitalize()}" if dice.random() < 0.3 else "Service Desk"
        line = Quoted(
            id=f"q.{n}",
            n=n,
            at=at,
            speaker=speaker,
            text=f"{word} 重启后正常" if n % 2 else f"after a restart {word} works",
            level=level,
            scope=scope,
        )
        lines.append(line)
        candidates.append(_candidate(incident, line, word, wider=n % 2 == 0))
    facts: list[Fact] = []
    for level, (scope, known) in product(Level, circles.items()):
        place = f"fact, {level.name.lower()}, {(scope or 'no circle').partition(':')[0]}"
        word = canaries.put(number, place, _CLEARED[level] & known)
        facts.append(_fact(f"f.{len(facts)}", incident, word, level, scope, at, "evt"))
    return Talk(lines=tuple(lines), candidates=tuple(candidates), facts=tuple(facts))


def _candidate(incident: str, line: Quoted, word: str, *, wider: bool) -> Fact:
    level, scope = (Level.PUBLIC, None) if wider else (line.level, line.scope)
    return _fact(f"c.{line.n}", incident, word, level, scope, line.at or EARLIEST, line.id)


def _fact(
    id_: str, incident: str, word: str, level: Level, scope: str | None, at: datetime, event: str
) -> Fact:
    return Fact(
        id=id_,
        what=incident,
        attribute="reported_text",
        kind=ValueKind.TEXT,
        value=f"found {word}",
        level=level,
        scope=scope,
        at=at,
        event=event,
    )
