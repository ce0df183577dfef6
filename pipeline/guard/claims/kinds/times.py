"""Is every moment one of the record, in its zone, and the moment of what it is told of?

A clock time matches when some recorded moment shows it in the zone that the text names, or, where it
names none, in a zone in which the record is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo

from ..alignment import aligned
from ..atoms import Moment
from ..claim import Claim, Told
from ..index import Known
from ..instants import zone_of
from ..polarity import Polar
from .numbers import agrees

KIND = "time"
ZONE = "zone"
_LOOSE = re.compile(
    r"\b(?:about|around|roughly|approximately|circa|some time|shortly|just|nearly|almost|towards|close to)\b[^.;]{0,14}$|(?:约|大约|大概|近|将近|接近)\s?$",
    re.IGNORECASE,
)
_LOOSE_AFTER = re.compile(r"\s?(?:左右|许|前后|多|出头|刚过|过后不久|or so\b|or thereabouts|-ish)")
_SOON = re.compile(r"\b(?:shortly|just|soon) after\b[^.;]{0,6}$|刚过\s?$", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:shortly|just) before\b[^.;]{0,6}$|将近\s?$", re.IGNORECASE)
_UNTIL = re.compile(
    r"\b(?:since|until|till|by|from|before|after|as of|still|up to)\b[^.;]{0,12}$|(?:截至|截止|直到|到|至|自|从|仍)\s?$",
    re.IGNORECASE,
)
"""A moment up to which, or from which, something held that was measured at another."""
_TIMES = re.compile(
    r"\b(?:all|the|these|every) times?\b|\btimes (?:are|given|shown|in)\b|时间", re.IGNORECASE
)
_SURE = 5.0
"""How much of a clause must be found in other events before its own moment says nothing of it."""
_POINTS = frozenset(
    [
        "act:own",
        "act:assign",
        "act:restart",
        "act:undo",
        "act:deploy",
        "act:replace",
        "act:switch",
        "act:declare",
        "act:escalate",
        "act:approve",
        "act:isolate",
        "act:rebuild",
        "act:reset",
        "act:renew",
        "act:backup",
        "closed",
        "reopened",
        "act:stop",
        "act:start_up",
        "act:convene",
        "act:visit",
        "act:move",
    ]
)
_REPORTING = frozenset({"act:tell", "act:watch", "act:look", "act:verify", "act:ask"})


def times(told: Told) -> Iterator[Claim]:
    yield from _note(told)
    for moment in told.reading.moments:
        if moment.minute is None and moment.day is None and moment.weekday is None:
            continue  # a bare "today"
        yield from _judged(told, moment)


def _note(told: Told) -> Iterator[Claim]:
    """`All times are UTC`: then the text's times without a zone must be those of the record there."""
    reading = told.reading
    marks = reading.within(reading.whole, "zones")
    if len(marks) != 1 or told.moments_in(reading.whole) or not _TIMES.search(reading.text):
        return
    zone = zone_of(marks[0].entry.key)
    bare = [m for r in told.text for m in r.moments if m.minute is not None and m.until is None]
    bare = [m for m in bare if m.zone is None and _matching(told, m, _default_zones(told))]
    if zone and any(not _matching(told, m, [zone]) for m in bare):
        reason = "the record has the text's times in another zone"
        yield told.contradicted(ZONE, marks[0].start, marks[0].end, [], reason)


def _judged(told: Told, moment: Moment) -> Iterator[Claim]:
    named = zone_of(moment.zone)
    zones = [named] if named else _default_zones(told)
    found = _matching(told, moment, zones)
    if not found and not named and told.zones:
        found = _matching(told, moment, _noted(told))
    if not found:
        yield from _missing(told, moment, named)
        return
    wrong = (
        _of_something_else(told, moment, found)
        or _begun_otherwise(told, moment, found)
        or _unpromised(told, moment, found)
        or _measured_otherwise(told, moment, found)
        or _told_of_others(told, moment, found)
    )
    if wrong:
        yield told.contradicted(
            KIND,
            moment.start,
            moment.end,
            [k.statement for k in wrong],
            "the record gives this moment to something else",
        )
    else:
        yield told.supported(
            KIND, moment.start, moment.end, [k.statement for k in _ordered(told, moment, found)]
        )


