"""What was said, sentence by sentence, of all that a summary may draw on: lines, and longer texts of the record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ....domain.directory import Bilingual
from ....domain.facts import Fact
from ....domain.prose import Quoted
from ...marks import columns
from ...redaction.secrets import Secrets
from ..assignment import Assignment
from .cues import Cue, Cues
from .matter import of_the_matter
from .said import WITHHELD, Act, Said, is_chatter, said
from .speaking import may_ask, signs, speakers_of
from .statements import sentences_of

LONG = 160
"""Columns from which on a text of the record is quoted by its decisive sentence, not written out."""
LISTENED = 2_000
"""Characters of one line that are looked at; a paragraph that is longer is a paste."""
AT_ALL = 1_000_000
"""Characters of a conversation that are looked at, from its newest end."""
_GREETED = re.compile(r"[^，,：:!！~～]{0,20}[，,：:!！~～]+\s*")
_THANKED = re.compile(r"[，,!！~.。]\s*[^，,!！~.。]{1,24}[!！~.。]*$|\[[\u3400-\u9fff]{1,4}\]$")
_MENTION = re.compile(r"(?:@[\w\u3400-\u9fff.-]+\s+)+")
_SIGNED = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)?")
_CLOSES = tuple("，,：: !！~～")
_TEXTS = ("description", "note", "public_note")


@dataclass(frozen=True)
class Heard:
    """`said` in the order of the conversation; `quoted` are ids of facts that are quoted rather than told."""

    said: tuple[Said, ...]
    quoted: frozenset[str]
    speakers: int


def heard(assignment: Assignment, cues: Cues) -> Heard:
    """Every sentence that may be told to anybody, with its act."""
    texts = _texts_of(assignment)
    lines = _newest(_in_order([*_as_lines(texts, assignment), *assignment.lines]))
    cut = [(line, text, found) for line in lines for text, found in _sentences(line, cues)]
    belongs = of_the_matter(cut)
    matter = [one for one, counts in zip(cut, belongs, strict=True) if counts]
    speakers = speakers_of(assignment.lines, assignment.brief, _first_problem(matter))
    secrets = Secrets(assignment.facts.values(), assignment.lines)
    found: list[Said] = []
    gap = False
    for (line, text, marks), counts in zip(cut, belongs, strict=True):
        if counts and _is_told(line, text, marks, secrets):
            found.append(said(line, len(found), text, marks, speakers.of(line), after_gap=gap))
            gap = False
        else:
            gap = True
    names = {line.speaker for line in assignment.lines if line.speaker}
    return Heard(tuple(found), frozenset(fact.id for fact in texts), len(names))


def _is_told(line: Quoted, text: str, marks: Sequence[Cue], secrets: Secrets) -> bool:
    """Neither an order, nor a secret, nor whose name stands below."""
    if any(cue.kind in WITHHELD for cue in marks) or signs(line.speaker, text):
        return False
    # Below words that somebody quoted, a name alone is whose they are said to be.
    if not line.speaker and not marks and _SIGNED.fullmatch(text):
        return False
    return not secrets.stand_in(text, line.text[:LISTENED], line.id)


def _sentences(line: Quoted, cues: Cues) -> Iterator[tuple[str, list[Cue]]]:
    """With their cues, and without the greeting before and the thanks behind, where a comma parts them."""
    for sentence in sentences_of(line.text[:LISTENED]):
        found = cues.find(sentence)
        if is_chatter(sentence, found):
            yield sentence, found
            continue
        mention = _MENTION.match(sentence)
        start = mention.end() if mention else 0
        head, tail = _GREETED.match(sentence, start), _THANKED.search(sentence, start)
        end = len(sentence)
        if head and _is_idle(sentence, found, start, head.end()):
            start = head.end()
        if tail and tail.start() > start and _is_idle(sentence, found, tail.start(), end):
            end = tail.start()
        yield _part(sentence, found, start, end) if start < end else (sentence, found)


def _part(sentence: str, found: Sequence[Cue], start: int, end: int) -> tuple[str, list[Cue]]:
    """A piece without blanks at its ends, and the cues in it at their places there."""
    start += len(sentence[start:end]) - len(sentence[start:end].lstrip())
    inside = (cue for cue in found if start <= cue.start and cue.end <= end)
    moved = [Cue(cue.kind, cue.start - start, cue.end - start) for cue in inside]
    return sentence[start:end].rstrip(), moved


def _is_idle(sentence: str, found: Sequence[Cue], start: int, end: int) -> bool:
    """A greeting; a yes or a no is none."""
    words, inside = _part(sentence, found, start, end)
    names = words[-1:] in _CLOSES
    is_greeting = is_chatter(words, inside, names=names)
    return is_greeting and not any(cue.kind == "answer_start" for cue in inside)


def _texts_of(assignment: Assignment) -> list[Fact]:
    """Notes, which say anything at all, and what is too long to be written out."""
    return [
        fact
        for fact in assignment.brief.facts
        if fact.attribute in _TEXTS
        and (fact.attribute != "description" or columns(_words(fact, assignment)) > LONG)
    ]


def _as_lines(facts: Sequence[Fact], assignment: Assignment) -> Iterator[Quoted]:
    requester = assignment.brief.find("requester_name")
    asks = _words(requester, assignment) if requester else ""
    for n, fact in enumerate(facts, 1):
        text = _words(fact, assignment)
        speaker = asks if fact.attribute == "description" else ""
        yield Quoted(id=fact.id, n=n, at=fact.at, speaker=speaker, text=text, level=fact.level)


def _words(fact: Fact, assignment: Assignment) -> str:
    if isinstance(fact.value, Bilingual):
        return fact.value.in_language(assignment.language)
    return str(fact.value)


def _in_order(lines: Sequence[Quoted]) -> list[Quoted]:
    """By time where all have one; else the record's texts first, and the log in its own order."""
    if all(line.at is not None for line in lines):
        return sorted(lines, key=_time)
    return list(lines)


def _newest(lines: Sequence[Quoted]) -> Sequence[Quoted]:
    left = AT_ALL
    for n in range(len(lines) - 1, -1, -1):
        left -= min(len(lines[n].text), LISTENED)
        if left < 0:
            return lines[n + 1 :]
    return lines


def _time(line: Quoted) -> float:
    return line.at.timestamp() if line.at is not None else 0.0


def _first_problem(cut: Sequence[tuple[Quoted, str, list[Cue]]]) -> str | None:
    """Whoever first said something beyond a greeting."""
    for line, text, marks in cut:
        if may_ask(line.speaker) and not is_chatter(text, marks):
            return line.speaker
    return None


def substance(said_: Sequence[Said]) -> list[Said]:
    """Without greetings and without words that only put something off."""
    return [one for one in said_ if one.act not in (Act.CHATTER, Act.DEFERS)]
