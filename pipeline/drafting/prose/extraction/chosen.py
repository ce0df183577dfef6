"""Which sentences of a conversation answer which question of a technician's summary, and which are told?

Of too many the newest stay; the first words of whoever asked for help stay as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ....domain.prose import Length
from .attempts import results, says_result
from .said import Act, Said
from .speaking import Who
from .standing import is_recovery
from .terms import alike

MOST: Mapping[Length, Mapping[str, int]] = {
    Length.SHORT: {"asked": 1, "found": 1, "tried": 1, "open": 1, "waits": 1, "promised": 1},
    Length.NORMAL: {"asked": 2, "found": 3, "tried": 3, "open": 2, "waits": 2, "promised": 2},
    Length.LONG: {"asked": 4, "found": 6, "tried": 6, "open": 4, "waits": 3, "promised": 3},
}
"""Sentences of a conversation in each section."""
NEWEST = {Length.SHORT: 1, Length.NORMAL: 2, Length.LONG: 4}
"""How many of the newest sentences are told whatever they are, greetings aside."""
FEW = 6
"""A conversation of no more sentences than these is told whole."""
SAME = 0.7
"""Share of words in common from which on two sentences say the same."""


@dataclass(frozen=True)
class Told:
    """`sentences` of one line, next to each other, or a trial with its result behind it."""

    section: str
    sentences: tuple[Said, ...]
    result: Said | None = None

    @property
    def place(self) -> int:
        return self.sentences[0].place

    @property
    def newest(self) -> int:
        return (self.result or self.sentences[-1]).place


def chosen(
    everything: Sequence[Said], over: frozenset[int], length: Length
) -> Mapping[str, tuple[Told, ...]]:
    """By section, each in the order of the conversation."""
    sorted_ = _sorted(everything, over)
    found: dict[str, tuple[Told, ...]] = {}
    for section, most in MOST[length].items():
        groups = _without_repeats(joined([told for told in sorted_ if told.section == section]))
        found[section] = tuple(_kept(groups, most, section))
    return _with_newest(found, everything, over, NEWEST[length])


def _sorted(everything: Sequence[Said], over: frozenset[int]) -> list[Told]:
    came_of = {place: r for place, r in results(everything).items() if place not in over or r}
    used = {result.place for result in came_of.values()}
    substance = [one for one in everything if one.act not in (Act.CHATTER, Act.DEFERS)]
    few = len(substance) <= FEW
    first = _first(substance)
    found: list[Told] = []
    for one in substance:
        result = came_of.get(one.place)
        section = _section(one, one.place in over, result, first)
        if section is None and few and one.act is Act.SAYS:
            section = "asked" if one.who is Who.REQUESTER else "found"
        if section and not (one.place in used and section != "tried"):
            found.append(Told(section, (one,), result))
    return found


def _first(substance: Sequence[Said]) -> str | None:
    """The line in which somebody asked for help first."""
    asking = (Act.ASKS, Act.REPORTS, Act.QUESTIONS, Act.FAILED)
    requesters = [one for one in substance if one.who is Who.REQUESTER and one.act is not Act.SAYS]
    plain = [one for one in substance if one.act in asking]
    found = (requesters or plain)[:1]
    return found[0].line.id if found else None


def _section(one: Said, over: bool, result: Said | None, first: str | None) -> str | None:
    if one.line.id == first and one.act in _ASKING:
        return "asked"
    if one.act in _TRIAL_SECTIONS:
        if result is not None or one.act is Act.TRIES:
            return "tried"
        return None if over else "open"
    return None if over else _OF_ACT[one.who is Who.REQUESTER].get(one.act)


_ASKING = frozenset(
    {Act.ASKS, Act.REPORTS, Act.QUESTIONS, Act.FAILED, Act.FINDS, Act.OPEN, Act.WAITS}
)
_TRIAL_SECTIONS = (Act.TRIES, Act.SUGGESTS)
_ANYBODY = {
    Act.ASKS: "asked",
    Act.QUESTIONS: "open",
    Act.OPEN: "open",
    Act.FAILED: "open",
    Act.WORKED: "found",
    Act.FINDS: "found",
    Act.WAIT_OVER: "found",
    Act.WAITS: "waits",
    Act.PROMISES: "promised",
    Act.KEEPS: "tried",
}
_OF_ACT: Mapping[bool, Mapping[Act, str]] = {
    True: {**_ANYBODY, Act.REPORTS: "open", Act.KEEPS: "found"},
    False: {**_ANYBODY, Act.REPORTS: "found"},
}


def joined(told: Sequence[Told]) -> list[Told]:
    """Neighbours of one line as one."""
    found: list[Told] = []
    for one in told:
        last = found[-1] if found else None
        if last is not None and last.result is None and _follows(last, one):
            found[-1] = Told(last.section, (*last.sentences, *one.sentences), one.result)
        else:
            found.append(one)
    return found


def _follows(last: Told, one: Told) -> bool:
    before, after = last.sentences[-1], one.sentences[0]
    return before.line.id == after.line.id and after.place == before.place + 1


def _without_repeats(told: Sequence[Told]) -> list[Told]:
    """Of those that say the same the newest; a result counts for more than its time."""
    kept: list[Told] = []
    for one in reversed(told):
        words = _words(one)
        if not any(alike(words, _words(other)) >= SAME for other in kept):
            kept.append(one)
    return kept[::-1]


def _words(told: Told) -> frozenset[str]:
    return frozenset().union(*(one.terms for one in told.sentences)) or frozenset(
        {told.sentences[0].text.casefold()}
    )


def _kept(told: Sequence[Told], most: int, section: str) -> Iterable[Told]:
    if len(told) <= most:
        return told
    # The first request says what it is all about; elsewhere the newest says how things stand.
    head = told[:1] if section == "asked" else ()
    ranked = sorted(told[len(head) :], key=_weight, reverse=True)
    return sorted((*head, *ranked[: most - len(head)]), key=lambda one: one.place)


def _weight(told: Told) -> tuple[bool, bool, int]:
    """A recovery and what came of a trial first, then the newest."""
    sentence = told.sentences[-1]
    settled = told.result is not None or says_result(sentence)
    return is_recovery(sentence), settled, told.newest


def _with_newest(
    found: Mapping[str, tuple[Told, ...]],
    everything: Sequence[Said],
    over: frozenset[int],
    most: int,
) -> Mapping[str, tuple[Told, ...]]:
    """The newest words are never the ones that are lost: those that no section has are added."""
    shown = {s.place for all_ in found.values() for told in all_ for s in told.sentences}
    shown |= {told.result.place for all_ in found.values() for told in all_ if told.result}
    substance = [one for one in everything if one.act not in (Act.CHATTER, Act.DEFERS)]
    added = dict(found)
    for one in substance[-most:]:
        if one.place in shown or one.place in over:
            continue
        section = _section(one, False, None, None) or "found"
        if one.who is Who.REQUESTER and one.act is Act.SAYS:
            section = "asked"
        mine = joined(sorted((*added[section], Told(section, (one,))), key=lambda t: t.place))
        added[section] = tuple(mine)
    return added
