"""How is what somebody said told? Who, when, and the words as they were written, and nothing beyond."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from ....domain.facts import Fact
from ....domain.prose import Ref, Sentence
from ...marks import columns, one_line
from ...spoken import at_clock
from ..assignment import Assignment
from ..candidates.span import Span
from ..candidates.times import RESOLVED, is_relative, times_in
from .groups import Told
from .said import Act, Said
from .speaking import Who, shown
from .statements import LONGEST, quotable
from .wording import Wording

_ENDS = tuple("。.!！?？…")
_PROMISED = ("promised", "next_time")
_NAME = "{name}"
"""Stands where the record knows the speaker: her name there is written by code."""
_NOBODY = {"one": "nobody", "first": "nobody_first", "then": "nobody_then"}
_VERBS = {
    Act.ASKS: "asks",
    Act.QUESTIONS: "questions",
    Act.PROMISES: "promises",
}


class Telling:
    """Writes one assignment's quotations. `anonymous` gives roles in the place of names: outside, a desk speaks."""

    def __init__(self, assignment: Assignment, words: Wording, *, anonymous: bool = False) -> None:
        self._assignment = assignment
        self._words = words
        self._said = words.said
        self._language = assignment.language
        self._anonymous = anonymous
        self._introduced: set[str] = set()
        self._meant = _meant_by_line(assignment)

    def sentence(self, told: Told) -> Sentence:
        """The quotation of one line, or of a trial and its result."""
        lines = [told.sentences[0].line.id]
        pieces: list[str | Ref] = []
        rests: list[str] = []
        if told.result is None:
            pieces += self._part(told.sentences, "one", rests)
        else:
            lines.append(told.result.line.id)
            pieces += self._part(told.sentences, "first", rests)
            pieces += self._part((told.result,), "then", rests)
        if self._is_overdue(told):
            pieces = self._with_overdue(pieces)
        ids = tuple(dict.fromkeys([*lines, *rests]))
        return Sentence(section=told.section, pieces=_merged(pieces), rests_on=ids)

    def _is_overdue(self, told: Told) -> bool:
        """Every moment that a promise names has passed, and nobody said that it was kept."""
        if told.section not in _PROMISED or all(s.act is not Act.PROMISES for s in told.sentences):
            return False
        line = told.sentences[0].line
        named = self._moments_in(quotation(told.sentences), line.at)
        moments = [span.value for span in named if isinstance(span.value, datetime)]
        return bool(moments) and all(at < self._assignment.now for at in moments)

    def _moments_in(self, text: str, at: datetime | None) -> Iterator[Span]:
        return times_in(text, at, self._assignment.zone, self._words.times)

    def _with_overdue(self, pieces: Sequence[str | Ref]) -> list[str | Ref]:
        """Before the stop."""
        stop = self._said.stop.in_language(self._language)
        words = self._said.overdue.in_language(self._language)
        last = pieces[-1]
        bare = last.removesuffix(stop) if isinstance(last, str) else ""
        return [*pieces[:-1], f"{bare}{words}{stop}"]

    def _part(self, said: Sequence[Said], frame: str, rests: list[str]) -> list[str | Ref]:
        one = said[0]
        who = self._who(one)
        quote = quotation(said)
        words = self._frame(one, frame, who is not None)
        meant = [] if frame == "first" else self._explained(said, quote, rests)
        stop = self._said.stop.in_language(self._language)
        end = "" if quote.endswith(_ENDS) or meant else stop
        before, after = words.split("{quote}")
        # The name comes last: whatever somebody calls herself is no place of the frame.
        before = before.replace("{verb}", self._verb(one)).replace("{at}", self._at(one.line.at))
        before = before.replace("{who}", who or "").replace("） ", "）").lstrip()
        after = after.replace("{end}", end)
        known = one.speaker.known
        if known is not None and _NAME in before:
            rests.append(known.id)
        head = _with_name(before, known)
        tail = [*meant, stop] if meant else []
        return [*head, f"{quote}{after}", *tail]

    def _frame(self, one: Said, frame: str, named: bool) -> str:
        if not named and one.line.id in self._assignment.facts:
            return self._said.note.in_language(self._language)
        if not named:
            frame = "outside" if self._anonymous else _NOBODY[frame]
        return self._said.frames[frame].in_language(self._language)

    def _who(self, one: Said) -> str | None:
        """The name, with what she is to the ticket the first time; None where nobody knows it."""
        role = one.who.value
        if self._anonymous:
            told = role in self._said.roles and not one.speaker.guessed
            return self._said.roles[role].in_language(self._language) if told else None
        if not one.line.speaker and one.line.attribution:
            frame = self._said.attributed.in_language(self._language)
            return frame.replace("{who}", one_line(one.line.attribution))
        name = shown(one.line.speaker)
        fact = one.speaker.known
        if not name or fact is None:
            return name or None
        if fact.id in self._introduced:
            return _NAME
        self._introduced.add(fact.id)
        key = "requester" if one.who is Who.REQUESTER else "assignee"
        return self._said.named[key].in_language(self._language).replace("{name}", _NAME)

    def _verb(self, one: Said) -> str:
        key = _VERBS.get(one.act, "says")
        if one.who is Who.REQUESTER and one.act in (Act.REPORTS, Act.FAILED):
            key = "reports"
        if key == "asks" and one.text[-1:] in "?？" and not self._anonymous:
            key = "questions"
        return self._said.verbs[key].in_language(self._language)

    def _at(self, at: datetime | None) -> str:
        if at is None:
            return ""
        assignment = self._assignment
        time = at_clock(at, assignment.now, assignment.zone.key, self._language)
        frame = self._said.at if len(time) == len("10:32") else self._said.on_day
        return frame.in_language(self._language).replace("{time}", time)

    def _explained(self, said: Sequence[Said], quote: str, rests: list[str]) -> list[str | Ref]:
        """For "tomorrow at 10" in a quotation: which moment that is."""
        line = said[0].line
        meant = {s.value for s in self._moments_in(quote, line.at) if is_relative(s)}
        found = [f for f in self._meant.get(line.id, ()) if f.value in meant]
        found = [f for f in found if self._is_far(f.value, line.at)]
        if len(found) != 1:
            return []
        rests.append(found[0].id)
        before, after = self._said.meant.in_language(self._language).split("{value}")
        return [before, Ref(fact=found[0].id), after]

    def _is_far(self, meant: object, at: datetime | None) -> bool:
        """On another day than the words and this text: else the words themselves are plain enough."""
        zone = self._assignment.zone
        if at is None or not isinstance(meant, datetime):
            return False
        day = meant.astimezone(zone).date()
        today = self._assignment.now.astimezone(zone).date()
        return day not in (at.astimezone(zone).date(), today)


