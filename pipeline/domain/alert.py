"""What does a monitor say of one alert, whatever monitor it is? And what is kept of it between its messages?"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal
from unicodedata import category

from .directory import Key, Text, Value
from .lattices import Impact
from .major_events import Severity
from .payload import Line, Link
from .times import Instant, to_text

LONGEST_KEY, LONGEST_LINE, LONGEST_DETAIL = 200, 300, 4000
MOST_LABELS, LONGEST_LABEL = 64, 1000
OLDEST = timedelta(days=365)
"""An alert that is said to fire for longer is of a clock that is wrong."""
_BLANKS = re.compile(r"\s+")
_LINK = re.compile(r"https?://[^\s\"<>]{1,1990}")


class Alert(Value):
    """One alert as its monitor tells of it. `fingerprint` is the same for the same thing that fires, `name`
    is shared by those that mean the same of several things; `group` is what the monitor put together."""

    fingerprint: Key
    name: Key
    status: Literal["firing", "resolved"]
    title: Line
    started_at: Instant | None = None
    """As the monitor says, whatever its clock; None where it says nothing."""
    ended_at: Instant | None = None
    labels: dict[str, str] = {}
    detail: Text | None = None
    url: Link | None = None
    group: str = ""
    service: str | None = None
    severity: Severity | None = None
    impact: Impact | None = None

    @property
    def firing(self) -> bool:
        return self.status == "firing"

    def identity(self, source: str) -> str:
        """The same for the same step of the same alert, however often a monitor sends it."""
        began = to_text(self.started_at) if self.started_at else ""
        said = "\x1f".join([source, self.fingerprint, began, self.status])
        return hashlib.sha256(said.encode()).hexdigest()


class KnownAlert(Value):
    """The row of an alert. `held_by` is the planned maintenance that keeps it back, `due_at` when somebody has to
    look at it again, `changes` its newest turns between firing and quiet, `flapping` that they are not told."""

    source: Key
    alert: Alert
    changed_at: Instant
    seen_at: Instant
    service: Key | None = None
    severity: Severity | None = None
    incident: Key | None = None
    held_by: Key | None = None
    held_number: str = ""
    due_at: Instant | None = None
    changes: tuple[Instant, ...] = ()
    flapping: bool = False

    @property
    def firing(self) -> bool:
        return self.alert.firing

    @property
    def circle(self) -> str:
        """What its monitor puts together with it, else all of its name: of one source, cut to what a key holds."""
        together = self.alert.group or self.alert.name
        return hashlib.sha256(f"{self.source}\x1f{together}".encode()).hexdigest()


def one_line(text: object, most: int = LONGEST_LINE) -> str:
    """As one line of visible characters, cut to `most`; empty where nothing is left. A monitor's labels hold
    whatever a program printed: line breaks, colours, marks that turn the order of a text."""
    seen = "".join(" " if category(c)[0] == "C" else c for c in str(text)[: most * 4])
    line = _BLANKS.sub(" ", seen).strip()
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def link(text: object) -> str | None:
    """The address, where it is one that may be shown as a link."""
    return text if isinstance(text, str) and _LINK.fullmatch(text) else None


def labels_of(raw: Mapping[str, object]) -> dict[str, str]:
    """Cleaned, and no more than anybody would read."""
    kept = sorted(raw.items())[:MOST_LABELS]
    return {one_line(k, LONGEST_KEY): one_line(v, LONGEST_LABEL) for k, v in kept}


def within_reason(moment: datetime | None, now: datetime) -> datetime:
    """A monitor's time as far as it can be true: not ahead of us, not of another age; else now."""
    if moment is None or moment > now or moment < now - OLDEST:
        return now
    return moment
