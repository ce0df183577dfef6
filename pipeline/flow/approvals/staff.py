"""Whom does an approval speak of? The part of the directory that says who can decide, in three queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...domain.approvals import Approval
from ...domain.directory import Person
from ...policy.approvals import MANAGERS, ApprovalRules, Staff, groups_of
from ...ports import Transaction


def staff_of(
    tx: Transaction,
    source: str,
    approvals: Iterable[Approval],
    rules: ApprovalRules,
    named: Mapping[str, Person] | None = None,
) -> Staff:
    """`named` are people whom the events of this unit of work told of, and no row does yet."""
    places = [place for approval in approvals for _, place in approval.waiting]
    asked = {name for p in places for name in (r.id for r in (p.holder, *p.before))}
    asked |= {p.substitute for p in places if p.substitute}
    people = {**(named or {}), **tx.people(sorted(asked), source=source)}
    away = {a.substitute for person in people.values() for a in person.absences if a.substitute}
    of_rules = [step for step in rules.escalate_to if step != MANAGERS]
    theirs = {group for place in places for group in groups_of(place, people)}
    groups = tx.groups(sorted({*of_rules, *theirs}))
    more = {name for group in groups.values() for name in (*group.managers, *group.members)}
    # Whom a rule or an absence names is somebody of the directory, never of a source's own naming.
    return Staff(people={**people, **tx.people(sorted((more | away) - asked))}, groups=groups)
