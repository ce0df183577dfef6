"""Which words leave when a summary is sent? Its own, with the zone of their times, and no promise that the sending
itself overtakes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...domain.summary import Shown, Summary
from ...drafting.prose.told import whole
from ...policy.summaries import leaves_as
from ..promises import NEXT_UPDATE

_CLOCK = re.compile(r"(?<![\d:：.])\d{1,2}[:：]\d{2}(?!\d)")
_ANNOUNCED = f"f.{NEXT_UPDATE}"


@dataclass(frozen=True, kw_only=True)
class Leaving:
    """What is said, and the sentences of the draft that stay behind."""

    text: str
    left_out: tuple[str, ...] = ()


def leaving(summary: Summary) -> Leaving:
    """A statement brings its readers a new time of the next update, so that a draft's sentence on the old
    one would be wrong as it arrives. A person's words leave to the letter (law 9)."""
    current = summary.current
    if summary.edited is not None or not is_statement(summary):
        return Leaving(text=with_note(current.text, current.time_note))
    stay = [s for s in current.sentences if _is_old_news(s)]
    kept = [(s.section, s.text) for s in current.sentences if not _is_old_news(s)]
    text = whole(kept, summary.language)
    left_out = tuple(s.text for s in stay)
    return Leaving(text=with_note(text, current.time_note), left_out=left_out)


def shows_a_time(text: str) -> bool:
    """A clock time, as code or people write it."""
    return _CLOCK.search(text) is not None


def is_statement(summary: Summary) -> bool:
    """Whether it goes to many, who may read either language, and brings them a time of the next update."""
    return leaves_as(summary.audience) in ("statement", "public_statement")


def _is_old_news(sentence: Shown) -> bool:
    return set(sentence.rests_on) == {_ANNOUNCED}


def with_note(text: str, note: str) -> str:
    """The note as the last line, once, below words that show a time."""
    if not note or note in text or not shows_a_time(text):
        return text
    return f"{text.rstrip()}\n\n{note}"
