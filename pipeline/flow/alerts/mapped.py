"""What another tool sends becomes alerts and events by a mapping file; the same way is tried out, and nothing kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from ...domain.alert import (
    LONGEST_DETAIL,
    LONGEST_KEY,
    Alert,
    labels_of,
    link,
    one_line,
)
from ...domain.cloudevents import Incoming, parse
from ...domain.errors import Malformed, Misconfigured, UnknownThing
from ...domain.unfit_values import in_words, place_of
from ...policy.mapping import Found, PayloadMapping
from ...policy.mapping_entries import load_mapping

_TEXTS = {"title": 300, "detail": LONGEST_DETAIL, "group": 2000}
_GRADES = frozenset({"P1", "P2", "P3", "P4"})
Moment = Callable[[object], datetime | None]


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a payload says: its alerts, its events, and how many items no entry was about."""

    alerts: tuple[Alert, ...]
    events: tuple[Incoming, ...]
    passed_over: int


class Mappings:
    """The mapping files as they are now: a file that was changed counts at once, a wrong one is refused."""

    def __init__(self, files: Callable[[], dict[str, str]]) -> None:
        self._files = files
        self._compiled: dict[tuple[str, str], PayloadMapping] = {}

    def named(self, name: str) -> PayloadMapping:
        """Raises UnknownThing, and Misconfigured with every problem of its file."""
        text = self._files().get(name)
        if text is None:
            known = ", ".join(sorted(self._files()))
            raise UnknownThing(f"there is no mapping {name[:100]}; known: {known}", field="mapping")
        if (name, text) not in self._compiled:
            self._compiled = {k: v for k, v in self._compiled.items() if k[0] != name}
            self._compiled[name, text] = load_mapping(name, text)
        return self._compiled[name, text]

    def all(self) -> dict[str, str]:
        """What is wrong with each, by name; empty where nothing is."""
        found: dict[str, str] = {}
        for name in sorted(self._files()):
            try:
                self.named(name)
                found[name] = ""
            except Misconfigured as wrong:
                found[name] = str(wrong)
        return found

    def text(self, name: str) -> str:
        return self._files().get(name, "")


def told_by(
    mapping: PayloadMapping, payload: Any, source: str, now: datetime, moment: Moment
) -> Told:
    """Raises Malformed with every field at fault: of the mapping's, and of ours."""
    found, passed_over = mapping.read(payload)
    alerts: list[Alert] = []
    events: list[Incoming] = []
    problems: list[tuple[str, str]] = []
    for one in found:
        try:
            if one.type is None:
                alerts.append(_alert(one, moment))
            else:
                events.append(_event(one, source, now, moment))
        except Malformed as wrong:
            problems += wrong.problems
    if problems:
        said = "; ".join(f"{field}: {sentence}" for field, sentence in problems[:10])
        raise Malformed(said, field=problems[0][0], problems=problems[:100])
    return Told(alerts=tuple(alerts), events=tuple(events), passed_over=passed_over)


def _alert(found: Found, moment: Moment) -> Alert:
    given = dict(found.fields)
    labels = given.pop("labels", {})
    if not isinstance(labels, dict):
        raise _wrong(found, "labels", "is no map")
    values: dict[str, Any] = {
        name: one_line(_text(found, name, value), _TEXTS.get(name, LONGEST_KEY))
        for name, value in given.items()
        if name not in ("started_at", "ended_at", "url")
    }
    severity = values.get("severity")
    if severity is not None and severity not in _GRADES:
        # A word of the tool's own: the rules say what it means.
        labels, severity = {**labels, "severity": severity}, None
    values |= {name: _moment(found, name, moment) for name in ("started_at", "ended_at")}
    values |= {"severity": severity, "labels": labels_of(labels), "url": link(given.get("url"))}
    values.setdefault("name", values.get("fingerprint"))
    if values.get("status") == "firing":
        values["ended_at"] = None
    try:
        return Alert.model_validate({k: v for k, v in values.items() if v is not None})
    except ValidationError as wrong:
        raise _malformed(found, wrong) from None


def _event(found: Found, source: str, now: datetime, moment: Moment) -> Incoming:
    given = found.fields
    time = _moment(found, "time", moment) or now
    raw = {
        "specversion": "1.0",
        "id": _text(found, "id", given.get("id", "")),
        "source": source,
        "type": found.type,
        "time": time.isoformat(),
        "data": given.get("data", {}),
    }
    if "number" in given:
        raw["subject"] = _text(found, "number", given["number"])
    return parse(raw, now=now, at=f"{found.at}.")


def _moment(found: Found, name: str, moment: Moment) -> datetime | None:
    try:
        return moment(found.fields.get(name))
    except ValueError as wrong:
        raise _wrong(found, name, str(wrong)) from None


def _text(found: Found, name: str, value: Any) -> str:
    if isinstance(value, dict | list):
        raise _wrong(found, name, "gave a map or a list, not a text")
    return str(value)


def _wrong(found: Found, name: str, sentence: str) -> Malformed:
    field = f"{found.at}.{name}"
    return Malformed(sentence, field=field, problems=[(field, sentence)])


def _malformed(found: Found, wrong: ValidationError) -> Malformed:
    problems = [
        (f"{found.at}.{place_of(e)}", in_words(e))
        for e in wrong.errors(include_url=False, include_input=False)
    ]
    return Malformed(problems[0][1], field=problems[0][0], problems=problems)
