"""How do timed messages become lines? Paragraphs, told apart, each quotation once; the oldest give way.

The newest lines are never the ones that are lost: they are made first, until there are enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .clock import Moment
from .entry import Entry
from .heads import has_han, is_name
from .line import Line, Problem, ProblemKind
from .newest import newest_rows
from .sections import Section, sections
from .speakers import Speakers
from .words import words

MOST_LINES = 10_000
MOST_CHARACTERS = 4_000_000
LONGEST_SPEAKER = 100
_IGNORED = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class _Made:
    message: int
    entry: Entry
    moment: Moment
    section: Section


class Lines:
    """The lines of a conversation in its order. `dropped` counts those that were too many."""

    def __init__(self, timed: Sequence[tuple[Entry, Moment]], *, dropped: int = 0) -> None:
        self.dropped = dropped
        self._made = self._newest_first(timed)
        self._originals = {_bare(m.section.text) for m in self._made if not self._is_quoted(m)}
        self._repeated = self._repeats()

    def matched(self, speakers: Speakers, problems: list[Problem]) -> tuple[Line, ...]:
        """With their people; what was found on the way is added to the problems."""
        lines = tuple(self._line(n, made, speakers) for n, made in enumerate(self._made))
        if self.dropped:
            problems.append(Problem(kind=ProblemKind.DROPPED, count=self.dropped))
        doubtful = {
            made.entry.speaker
            for made in self._made
            if len(speakers.candidates(made.entry.speaker, made.entry.keys)) > 1
        }
        if doubtful:
            of = min(doubtful)
            problems.append(Problem(kind=ProblemKind.TWO_CANDIDATES, count=len(doubtful), of=of))
        if lines and not any(line.speaker for line in lines):
            problems.append(Problem(kind=ProblemKind.NO_SPEAKERS))
        return lines

    def _newest_first(self, timed: Sequence[tuple[Entry, Moment]]) -> list[_Made]:
        made: list[_Made] = []
        characters = 0
        for message in range(len(timed), 0, -1):
            entry, moment = timed[message - 1]
            full = len(made) >= MOST_LINES or characters >= MOST_CHARACTERS
            if full:
                self.dropped += _paragraphs(entry.text)
                continue
            text, over = newest_rows(entry.text, on_top=False)
            self.dropped += over
            for section in reversed(sections(text, entry.part, is_mail=entry.is_mail)):
                characters += len(section.text)
                if len(made) >= MOST_LINES or characters > MOST_CHARACTERS:
                    self.dropped += 1
                else:
                    made.append(_Made(message, entry, moment, section))
        made.reverse()
        return made

    def _repeats(self) -> list[bool]:
        """Quotations of what somebody said here, or of what was quoted before."""
        met = set(self._originals)
        repeated: list[bool] = []
        for made in self._made:
            bare = _bare(made.section.text) if self._is_quoted(made) else ""
            repeated.append(bare != "" and bare in met)
            if bare:
                met.add(bare)
        return repeated

    @staticmethod
    def _is_quoted(made: _Made) -> bool:
        return made.section.quoted or made.entry.quoted

    def _line(self, n: int, made: _Made, speakers: Speakers) -> Line:
        entry, moment = made.entry, made.moment
        speaker, found = self._whose(made, speakers)
        attribution = self._attribution(made) if speaker == entry.brought_by else ""
        return Line(
            n=self.dropped + n + 1,
            message=made.message,
            at=moment.at,
            at_as_written=entry.written,
            day_assumed=moment.assumed,
            speaker=attribution or " ".join(speaker.split())[:LONGEST_SPEAKER],
            person=next(iter(found)) if len(found) == 1 else None,
            text=made.section.text,
            part=made.section.part,
            quoted=self._is_quoted(made),
            attribution=attribution,
            repeated=self._repeated[n],
            visible=entry.visible,
        )

    def _whose(self, made: _Made, speakers: Speakers) -> tuple[str, frozenset[str]]:
        """The speaker, and who may be meant."""
        entry = made.entry
        # What somebody quotes with a mark alone is not hers, and whose it is nobody says.
        if made.section.quoted and not entry.quoted:
            return "", frozenset()
        # A quotation that the log has from nobody else could be made up: it is its bringer's, and no
        # person's own words.
        if entry.brought_by and entry.speaker and _bare(made.section.text) not in self._originals:
            return entry.brought_by, frozenset()
        return entry.speaker, speakers.candidates(entry.speaker, entry.keys)

    def _attribution(self, made: _Made) -> str:
        """Both names, where the words are only said to be another's. What cannot be a name is told to nobody:
        anything could stand above them."""
        who, by = (" ".join(n.split()) for n in (made.entry.speaker, made.entry.brought_by))
        repeats = _bare(made.section.text) in self._originals
        if repeats or not self._is_quoted(made) or who == by or not (is_name(who) and is_name(by)):
            return ""
        frame: str = words()["attributed"]["zh" if has_han(by) else "en"]
        before, after = frame.replace("{by}", by).split("{who}")
        return f"{before}{who}{after}"


def _paragraphs(text: str) -> int:
    return sum(1 for _ in _told(text))


def _told(text: str) -> Iterator[str]:
    return (block for block in text.split("\n\n") if block.strip())


def _bare(text: str) -> str:
    """The letters and figures alone: marks and line breaks differ from one quotation to the next."""
    return _IGNORED.sub("", text).casefold()