def _missing(told: Told, moment: Moment, named: tzinfo | None) -> Iterator[Claim]:
    if named is not None and _matching(told, moment, _default_zones(told)):
        yield told.contradicted(
            ZONE, moment.start, moment.end, [], "the record has this time in another zone"
        )
    elif moment.until is not None or (
        moment.weekday is not None and moment.minute is None and moment.day is None
    ):
        yield from _vague(told, moment)
    else:
        yield told.unsupported(KIND, moment.start, moment.end, "the record holds no such moment")


def _vague(told: Told, moment: Moment) -> Iterator[Claim]:
    yield told.unsupported(KIND, moment.start, moment.end, "the record holds nothing of that day")


def _ordered(told: Told, moment: Moment, found: list[Known]) -> list[Known]:
    keys = told.reading.keys_in(told.reading.clause(moment.start))
    return sorted(found, key=lambda k: -len(keys & k.statement.keys))


def _default_zones(told: Told) -> list[tzinfo]:
    return told.index.zones


def _noted(told: Told) -> list[tzinfo]:
    return [z for z in map(zone_of, told.zones) if z is not None]


def _matching(told: Told, moment: Moment, zones: list[tzinfo]) -> list[Known]:
    found: dict[int, Known] = {}
    for zone in zones:
        for known, here in told.index.clocks(zone):
            if _is(told, moment, known, here, zone):
                found[id(known)] = known
    return list(found.values())


def _is(told: Told, moment: Moment, known: Known, here: datetime, zone: tzinfo) -> bool:
    if moment.until is not None and not known.has_minute:
        return _day_fits(told, moment, known, here, zone)  # `last night`, as the record says too
    if moment.minute is not None and (not known.has_minute or not _clock_fits(told, moment, here)):
        return False
    return _day_fits(told, moment, known, here, zone)


def _clock_fits(told: Told, moment: Moment, here: datetime) -> bool:
    said = moment.minute or 0
    at = here.hour * 60 + here.minute
    if moment.until is not None:
        return said <= at <= moment.until or said <= at + 1440 <= moment.until
    apart = (at - said + 720) % 1440 - 720
    if moment.half_day:
        apart = (apart + 360) % 720 - 360
    if apart == 0 or abs(apart) > 15:
        return apart == 0
    text = told.reading.text
    before, after = (
        text[max(0, moment.start - 24) : moment.start],
        text[moment.end : moment.end + 12],
    )
    if _SOON.search(before) or (
        _LOOSE_AFTER.match(after) and after.strip().startswith(("多", "出头", "刚过"))
    ):
        return 0 <= apart <= 15
    if _BEFORE.search(before):
        return -15 <= apart <= 0
    if _LOOSE.search(before) or _LOOSE_AFTER.match(after):
        return said % 5 == 0 and abs(apart) <= (
            12 if said % 60 == 0 else 7 if said % 15 == 0 else 4
        )
    return False


def _day_fits(told: Told, moment: Moment, known: Known, here: datetime, zone: tzinfo) -> bool:
    days = [here.date()]
    if not known.sure_day:
        days.append(here.date() - timedelta(days=1))
    if moment.day is not None:
        year, month, day = moment.day
        return any(
            d.day == day and month in (None, d.month) and year in (None, d.year) for d in days
        ) and (moment.weekday is None or any(d.weekday() == moment.weekday for d in days))
    if moment.days is not None:
        base = told.index.record.now.astimezone(zone).date() + timedelta(days=moment.days)
        if moment.until is not None and here.hour < 6:
            days.append(here.date() - timedelta(days=1))
        return base in days or (
            moment.until is not None
            and moment.until > 1440
            and base + timedelta(days=1) in days
            and here.hour < 6
        )
    return moment.weekday is None or any(d.weekday() == moment.weekday for d in days)


def _of_something_else(told: Told, moment: Moment, found: list[Known]) -> list[Known]:
    """What the clause tells as done at this moment is recorded at another, and nothing like it here."""
    if moment.minute is None or moment.until is not None:
        return []
    done = _done_at(told, moment)
    if done is None:
        return []
    here = [k for k in found if _tells(told, k, done)]
    if here:
        return []
    elsewhere = [k for k in told.index.moments if k.has_minute and _states(k, done)]
    return elsewhere if elsewhere else []


