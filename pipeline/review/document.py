"""What does one edition of a report hold, section by section? Values alone: who shows it decides how it looks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from ..domain.facts import Audience, Fact, FactValue, Level
from ..domain.report import SECTIONS, Action, ActionState, Edition, Section
from ..drafting.spoken import day_words, duration, zone_words
from .conflicts import Conflict
from .happening import Row
from .spans import Kept, Mark, Span
from .words import Reader, ReportWords

_EFFECT = (
    *("service", "severity", "impact", "symptom", "scope", "not_affected", "customer_effect"),
    *("duration", "relapsed_times", "data", "data_loss", "limits"),
)
_OF_EFFECT = {Edition.OUTSIDE: frozenset({"severity", "customer_effect"})}
"""What an edition leaves out although its readers might know it: a severity is a word of the house."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """`cites` are the sources of each row, in its order."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    cites: Sequence[Sequence[str]] = ()


@dataclass(frozen=True, kw_only=True)
class Block:
    """A section: its heading, what a person (or a draft) wrote in Markdown, and what code says."""

    section: Section
    heading: str
    written: str = ""
    lines: Sequence[str] = ()
    table: Table | None = None
    empty: str = ""


@dataclass(frozen=True, kw_only=True)
class Document:
    title: str
    subtitle: str
    note: str
    reader: Reader
    blocks: Sequence[Block]


@dataclass(frozen=True, kw_only=True)
class Material:
    """What a report is made of, uncut. `facts` and `rows` carry who may know them; what `is_blaming` finds is
    left out of a timeline, which says so."""

    number: str
    title: str
    facts: Sequence[Fact]
    rows: Sequence[Row]
    spans: Sequence[Span]
    kept: Kept
    conflicts: Sequence[Conflict]
    gaps: Sequence[str]
    actions: Sequence[Action] = ()
    owners: Mapping[str, str] = field(default_factory=dict)
    tickets: int = 0
    is_blaming: Callable[[str], bool] = lambda _words: False


@dataclass(frozen=True, kw_only=True)
class Cut:
    """For whom it is written: an edition, and what its readers may know (law 4)."""

    edition: Edition
    audience: Audience
    reader: Reader
    now: datetime

    @property
    def today(self) -> date:
        return self.now.astimezone(ZoneInfo(self.reader.zone)).date()


def document(
    material: Material, cut: Cut, texts: Mapping[Section, str], words: ReportWords
) -> Document:
    """`texts` are what people wrote in this edition's sections, in this language."""
    reader = cut.reader
    day = day_words(reader.day.astimezone(ZoneInfo(reader.zone)).date(), cut.now, reader.language)
    title = words.say(
        "title", reader, {"number": material.number, "title": _title(material, cut, words)}
    )
    return Document(
        title=title,
        subtitle=words.say(f"edition.{cut.edition}", reader),
        note=words.say(
            "note",
            reader,
            {"zone": zone_words(reader.day, reader.zone, reader.language), "day": day},
        ),
        reader=reader,
        blocks=[
            _block(section, material, cut, texts.get(section, ""), words)
            for section in SECTIONS[cut.edition]
        ],
    )


def _title(material: Material, cut: Cut, words: ReportWords) -> FactValue:
    """What is called so for everybody; the title that a monitor or a requester gave is for those inside."""
    known = {f.attribute: f.value for f in material.facts if cut.audience.may_know(f)}
    given = known.get("headline")
    if given is None and cut.edition is not Edition.OUTSIDE:
        given = material.title
    return given if given is not None else known.get("service", material.number)


def _block(
    section: Section, material: Material, cut: Cut, written: str, words: ReportWords
) -> Block:
    make = _BY_CODE.get(section)
    block = make(material, cut, words) if make else Block(section=section, heading="")
    heading = words.say(f"section.{section}", cut.reader)
    shown = block.table is not None or block.lines
    empty = block.empty or words.say("empty", cut.reader)
    return replace(
        block, heading=heading, written=written, empty="" if written.strip() or shown else empty
    )


def _effect(material: Material, cut: Cut, words: ReportWords) -> Block:
    left_out = _OF_EFFECT.get(cut.edition, frozenset())
    known = {f.attribute: f for f in material.facts if cut.audience.may_know(f)}
    shown = [name for name in _EFFECT if name in known and name not in left_out]
    rows = [_pair(name, known[name].value, cut.reader, words) for name in shown]
    cites: list[tuple[str, ...]] = [(known[name].event,) for name in shown]
    if material.tickets:
        rows.append(_pair("tickets", material.tickets, cut.reader, words))
        cites.append(())
    table = Table(head=words.head("effect", cut.reader), rows=rows, cites=cites)
    return Block(section=Section.EFFECT, heading="", table=table if rows else None)