def _with_name(text: str, known: Fact | None) -> list[str | Ref]:
    before, mark, after = text.partition(_NAME)
    if not mark or known is None:
        return [text]
    return [piece for piece in (before, Ref(fact=known.id), after) if piece]


def quotation(said: Sequence[Said]) -> str:
    """The sentences as they stand in their line; where that is too long, the decisive part of them."""
    line = one_line(said[0].line.text)
    if len(said) > 1:
        start = line.find(said[0].text)
        end = line.find(said[-1].text, start) + len(said[-1].text)
        whole = line[start:end]
        if start >= 0 and columns(whole) <= LONGEST:
            return _trimmed(whole)
    best = min(said, key=lambda one: (one.act is Act.SAYS, -one.place))
    return _trimmed(quotable(best.text, best.at))


def _trimmed(quote: str) -> str:
    """Without a mark at the end that would clash with the frame's, and without quotation marks that would
    end ours."""
    bare = quote.rstrip("，,、；;：: ")
    if not bare.endswith(("...", "……")):
        bare = bare.rstrip("。.")
    return bare.replace("“", "‘").replace("”", "’")


def _meant_by_line(assignment: Assignment) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = {}
    for fact in assignment.candidates:
        if fact.attribute == RESOLVED:
            found.setdefault(fact.event, []).append(fact)
    return found


def _merged(pieces: Sequence[str | Ref]) -> tuple[str | Ref, ...]:
    merged: list[str | Ref] = []
    for piece in pieces:
        if merged and isinstance(piece, str) and isinstance(merged[-1], str):
            merged[-1] += piece
        elif piece:
            merged.append(piece)
    return tuple(merged)