def _measured_otherwise(told: Told, moment: Moment, found: list[Known]) -> list[Known]:
    """The clause gives a number for this moment that the record has of other moments alone."""
    reading = told.reading
    clause = reading.clause(moment.start)
    if moment.until is not None or moment.minute is None or len(told.moments_in(clause)) != 1:
        return []
    if _UNTIL.search(reading.text[max(0, moment.start - 24) : moment.start]):
        return []
    measured = [
        (q, s)
        for claimed in reading.quantities
        if clause[0] <= claimed.start < clause[1] and (claimed.unit or claimed.nouns)
        for q, s in told.index.quantities
        if s.event and agrees(claimed, q) and not told.index.is_limit(q, s)
    ]
    events = {s.event for _, s in measured}
    if not events or events & {k.statement.event for k in found}:
        return []
    elsewhere = [k for k in told.index.moments if k.statement.event in events]
    return [] if any(k.at == f.at for k in elsewhere for f in found) else elsewhere


def _told_of_others(told: Told, moment: Moment, found: list[Known]) -> list[Known]:
    """What the clause says is recorded at other moments, and nothing of it at this one."""
    reading, index = told.reading, told.index
    clause = reading.clause(moment.start)
    if moment.until is not None or moment.minute is None or len(told.moments_in(clause)) != 1:
        return []
    if _UNTIL.search(reading.text[max(0, moment.start - 24) : moment.start]):
        return []
    if told.is_across or not all(k.own for k in found):
        return []
    ranked = aligned(
        reading, clause, index.events, index.weights, without=(moment.start, moment.end)
    )
    here = {k.statement.event for k in found}
    if not ranked or ranked[0][0] < _SURE or any(e.id in here for _, e in ranked):
        return []
    best = {e.id for score, e in ranked if score >= 0.6 * ranked[0][0]}
    return [k for k in index.moments if k.own and k.statement.event in best]


def _begun_otherwise(told: Told, moment: Moment, found: list[Known]) -> list[Known]:
    """Told as the beginning of what the record lets begin at another moment."""
    clause = told.reading.clause(moment.start)
    roles = {m.entry.key for m in told.reading.within(clause, "roles")}
    words = told.reading.words_in(clause)
    if "began" not in roles or not words or any(not k.own for k in found):
        return []
    begun = [k for k in told.index.moments if k.statement.attribute.startswith(("start", "began"))]
    same = [k for k in begun if all(w.keys & told.index.around(k.statement) for w in words)]
    return [] if any(k.at == f.at for k in same for f in found) else same


def _done_at(told: Told, moment: Moment) -> Polar | None:
    """The nearest act or state of a single moment in the moment's clause."""
    clause = told.reading.clause(moment.start)
    if moment.end - moment.start >= clause[1] - clause[0] - 6 or not told.reading.keys_in(clause):
        return None
    near = [
        p
        for p in told.polars
        if p.clause == clause
        and not p.loose
        and (p.group in _POINTS or p.state in ("restored", "resolved", "closed"))
        and not p.denied
    ]
    others = [m for m in told.reading.moments if told.reading.clause(m.start) == clause]
    roles = {m.entry.key for m in told.reading.within(clause, "roles")}
    if len(others) != 1 or len(near) != 1 or "began" in roles:
        return None
    return near[0]


def _tells(told: Told, known: Known, done: Polar) -> bool:
    """Whether anything said at that moment, or about it, tells this too."""
    statement = known.statement
    if any(p.group == done.group and p.sign == done.sign for p in statement.polars):
        return True
    if statement.event and any(
        p.group == done.group and p.sign == done.sign
        for s in told.index.of_event(statement.event)
        for p in s.polars
    ):
        return True
    said = {k for k in told.reading.keys_in(done.clause) if ":" not in k}
    return bool(said & statement.keys) and not done.state


def _states(known: Known, done: Polar) -> bool:
    if known.own and known.statement.reading.moments:
        return False
    return any(
        p.group == done.group and p.sign == done.sign and not p.loose and p.state == done.state
        for p in known.statement.polars
    )


def _unpromised(told: Told, moment: Moment, found: list[Known]) -> list[Known]:
    """A moment still to come is told only as what was promised for it."""
    roles = {m.entry.key for m in told.reading.within(told.reading.clause(moment.start), "roles")}
    if "next_update" not in roles or moment.minute is None:
        return []
    promised = [k for k in told.index.moments if not k.own and _is_promise(k)]
    ahead = [k for k in promised if k.at > told.index.record.now] or promised
    return [] if not ahead or any(k in ahead for k in found) else ahead


def _is_promise(known: Known) -> bool:
    reading = known.statement.reading
    if known.statement.attribute in (
        "next_update",
        "promised_at",
        "scheduled_at",
        "deadline",
        "decision_at",
        "starts_at",
        "ends_at",
    ):
        return True
    return bool(
        [
            m
            for m in reading.marks
            if m.entry.category in ("future", "conditions") or m.entry.key == "next_update"
        ]
    )