def _pair(name: str, value: FactValue, reader: Reader, words: ReportWords) -> list[str]:
    return [words.say(f"effect.{name}", reader), words.value(name, value, reader)]


def _durations(material: Material, cut: Cut, words: ReportWords) -> Block:
    reader = cut.reader
    spans = [s for s in material.spans if s.level <= cut.audience.clearance and s.cites]
    if cut.edition is Edition.OUTSIDE:
        spans = [s for s in spans if s.level is Level.PUBLIC and s.seconds is not None]
    missing = words.say("not_recorded", reader)

    def took(span: Span) -> str:
        if span.seconds is not None:
            return duration(span.seconds, reader.language)
        return words.say("turned_span", reader) if span.is_turned else missing

    def at(mark: Mark | None) -> str:
        return words.value("at", mark.at, reader) if mark else missing

    rows = [[words.say(f"span.{s.code}", reader), took(s), at(s.since), at(s.until)] for s in spans]
    kept = material.kept
    told = {"all": kept.all, "kept": kept.kept, "late": kept.late, "broken": kept.broken}
    is_told = kept.all and cut.edition is not Edition.OUTSIDE
    return Block(
        section=Section.DURATIONS,
        heading="",
        lines=[words.say("kept", reader, told)] if is_told else [],
        table=Table(
            head=words.head("durations", reader), rows=rows, cites=[s.cites for s in spans]
        ),
    )


def _timeline(material: Material, cut: Cut, words: ReportWords) -> Block:
    rows = [row for row in material.rows if row.level <= cut.audience.clearance]
    if cut.edition is Edition.EXECUTIVES:
        rows = [row for row in rows if row.code not in _DETAIL]
    told = [(row, _said(row, cut.reader, words)) for row in rows]
    blamed = words.say("row.blaming", cut.reader)
    told = [(row, blamed if material.is_blaming(said) else said) for row, said in told if said]
    return Block(
        section=Section.TIMELINE,
        heading="",
        table=Table(
            head=words.head("timeline", cut.reader)[:2],
            rows=[[words.value("at", row.at, cut.reader), said] for row, said in told],
            cites=[row.cites for row, _ in told],
        ),
    )


_DETAIL = frozenset({"noted", "alert_cleared", "assigned", "handed_over", "under_way"})
"""Rows that those who answer for the service need not read."""


def _said(row: Row, reader: Reader, words: ReportWords) -> str:
    said = words.say(f"row.{row.code}", reader, row.values)
    if said and row.recorded_at is not None:
        said += words.say("recorded_late", reader, {"at": row.recorded_at})
    return said


def _actions(material: Material, cut: Cut, words: ReportWords) -> Block:
    reader = cut.reader

    def state(action: Action) -> str:
        is_overdue = action.state is ActionState.OPEN and action.due < cut.today
        return words.say(f"action.{'overdue' if is_overdue else action.state}", reader)

    rows = [
        [
            action.text,
            material.owners.get(action.owner, action.owner),
            day_words(action.due, cut.now, reader.language, ahead=True),
            state(action),
        ]
        for action in material.actions
    ]
    table = Table(head=words.head("actions", reader), rows=rows) if rows else None
    return Block(
        section=Section.ACTIONS, heading="", table=table, empty=words.say("no_actions", reader)
    )


def _conflicts(material: Material, cut: Cut, words: ReportWords) -> Block:
    rows = [words.say(f"conflict.{one.code}", cut.reader, one.values) for one in material.conflicts]
    return Block(
        section=Section.CONFLICTS,
        heading="",
        lines=rows,
        empty=words.say("no_conflicts", cut.reader),
    )


def drafted_questions(material: Material, reader: Reader, words: ReportWords) -> str:
    return "\n".join(f"- {words.say(f'gap.{code}', reader)}" for code in material.gaps)


def drafted_factors(material: Material, cut: Cut, words: ReportWords) -> str:
    """What was confirmed, as such; a suspicion is a person's to write, and to mark."""
    causes = [
        fact
        for fact in material.facts
        if fact.attribute in ("cause_confirmed", "cause") and cut.audience.may_know(fact)
    ]
    said = dict.fromkeys(words.value("cause", f.value, cut.reader) for f in causes)
    if not said:
        return "" if cut.edition is Edition.OUTSIDE else words.say("factor.none", cut.reader)
    return "\n".join(
        f"- {words.say('factor.confirmed', cut.reader, {'cause': one})}" for one in said
    )


_BY_CODE: Mapping[Section, Callable[[Material, Cut, ReportWords], Block]] = {
    Section.EFFECT: _effect,
    Section.DURATIONS: _durations,
    Section.TIMELINE: _timeline,
    Section.ACTIONS: _actions,
    Section.CONFLICTS: _conflicts,
}
