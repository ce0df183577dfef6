"""What still stands? A later word answers, ends or overturns an earlier one: the newest state wins."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from .cues import TOPIC
from .said import Act, Said
from .speaking import Who, shown

REMEMBERED = 60
"""Open sentences of one kind that are kept in mind; older ones are over when so many followed."""
TELLING_TERMS = 3
"""A request of fewer words only asks how it goes: "any update?" is over once somebody says."""
_REPLY_WITHIN = 12
"""Sentences among which an answer without a word in common is looked for."""
COUNTED = re.compile(r"\bhow (?:many|much|long)\b|多少|几[个台人点]|多久", re.IGNORECASE)
"""A question that a figure answers."""
_BAD = frozenset({Act.REPORTS, Act.FAILED, Act.WAITS, Act.SUGGESTS, Act.OPEN, Act.DEFERS})
_SPEAKS = frozenset(Act) - {Act.CHATTER, Act.QUESTIONS, Act.DEFERS}


@dataclass
class _Open:
    """What stands so far, by act; `over` are the places of what does not stand any more."""

    by_act: dict[Act, list[Said]] = field(default_factory=dict)
    over: set[int] = field(default_factory=set)

    def add(self, one: Said) -> None:
        standing = self.by_act.setdefault(one.act, [])
        standing.append(one)
        if len(standing) > REMEMBERED:
            self.over.add(standing.pop(0).place)

    def end(self, acts: Iterable[Act], ends: Callable[[Said], bool]) -> None:
        for act in acts:
            standing = self.by_act.get(act, [])
            ended = [one for one in standing if ends(one)]
            if ended:
                self.over.update(one.place for one in ended)
                self.by_act[act] = [one for one in standing if one.place not in self.over]


def overturned(everything: Sequence[Said], two_alone: bool) -> frozenset[int]:
    """The places of sentences that a later one answered or overturned. `two_alone`: of two people who talk
    the other's next word is the answer."""
    standing = _Open()
    for one in everything:
        _works(one, standing)
        _fails(one, standing)
        _tries_it(one, standing)
        _answers(one, standing, two_alone)
        _ends_waits(one, standing)
        _keeps(one, standing)
        _rules_out(one, standing)
        standing.add(one)
    return frozenset(standing.over)


def _works(one: Said, standing: _Open) -> None:
    """ "It works again" ends what was failing, waited for or asked about it."""
    if not is_recovery(one):
        return
    standing.end([*_BAD, Act.WORKED], lambda before: _of_one_topic(one, before))
    standing.end(
        [Act.QUESTIONS, Act.PROMISES],
        lambda before: before.has("worked") and _of_one_topic(one, before),
    )


def is_recovery(one: Said) -> bool:
    return one.has("worked") and one.act in (Act.WORKED, Act.TRIES) and not one.has("failed")


def _tries_it(one: Said, standing: _Open) -> None:
    """Whoever was asked to try something tells how it went."""
    if one.act in (Act.FAILED, Act.WORKED, Act.TRIES):
        standing.end([Act.SUGGESTS], lambda before: before.line.speaker != one.line.speaker)


def _fails(one: Said, standing: _Open) -> None:
    """ "It is back" ends an earlier recovery."""
    if one.act in (Act.FAILED, Act.REPORTS) and not one.has("worked"):
        # What works no more, though nobody says "again": an all-clear for it is none.
        standing.end([Act.WORKED], lambda before: _of_one_thing(one, before))
    if one.has("failed") and one.act in (Act.FAILED, Act.REPORTS, Act.TRIES, Act.WAITS, Act.OPEN):
        standing.end([Act.WORKED], lambda before: _of_one_topic(one, before))
        standing.end([Act.FAILED], lambda before: _fails_again(before, one))


def _fails_again(before: Said, one: Said) -> bool:
    """Whoever said first what does not work has told more than that it still does not."""
    first = before.has("symptom") and not before.has("again")
    return before.line.speaker == one.line.speaker and not first


def _of_one_topic(one: Said, other: Said) -> bool:
    """Unless each names a service of its own."""
    mine, others = _topics(one), _topics(other)
    return not mine or not others or bool(mine & others)


def _of_one_thing(one: Said, other: Said) -> bool:
    """By a word or a service that both name."""
    return bool(one.terms & other.terms) or bool(_topics(one) & _topics(other))


def _topics(one: Said) -> frozenset[str]:
    return frozenset(cue for cue in one.cues if cue.startswith(TOPIC))


