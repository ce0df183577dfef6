"""How is an incident told to those who only wait for it? Effect, state, next step, next time.

The record first; what was said only where it is silent, and only words that anybody may read.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from ....domain.facts import ValueKind
from ....domain.prose import Length, Sentence
from ..assignment import SECTIONS, STAKEHOLDER, Assignment
from .clauses import promises_what_they_wait_for
from .cues import TOPIC
from .current import is_over, is_withdrawn
from .fit import is_fit, kinds_judged
from .groups import Told, joined
from .heard import Heard
from .recorded import from_record
from .said import Act, Said
from .speaking import Who
from .standing import is_recovery, overturned, recovers
from .telling import Telling
from .wording import Wording

MOST = {Length.SHORT: 1, Length.NORMAL: 1, Length.LONG: 2}
"""Quoted sentences of a section."""
MOST_OF_RECORD = {Length.SHORT: 1, Length.NORMAL: 3, Length.LONG: 6}
TELLING_TERMS = 4
"""From so many words on a sentence says by itself what it is about."""
FEWEST_TERMS = 2
"""A sentence of less says nothing to those who were not there."""
STALE = timedelta(hours=24)
"""Words about the state that are older than this are not told as the state."""
PAIR = 2
_AHEAD = ("next_step", "next_time")
"""What nobody misses once it is over; "not reported" would read as neglect."""
_TITLE = {"title"}


def for_stakeholders(assignment: Assignment, all_: Heard, words: Wording) -> tuple[Sentence, ...]:
    """What nobody recorded reads "not reported", and never "none"."""
    outside = _Outside(assignment, all_)
    telling = Telling(assignment, words, anonymous=True)
    told = set(outside.quoted)
    sentences: list[Sentence] = []
    for section in SECTIONS[STAKEHOLDER]:
        frames = words.frames[STAKEHOLDER][section]
        most = MOST_OF_RECORD[assignment.length]
        answers = list(from_record(assignment, section, frames, told, most))
        if is_withdrawn(assignment.brief):
            sentences += answers
            continue
        if not _is_answer(answers, assignment):
            answers += [telling.sentence(one) for one in outside.answers(section)]
        settled = section in _AHEAD and is_over(assignment.brief)
        if not answers and not settled and not outside.told_before(section):
            unknown = words.unreported[STAKEHOLDER][section].in_language(assignment.language)
            answers = [Sentence(section=section, pieces=(unknown,))]
        sentences += answers
    return tuple(sentences)


def _is_answer(recorded: Sequence[Sentence], assignment: Assignment) -> bool:
    """A title alone names the matter and says nothing of how it stands."""
    facts = assignment.facts
    told = {facts[i].attribute for s in recorded for i in s.rests_on if i in facts}
    return bool(told - _TITLE)


class _Outside:
    """What was said, for people outside; each sentence answers one question at most."""

    def __init__(self, assignment: Assignment, all_: Heard) -> None:
        over = overturned(all_.said, two_alone=all_.speakers <= PAIR)
        names = {line.speaker for line in assignment.lines} - {""}
        public = {fact.id for fact in assignment.brief.all("public_note")}
        self.quoted = all_.quoted - public
        self._assignment = assignment
        self._standing = [one for one in all_.said if one.place not in over]
        self._fit = {
            one.place
            for one in self._standing
            if is_fit(one.text, kinds_judged(one.cues, one.text), names) and _says_something(one)
        } - {one.place for one in all_.said if one.line.id in public}
        self._told: set[int] = set()

    def answers(self, section: str) -> list[Told]:
        """The newest; of how things stand only the very newest, and none where that is not for outside."""
        found = [one for one in self._standing if self._answers(section, one)]
        if section == "state":
            found = [one for one in found[-1:] if not self._is_doubted(one)]
        found = [one for one in found if one.place in self._fit and one.place not in self._told]
        if section == "effect":
            found = sorted(found, key=_names_the_trouble)[-MOST[self._assignment.length] :]
            found.sort(key=lambda one: one.place)
        groups = joined([Told(section, (one,)) for one in found])[-MOST[self._assignment.length] :]
        self._told.update(one.place for told in groups for one in told.sentences)
        return groups

    def told_before(self, section: str) -> bool:
        """Whether the newest word on how things stand was told already, as the effect."""
        found = [one for one in self._standing if self._answers(section, one)]
        return section == "state" and bool(found) and found[-1].place in self._told

    def _is_doubted(self, one: Said) -> bool:
        """Whether somebody reported something after it was said to work: then nobody knows."""
        later = (s for s in self._standing if s.place > one.place and s.line.id != one.line.id)
        return one.has("worked") and any(s.act is Act.REPORTS for s in later)

    def _answers(self, section: str, one: Said) -> bool:
        recovered = any(s.place > one.place and recovers(s, one) for s in self._standing)
        match section:
            case "effect":
                reported = one.who is Who.REQUESTER and _SYMPTOM in one.cues
                return (reported or one.act in (Act.REPORTS, Act.FAILED)) and not recovered
            case "state":
                is_state = one.act in _STATES or is_recovery(one)
                return is_state and self._is_recent(one)
            case "next_step":
                next_ = one.act is Act.SUGGESTS or _tells_a_wait(one) or _tells_next(one)
                return next_ and not recovered
            case _:
                promises = one.act is Act.PROMISES and promises_what_they_wait_for(one)
                return promises and self._names_a_time(one)

    def _is_recent(self, one: Said) -> bool:
        return one.line.at is None or self._assignment.now - one.line.at <= STALE

    def _names_a_time(self, one: Said) -> bool:
        """A promise of a time that is ahead, or has passed of late, which is told with it; one that names no
        time we can read tells none."""
        times = (
            fact.value
            for fact in self._assignment.candidates
            if fact.event == one.line.id and fact.kind is ValueKind.TIME
        )
        known = [at for at in times if isinstance(at, datetime)]
        # Of a log alone who asks is a guess, and whoever says when there is news is hardly the one.
        asks = one.who is Who.REQUESTER and not one.speaker.guessed
        return not asks and any(at > self._assignment.now - STALE for at in known)


def _says_something(one: Said) -> bool:
    """ "4号店又刷不了了" has few words to compare and tells enough."""
    told = _SYMPTOM in one.cues and one.has_figures
    return len(one.terms) >= FEWEST_TERMS or (told and bool(one.terms))


def _names_the_trouble(one: Said) -> tuple[bool, bool, bool, bool, int]:
    """What does not work, with its thing, its place or number, says more than that something still does not."""
    thing = any(cue.startswith(TOPIC) for cue in one.cues)
    return (
        _SYMPTOM in one.cues,
        "again" not in one.cues,
        thing or len(one.terms) >= TELLING_TERMS,
        one.has_figures or thing,
        one.place,
    )


def _tells_a_wait(one: Said) -> bool:
    """ "Waiting for his answer" tells nothing to those who were not there."""
    return one.act is Act.WAITS and len(one.terms) >= TELLING_TERMS


def _tells_next(one: Said) -> bool:
    return one.act is Act.OPEN and one.has("next_label")


_SYMPTOM = "symptom"
_STATES = frozenset({Act.FAILED, Act.WORKED})
