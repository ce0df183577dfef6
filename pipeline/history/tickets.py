"""Which ticket does a row tell of? One with a number, a title and a time that has been; else it is broken, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from pydantic import ValidationError

from ..domain.history import (
    LONGEST_FIX,
    LONGEST_TEXT,
    LONGEST_TITLE,
    Broken,
    BrokenCode,
    PastTicket,
    past_id,
)
from .lines import Lines
from .moments import Ambiguous, Dates, moment
from .naming import REQUIRED, Naming, naming
from .rows import Row, rows

_UNREADABLE = "\ufffd"
_HALF = re.compile(r"[\ud800-\udfff]")
"""Half a character, which JSON can write and nothing can keep."""
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_LINK = re.compile(r"https?://[^\s\"<>]+")
_LONGEST_NAME = 200


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How a file is to be read. `now` is when it is read: nothing can have happened later. `columns` is field →
    column, for those that are not known by name; `erased` are words that had to go since the file was sent up,
    with what stands in their place. Raises ValueError for a field that there is not."""

    source: str
    zone: tzinfo
    now: datetime
    dates: Dates = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    erased: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        naming(self.columns)

    def tickets(self, lines: Lines) -> Iterator[tuple[int, PastTicket] | Broken | Twice]:
        """Each with the line at which it begins. Raises Refused for a file of which no row can be read."""
        names, seen = naming(self.columns), set[int]()
        for row in rows(lines, names):
            found = self._ticket(row, names) if isinstance(row, Row) else self._told(row)
            if isinstance(found, Broken):
                yield found
                continue
            key = int(past_id(found.source, found.number)[-16:], 16)
            if key in seen:
                yield Twice(line=row.line, number=found.number)
            else:
                seen.add(key)
                yield row.line, found

    def _ticket(self, row: Row, names: Naming) -> PastTicket | Broken:
        picked = names.picked(row.told).items()
        said = {name: self._without(_cleaned(told)) for name, told in picked}
        try:
            return self._checked(said)
        except _Wrong as wrong:
            value = said.get(wrong.field, "")[:80]
            return Broken(line=row.line, code=wrong.code, field=wrong.field, value=value)

    def _told(self, broken: Broken) -> Broken:
        return broken.model_copy(update={"value": self._without(broken.value)})

    def _without(self, told: str) -> str:
        for word in sorted(self.erased, key=len, reverse=True):
            told = told.replace(word, self.erased[word])
        return told

    def _checked(self, said: Mapping[str, str]) -> PastTicket:
        for name in REQUIRED:
            if not said.get(name):
                raise _Wrong("missing", name)
        for name in ("number", "title"):
            if _UNREADABLE in said[name]:
                raise _Wrong("characters", name)
        if len(said["number"]) > _LONGEST_NAME:
            raise _Wrong("too_long", "number")
        opened, ended = self._moment(said, "opened_at"), None
        if said.get("ended_at"):
            ended = self._moment(said, "ended_at")
            if ended < opened:
                raise _Wrong("ends_before", "ended_at")
        return self._made(said, opened, ended)

    def _moment(self, said: Mapping[str, str], name: str) -> datetime:
        try:
            at = moment(said[name], self.zone, self.dates)
        except Ambiguous:
            raise _Wrong("ambiguous_date", name) from None
        except (ValueError, OverflowError):
            raise _Wrong("not_a_time", name) from None
        if at > self.now:
            raise _Wrong("future", name)
        return at

    def _made(
        self, said: Mapping[str, str], opened: datetime, ended: datetime | None
    ) -> PastTicket:
        url = said.get("url", "")
        try:
            return PastTicket(
                source=self.source,
                number=" ".join(said["number"].split()),
                title=" ".join(said["title"].split())[:LONGEST_TITLE],
                opened_at=opened,
                ended_at=ended,
                text=said.get("text", "")[:LONGEST_TEXT],
                fix=said.get("fix", "")[:LONGEST_FIX],
                cause=said.get("cause", "")[:LONGEST_FIX],
                url=url if _LINK.fullmatch(url) else None,
                **{name: said.get(name, "")[:_LONGEST_NAME] for name in _SHORT},
            )
        except ValidationError as wrong:
            raise _Wrong("characters", str(wrong.errors()[0]["loc"][0])) from None


@dataclass(frozen=True, kw_only=True)
class Twice:
    """A number that stood in the file before: the first one counts."""

    line: int
    number: str


class _Wrong(Exception):
    def __init__(self, code: BrokenCode, name: str) -> None:
        super().__init__(code)
        self.code, self.field = code, name


_SHORT = ("service", "category", "site")


def _cleaned(told: str) -> str:
    return _UNSEEN.sub(" ", _HALF.sub(_UNREADABLE, told).replace("\r\n", "\n")).strip()
