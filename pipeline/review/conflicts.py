"""Where does the record contradict itself? Moments in an impossible order, moments said twice, and lengths that
somebody stated and that the moments do not give. They are shown, never smoothed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from ..domain.directory import Bilingual
from ..domain.events import Event
from ..domain.facts import FactValue
from ..guard.claims.atoms import Lasting
from .spans import Marks, Moment, Span
from .stated import Stated

MINUTE = timedelta(minutes=1)
_BEGINS = (Moment.STARTED, Moment.DETECTED, Moment.DECLARED)
_ENDS: Mapping[str, tuple[Moment, ...]] = {
    "repair": (Moment.REPAIRED, Moment.RESTORED),
    "restore": (Moment.RESTORED, Moment.CONFIRMED),
}
"""What people count from and to differs from house to house: a stated length stands if any of them gives it."""


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """`code` finds its sentence, which takes `values`; `cites` are all that it rests on."""

    code: str
    values: Mapping[str, FactValue] = field(default_factory=dict)
    cites: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Text:
    """What somebody wrote about the incident, and where."""

    words: str
    cite: str


def conflicts_of(
    events: Sequence[Event], marks: Marks, spans: Iterable[Span], stated: Iterable[Stated]
) -> list[Conflict]:
    return [*_turned(spans), *_twice(events), *_stated(marks, stated)]


def _turned(spans: Iterable[Span]) -> Iterator[Conflict]:
    """Something ended before it began."""
    for span in spans:
        if span.is_turned and span.since is not None and span.until is not None:
            values: dict[str, FactValue] = {
                "span": f"span.{span.code}",
                "since": span.since.at,
                "until": span.until.at,
            }
            yield Conflict(code="turned", values=values, cites=span.cites)


def _twice(events: Sequence[Event]) -> Iterator[Conflict]:
    """One moment of one failure, said with two times. A relapse begins another failure."""
    said: dict[str, tuple[Any, str]] = {}
    for event in events:
        data: Any = event.data
        if event.name == "relapsed":
            said.clear()
        for name in ("started_at", "restored_at"):
            at = getattr(data, name, None) if event.name != "relapsed" else None
            if at is None:
                continue
            known = said.get(name)
            if known is not None and abs(known[0] - at) >= MINUTE:
                values = {"moment": f"moment.{name}", "first": known[0], "second": at}
                yield Conflict(code="twice", values=values, cites=(known[1], event.id))
            said[name] = at, event.id


def _stated(marks: Marks, stated: Iterable[Stated]) -> Iterator[Conflict]:
    """A length that no pair of moments gives. Where no pair is on record there is nothing to hold it to."""
    for one in stated:
        lengths = _lengths(marks, one.measure)
        if not lengths or any(_gives(one.length, seconds) for seconds, _ in lengths):
            continue
        seconds, cites = lengths[0]
        values: dict[str, FactValue] = {"words": one.words, "computed": seconds}
        yield Conflict(code="stated", values=values, cites=(one.cite, *cites))


def _lengths(marks: Marks, measure: str) -> list[tuple[int, tuple[str, ...]]]:
    """In seconds, each with what it rests on; the usual pair first."""
    found = []
    for end in _ENDS[measure]:
        for begin in _BEGINS:
            since, until = marks.get(begin), marks.get(end)
            if since is None or until is None:
                continue
            span = Span(code="", since=since, until=until, level=0)  # type: ignore[arg-type]
            if span.seconds is not None:
                found.append((span.seconds, span.cites))
    return found


def _gives(length: Lasting, seconds: int) -> bool:
    """Within what the words leave open, and the minute to which both ends are told."""
    slack = MINUTE.total_seconds()
    return length.low - slack < seconds < length.high + slack


def texts_in(events: Iterable[Event]) -> Iterator[Text]:
    """What people wrote in events, in each of its languages."""
    for event in events:
        for name in ("text", "measures", "fix_summary", "symptom", "action", "summary", "cause"):
            said = getattr(event.data, name, None)
            if isinstance(said, Bilingual):
                yield Text(words=said.zh, cite=event.id)
                yield Text(words=said.en, cite=event.id)
            elif isinstance(said, str):
                yield Text(words=said, cite=event.id)
