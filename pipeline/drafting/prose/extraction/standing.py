"""What still stands? A later word answers, ends or overturns an earlier one: the newest state wins."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from .cues import TOPIC
from .said import Act, Said
from .speaking import Who, shown
from .terms import terms_of

REMEMBERED = 60
"""Open sentences of one kind that are kept in mind; older ones are over when so many followed."""
TELLING_TERMS = 3
"""A request of fewer words only asks how it goes: "any update?" is over once somebody says."""
_REPLY_WITHIN = 12
"""Sentences among which an answer without a word in common is looked for."""
COUNTED = re.compile(r"\bhow (?:many|much|long)\b|多少|几[个台人点]|多久", re.IGNORECASE)
"""A question that a figure answers."""
_BAD = frozenset({Act.REPORTS, Act.FAILED, Act.WAITS, Act.SUGGESTS, Act.OPEN, Act.DEFERS})
_DEPARTMENTS = frozenset(f"{TOPIC}{of}" for of in ("finance", "hr", "warehouse", "logistics"))
_ANYTHING = re.compile(
    r"\b(?:(?:service|system|thing|issue|problem|error|outage|incident|user|site|page|login|sign-in|access|connection)s?"
    r"|everything|everybody|everyone|people|confirm\w*|update|good news|looks|seems|fully|us|me|yes|minute|hour|today)\b"
    r"|\d[\d:.]*|服务|系统|业务|平台|应用|问题|故障|用户|大家|员工|功能|登录|访问|页面|网页|一切|全部|所有|现在|目前|刚才|刚刚"
    r"|今天|已经|确认|反馈|这边|那边|同事|部门|公司|基本|陆续|均|已"
)
"""What anything may be called by: a recovery that names no more than this is of whatever failed."""
_SPEAKS = frozenset(Act) - {Act.CHATTER, Act.QUESTIONS, Act.DEFERS}


@dataclass
class _Open:
    """What stands so far, by act; `over` are the places of what does not stand any more."""

    by_act: dict[Act, list[Said]] = field(default_factory=dict)
    over: set[int] = field(default_factory=set)
    ended_by: dict[int, list[Said]] = field(default_factory=dict)

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

    def works(self, one: Said) -> None:
        """Ends what it recovers, and remembers what that was: the good news may not hold."""
        ended = [s for act in _BAD for s in self.by_act.get(act, ()) if recovers(one, s)]
        self.ended_by[one.place] = [s for s in ended if s.act is Act.REPORTS]
        self.end([*_BAD, Act.WORKED], lambda before: recovers(one, before))

    def did_not_work(self, ends: Callable[[Said], bool]) -> None:
        """Ends good news; what it had ended stands again."""
        for act in (Act.WORKED, Act.TRIES):
            for good in [one for one in self.by_act.get(act, ()) if ends(one)]:
                self.over.add(good.place)
                self.by_act[act].remove(good)
                for one in self.ended_by.pop(good.place, ()):
                    self.over.discard(one.place)
                    self.add(one)


def overturned(everything: Sequence[Said], two_alone: bool) -> frozenset[int]:
    """The places of sentences that a later one answered or overturned. `two_alone`: of two people who talk
    the other's next word is the answer."""
    standing = _Open()
    for one in everything:
        _works(one, standing)
        _fails(one, standing)
        _denies(one, standing)
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
    standing.works(one)
    standing.end(
        [Act.QUESTIONS, Act.PROMISES],
        lambda before: before.has("worked") and recovers(one, before),
    )


def is_recovery(one: Said) -> bool:
    works = one.has("worked") and one.act in (Act.WORKED, Act.TRIES)
    return works and not one.has("failed") and not one.has("not_so")


def recovers(one: Said, before: Said) -> bool:
    """Whether it is a recovery of what was told before. That the printer works ends no outage of the mail;
    words that name nothing of their own, "it works again", are about whatever failed."""
    if not is_recovery(one):
        return False
    mine, others = _topics(one), _topics(before)
    if mine and others:
        return bool(mine & others)
    if one.terms & before.terms:
        return True
    # Whoever tells how her trial went speaks of what it was tried for.
    return not mine and (one.act is Act.TRIES or not _own_subject(one))


def _own_subject(one: Said) -> frozenset[str]:
    return terms_of(_ANYTHING.sub(" ", one.text[: one.at].lower()))


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


def _denies(one: Said, standing: _Open) -> None:
    """ "That is not what we see here" ends the good news it answers; "I cannot make it" the own promise."""
    if one.has("denied"):
        standing.did_not_work(lambda before: _is_good_news_near(before, one))
    if one.has("no_promise"):
        standing.end(
            [Act.PROMISES],
            lambda before: (
                before.line.speaker == one.line.speaker
                and (before.has_figures == one.has_figures or bool(before.terms & one.terms))
            ),
        )


def _is_good_news_near(before: Said, one: Said) -> bool:
    near = one.place - before.place <= _REPLY_WITHIN
    return (
        near
        and is_recovery(before)
        and before.line.id != one.line.id
        and _of_one_topic(one, before)
    )


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
    """The services that it names. A department is what fails only where no service is named beside it."""
    named = frozenset(cue for cue in one.cues if cue.startswith(TOPIC))
    return named - _DEPARTMENTS or named


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
