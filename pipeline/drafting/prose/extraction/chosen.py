"""Which sentences of a conversation answer which question of a technician's summary, and which are told?

Of too many the newest stay; the first words of whoever asked for help stay as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ....domain.prose import Length
from .attempts import results, says_result
from .groups import Told, clauses, follows, joined, with_names
from .heard import substance
from .said import Act, Said
from .speaking import Who
from .standing import COUNTED, is_recovery
from .terms import alike

MOST: Mapping[Length, Mapping[str, int]] = {
    Length.SHORT: {"asked": 1, "found": 1, "tried": 1, "open": 1, "waits": 1, "promised": 1},
    Length.NORMAL: {"asked": 3, "found": 3, "tried": 3, "open": 2, "waits": 2, "promised": 2},
    Length.LONG: {"asked": 5, "found": 6, "tried": 6, "open": 4, "waits": 3, "promised": 3},
}
"""Sentences of a conversation in each section."""
NEWEST = {Length.SHORT: 1, Length.NORMAL: 2, Length.LONG: 4}
"""How many of the newest sentences are told whatever they are, greetings aside."""
FEW = {Length.SHORT: 6, Length.NORMAL: 6, Length.LONG: 30}
"""A conversation of no more sentences than these is told whole."""
TELLING_TERMS = 2
"""A sentence of less than these says nothing by itself: "sent", "done"."""
SHORT_ANSWER = 4
"""Words of an answer that means nothing without its question."""
ASKED_WITHIN = 4
"""Sentences before an answer in which its question stands."""
SAME = 0.7
"""Share of words in common from which on two sentences say the same."""


def chosen(
    everything: Sequence[Said], over: frozenset[int], length: Length
) -> Mapping[str, tuple[Told, ...]]:
    """By section, each in the order of the conversation."""
    sorted_ = _sorted(everything, over, FEW[length])
    found: dict[str, tuple[Told, ...]] = {}
    for section, most in MOST[length].items():
        groups = _without_repeats(joined([told for told in sorted_ if told.section == section]))
        if section == "waits":
            groups = with_names(groups)
        found[section] = tuple(_kept(groups, most, section))
    return _with_newest(found, everything, over, NEWEST[length])


def _sorted(everything: Sequence[Said], over: frozenset[int], most: int) -> list[Told]:
    came_of = results(everything)
    used = {result.place for result in came_of.values()}
    first = _first(everything)
    rest = substance(everything)
    few = len(rest) <= most
    found: list[Told] = []
    for one in rest:
        told = _told(one, over, came_of.get(one.place), first)
        plain = one.act is Act.SAYS and one.place not in over
        if told is None and plain and one.has_figures and _is_counted(one, everything):
            told = answered(one, everything)
        if told is None and few and plain and not _is_context(one, everything):
            told = answered(one, everything) or Told(_otherwise(one), (one,))
        if told is not None and one.place not in used:
            found += clauses(told)
    return found


def _told(
    one: Said, over: frozenset[int], result: Said | None, first: frozenset[int]
) -> Told | None:
    section = _section(one, one.place in over, result, first)
    return None if section is None else Told(section, (one,), result)


def _is_context(one: Said, everything: Sequence[Said]) -> bool:
    """Whether it will be told with the sentence beside it, which decides something."""
    beside = (
        everything[place]
        for place in (one.place - 1, one.place + 1)
        if 0 <= place < len(everything)
    )
    return any(
        other.line.id == one.line.id
        and other.act not in (Act.SAYS, Act.CHATTER, Act.DEFERS)
        and follows(*sorted((Told("", (one,)), Told("", (other,))), key=lambda told: told.place))
        for other in beside
    )


def _otherwise(one: Said) -> str:
    return "asked" if one.who is Who.REQUESTER else "found"


def answered(one: Said, everything: Sequence[Said]) -> Told | None:
    """A short answer with its question, without which it means nothing."""
    if len(one.terms) > SHORT_ANSWER:
        return None
    for before in reversed(everything[max(0, one.place - ASKED_WITHIN) : one.place]):
        if before.act is Act.CHATTER or before.line.id == one.line.id:
            continue
        if before.line.speaker == one.line.speaker:
            return None
        open_ = before.act is not Act.QUESTIONS or _is_repeated(before, one, everything)
        return None if open_ else Told("found", (before,), one)
    return None


def _is_counted(one: Said, everything: Sequence[Said]) -> bool:
    """Whether somebody just asked how many or how long."""
    before = everything[max(0, one.place - ASKED_WITHIN) : one.place]
    return any(s.act is Act.QUESTIONS and COUNTED.search(s.text) for s in before)


def _is_repeated(question: Said, answer: Said, everything: Sequence[Said]) -> bool:
    """Whoever asks again had no answer."""
    return any(
        later.act is Act.QUESTIONS
        and later.line.speaker == question.line.speaker
        and alike(later.terms, question.terms) >= SAME
        for later in everything[answer.place + 1 :]
    )


def _first(everything: Sequence[Said]) -> frozenset[int]:
    """The sentences in which somebody asked for help first, up to where another speaks."""
    asking = (Act.ASKS, Act.REPORTS, Act.QUESTIONS, Act.FAILED)
    rest = substance(everything)
    requesters = [one for one in rest if one.who is Who.REQUESTER]
    plain = [one for one in rest if one.act in asking or one.has("symptom")]
    if requesters and requesters[0].speaker.guessed:
        # Whose question comes first is a guess; where the trouble is told first is none.
        before = [r for r in plain if r.place < requesters[0].place]
        requesters = [r for r in before if r.act is not Act.QUESTIONS][:1] or requesters
    found = next(iter(requesters or plain or rest), None)
    if found is None:
        return frozenset()
    run: set[int] = set()
    for one in everything[found.place :]:
        if one.line.speaker != found.line.speaker or (run and not found.line.speaker):
            break
        run.add(one.place)
    return frozenset(run)


def _section(one: Said, over: bool, result: Said | None, first: frozenset[int]) -> str | None:
    if one.place in first and _belongs_to_request(one):
        return "asked"
    if one.act in _TRIAL_SECTIONS:
        if result is not None or one.act is Act.TRIES:
            return "tried"
        return None if over else "open"
    if _is_brief(one):
        return None
    return None if over else _OF_ACT[one.who is Who.REQUESTER].get(one.act)


def _is_brief(one: Said) -> bool:
    """ "Done" says nothing by itself; "rollback done" names what was."""
    names = one.act is Act.KEEPS and one.terms and (one.has("inside") or one.has("attempt"))
    return one.act in _BRIEF and len(one.terms) < TELLING_TERMS and not names


def _belongs_to_request(one: Said) -> bool:
    """What somebody tells in her first breath; what she tried already is told as that."""
    if one.act is Act.TRIES:
        return one.has("symptom") and not one.has("failed")
    if one.act is Act.WAITS and one.speaker.guessed:
        return False
    return one.act in _ASKING


_ASKING = frozenset(
    {Act.ASKS, Act.REPORTS, Act.QUESTIONS, Act.FAILED, Act.FINDS, Act.OPEN, Act.WAITS, Act.SAYS}
)
_BRIEF = (Act.KEEPS, Act.ASKS)
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
    False: {**_ANYBODY, Act.REPORTS: "found", Act.ASKS: "open"},
}


def _in_context(told: Told, everything: Sequence[Said], shown: set[int]) -> Told:
    """With the plain sentence before or behind it in its line, where both are short enough."""
    if told.result is not None:
        return told
    for place in (told.sentences[0].place - 1, told.sentences[-1].place + 1):
        if not 0 <= place < len(everything) or place in shown:
            continue
        other = everything[place]
        if other.act is not Act.SAYS or len(other.terms) < TELLING_TERMS:
            continue
        both = sorted((Told(told.section, (other,)), told), key=lambda one: one.place)
        if follows(*both):
            shown.add(place)
            return Told(told.section, (*both[0].sentences, *both[1].sentences))
    return told


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


def _weight(told: Told) -> tuple[bool, bool, bool, int]:
    """What decides something before what is merely said; a recovery and what came of a trial first, then
    the newest."""
    sentence = told.sentences[-1]
    extent = sentence.has("extent") and sentence.has_figures
    settled = told.result is not None or says_result(sentence) or extent
    decides = any(one.act is not Act.SAYS for one in told.sentences)
    return decides, is_recovery(sentence), settled, told.newest


def _with_newest(
    found: Mapping[str, tuple[Told, ...]],
    everything: Sequence[Said],
    over: frozenset[int],
    most: int,
) -> Mapping[str, tuple[Told, ...]]:
    """The newest words are never the ones that are lost: those that no section has are added."""
    shown = {s.place for all_ in found.values() for told in all_ for s in told.sentences}
    shown |= {told.result.place for all_ in found.values() for told in all_ if told.result}
    added = {
        section: [_in_context(told, everything, shown) for told in all_]
        for section, all_ in found.items()
    }
    for one in substance(everything)[-most:]:
        if one.place in shown or one.place in over or _is_brief(one):
            continue
        told = answered(one, everything) if one.act is Act.SAYS else None
        section = _section(one, False, None, frozenset()) or _otherwise(one)
        told = told or Told(section, (one,))
        mine = sorted((*added[told.section], told), key=lambda each: each.place)
        added[told.section] = joined(mine)
    return {section: tuple(all_) for section, all_ in added.items()}