def _answers(one: Said, standing: _Open, two_alone: bool) -> None:
    bare = one.act is Act.CHATTER and one.begins_as_answer
    if not bare and one.act not in _SPEAKS:
        return

    def ends(question: Said) -> bool:
        if question.line.speaker == one.line.speaker:
            return False
        near = one.place - question.place <= _REPLY_WITHIN
        if near and (two_alone or one.begins_as_answer):
            return True
        if near and one.has_figures and COUNTED.search(question.text):
            return True
        asked = near and shown(one.line.speaker) in question.text
        return asked or len(one.terms & question.terms) >= (1 if near else 2)

    standing.end([Act.QUESTIONS], ends)
    standing.end(
        [Act.ASKS], lambda asked: len(asked.terms) < TELLING_TERMS and _asks(asked) and ends(asked)
    )
    standing.end([Act.OPEN], lambda before: len(one.terms & before.terms) >= 2 and _settles(one))


def _asks(one: Said) -> bool:
    return one.text[-1:] in ("?", "？", "吗")


def _settles(one: Said) -> bool:
    return one.act in (Act.FINDS, Act.KEEPS, Act.WORKED, Act.TRIES, Act.WAIT_OVER)


def _ends_waits(one: Said, standing: _Open) -> None:
    if one.act in (Act.CHATTER, Act.QUESTIONS, Act.DEFERS):
        return

    def ends(wait: Said) -> bool:
        if _names_speaker(wait, one):
            return True
        for_requester = "您" in wait.text or "from you" in wait.text.lower()
        if one.who is Who.REQUESTER and wait.who is not Who.REQUESTER and for_requester:
            return True
        if one.act is Act.WAITS:
            return len(one.terms & wait.terms) >= 2
        told = one.act in (Act.WAIT_OVER, Act.KEEPS) or one.has("wait_over")
        # What somebody who waits did herself, "sent it", is no answer to her.
        answers = one.act is not Act.KEEPS or one.line.speaker != wait.line.speaker
        # Nor is "rollback done" one to whoever waits for something else.
        answers = answers and not (one.act is Act.KEEPS and one.has("inside"))
        return told and (bool(one.terms & wait.terms) or (answers and len(one.terms) <= 2))

    standing.end([Act.WAITS], ends)


def _names_speaker(wait: Said, one: Said) -> bool:
    name = shown(one.line.speaker)
    return len(name) >= 2 and name in wait.text and wait.line.speaker != one.line.speaker


def _keeps(one: Said, standing: _Open) -> None:
    """A promise is over when its giver says that it is done, or gives another in its place."""

    def ends(promise: Said) -> bool:
        if promise.line.speaker != one.line.speaker or promise.line.id == one.line.id:
            return False
        if one.act is Act.PROMISES:
            timed = one.has_figures and promise.has_figures
            return timed or bool(one.terms & promise.terms)
        about = bool(one.terms & promise.terms)
        done = one.act in (Act.KEEPS, Act.WAIT_OVER) or one.has("kept")
        tried = one.act in (Act.TRIES, Act.WORKED)
        return (done and (about or len(one.terms) <= 2)) or (tried and about)

    standing.end([Act.PROMISES], ends)
    if one.act in (Act.KEEPS, Act.WORKED):
        standing.end(
            [Act.ASKS],
            lambda asked: asked.line.speaker != one.line.speaker and bool(asked.terms & one.terms),
        )


def _rules_out(one: Said, standing: _Open) -> None:
    if one.has("ruled_out"):
        standing.end(
            [Act.FINDS], lambda before: before.has("guess") and bool(before.terms & one.terms)
        )
    if one.has("settled"):
        standing.end(
            [Act.FINDS], lambda before: before.has("guess") and bool(before.terms & one.terms)
        )
    if one.has("correction"):
        acts = (
            Act.FINDS,
            Act.REPORTS,
            Act.FAILED,
            Act.PROMISES,
            Act.WAITS,
            Act.SAYS,
            Act.WORKED,
            Act.TRIES,
        )
        own = [s for act in acts for s in standing.by_act.get(act, ()) if _is_before(s, one)]
        if own:
            last = max(own, key=lambda s: (len(s.terms & one.terms) > 0, s.place))
            standing.end(acts, lambda before: before.place == last.place)


def _is_before(before: Said, one: Said) -> bool:
    return before.line.speaker == one.line.speaker and before.line.id != one.line.id
