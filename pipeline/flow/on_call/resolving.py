"""A rule names an on-call calendar: who is told, at the moment of the decision, and why these?

Nobody is left untold: while nobody has it the calendar's group is told in their place, and where there is no such
calendar whoever else the rule names.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ...domain.communication import Communication, OnCall, Reason
from ...domain.directory import Person
from ...domain.rota import Rota, Shift, is_stale
from ...policy.audiences import Wanted
from ...ports import Alarm, Transaction


def to_those_on_call(
    tx: Transaction, planned: Communication, rota_id: str | None, now: datetime
) -> Communication:
    """The same, with who has it; as it is where the rule names no calendar."""
    if rota_id is None:
        return planned
    on_call = who_has_it(tx, rota_id, now)
    if not on_call.people:
        tx.raise_alarm(_alarm(planned, on_call, now))
    return planned.model_copy(update={"on_call": on_call})


def on_call_now(tx: Transaction, rota_id: str, now: datetime) -> Wanted | None:
    """Whom a rule that names this calendar would tell; None where there is no such calendar."""
    return wanted_of(who_has_it(tx, rota_id, now))


def wanted_of(on_call: OnCall | None) -> Wanted | None:
    if on_call is None or not (on_call.people or on_call.group):
        return None
    return Wanted(people=on_call.people, groups=(on_call.group,) if on_call.group else ())


def who_has_it(tx: Transaction, rota_id: str, now: datetime) -> OnCall:
    rota = tx.rota(rota_id)
    if rota is None:
        return OnCall(rota=rota_id, why=Reason(code="on_call_unknown", values={"rota": rota_id}))
    shifts = tx.shifts_at(rota_id, now)
    known = tx.people([shift.person for shift in shifts if shift.person])
    here = [(s, known[s.person]) for s in shifts if s.person in known and known[s.person].active]
    if not here:
        return _nobody(rota, shifts)
    people, names = _with_substitutes(tx, [person for _, person in here], now)
    until = min(shift.ends_at for shift, _ in here)
    values = {"rota": rota.id, "names": ", ".join(names), "promised_at": until.isoformat()}
    code = "on_call_now"
    if is_stale(rota, now) and rota.read_at is not None:
        code, values = "on_call_stale", values | {"read_at": rota.read_at.isoformat()}
    return OnCall(rota=rota.id, people=tuple(people), why=Reason(code=code, values=values))


def _nobody(rota: Rota, shifts: Sequence[Shift]) -> OnCall:
    """A gap, or somebody whom nobody knows here, or who has left."""
    values = {"rota": rota.id, "group": rota.fallback}
    code = "on_call_nobody"
    if shifts:
        names = dict.fromkeys(shift.said for shift in shifts)
        code, values = "on_call_stranger", values | {"names": ", ".join(names)}
    return OnCall(rota=rota.id, group=rota.fallback, why=Reason(code=code, values=values))


def _with_substitutes(
    tx: Transaction, having: Sequence[Person], now: datetime
) -> tuple[list[str], list[str]]:
    """Ids, and names: whoever is away is told all the same, and their substitute too."""
    away = {p.id: p.absence_at(now) for p in having}
    wanted = [a.substitute for a in away.values() if a is not None and a.substitute]
    found = [p for p in tx.people(wanted).values() if p.active] if wanted else []
    everybody = {person.id: person.name for person in (*having, *found)}
    return list(everybody), list(everybody.values())


def _alarm(planned: Communication, on_call: OnCall, now: datetime) -> Alarm:
    """Once for a calendar, until somebody has looked: a night without anybody would else raise dozens."""
    return Alarm(
        key=f"on_call:{on_call.rota}",
        code=on_call.why.code,
        values=on_call.why.values,
        raised_at=now,
        incident=planned.incident,
    )
