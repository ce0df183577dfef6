"""How is a text shown to whoever doubts it? With the values that its readers get, and without anybody whom its writer
was not shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ....domain.prose import Prose, Ref, Sentence
from ...redaction.people import HAN
from ..assignment import Assignment
from ..contract import Question, filled
from ..contract.offer import Offer, offered
from ..contract.shown import Shown
from ..told import States
from .asking import Held, Line, OpinionPrompt, Said
from .form import Doubt
from .reading import doubts_in

_SPELLING = re.compile(r"\{(P\d+)[a-z]{1,3}\}")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question about a text, and the sentences as they are shown in it. `placeholders` are what each stands for, by
    its name with or without braces."""

    question: Question
    sentences: tuple[str, ...]
    placeholders: Mapping[str, str]

    def doubts(self, said: str) -> tuple[Doubt, ...]:
        """See `reading.doubts_in`; words are as readers know them, placeholders put back in
        their first spelling."""
        found = doubts_in(said, self.sentences)
        return tuple(d.model_copy(update={"words": self._put_back(d.words)}) for d in found)

    def _put_back(self, words: str) -> str:
        for name, original in self.placeholders.items():
            words = words.replace(_braced(name), original)
        return words


def asked_about(
    prose: Prose,
    seen: Assignment,
    placeholders: Mapping[str, str],
    prompt: OpinionPrompt,
    states: States,
) -> Asked:
    """`seen` is the assignment as a model may see it, in which each of `placeholders` stands for the words that are
    given with it. Raises MissingVariable for a text about something else."""
    offer = offered(seen, placeholders)
    shown = Shown(seen, offer, states)
    hidden = _hidden(prose, placeholders)
    texts = [_one_spelling(shown.text(text)) for text in filled(hidden, seen, states)]
    question = prompt.asked(
        audience=seen.audience.role,
        now=seen.now.astimezone(seen.zone),
        facts=list(_facts(shown, offer)),
        lines=list(_lines(shown)),
        sentences=[
            Said(text=text, rests_on=_grounds(sentence, offer))
            for text, sentence in zip(texts, prose.sentences, strict=True)
        ],
    )
    return Asked(question=question, sentences=tuple(texts), placeholders=placeholders)


def _facts(shown: Shown, offer: Offer) -> Iterator[Held]:
    for fact in shown.facts([*offer.of("F"), *offer.of("C")]):
        value = _one_spelling(fact.value)
        yield Held(slot=fact.slot, what=fact.what, sure=fact.sure, value=value)


def _lines(shown: Shown) -> Iterator[Line]:
    """Who said it, and when, without the slots that a writer needs."""
    for line in shown.lines():
        by, at = (told.partition(" = ")[2] for told in (line.by, line.at))
        by, text = _one_spelling(by), _one_spelling(line.text)
        yield Line(slot=line.slot, by=by, at=at, text=text)


def _grounds(sentence: Sentence, offer: Offer) -> str:
    """By the names under which facts and lines are listed."""
    named = (piece.fact for piece in sentence.pieces if isinstance(piece, Ref))
    listed = {s.ground: s.name for s in offer.slots.values() if s.ground and s.name[0] in "FCL"}
    known = (listed[of] for of in dict.fromkeys((*sentence.rests_on, *named)) if of in listed)
    return " ".join(known)


def _one_spelling(text: str) -> str:
    """Who is written in two ways is one person here: a letter after the number is no other one."""
    return _SPELLING.sub(r"{\1}", text)


def _hidden(prose: Prose, placeholders: Mapping[str, str]) -> Prose:
    """What code put back into the writer's words is taken out again: the longest first, whole words."""
    order = sorted(placeholders.items(), key=lambda item: -len(item[1]))
    found = [(_whole(original), _braced(name)) for name, original in order if original]
    sentences = (
        s.model_copy(update={"pieces": tuple(_without(s.pieces, found))}) for s in prose.sentences
    )
    return prose.model_copy(update={"sentences": tuple(sentences)})


def _without(
    pieces: Iterable[str | Ref], found: Iterable[tuple[re.Pattern[str], str]]
) -> Iterator[str | Ref]:
    for piece in pieces:
        if isinstance(piece, str):
            for pattern, name in found:
                piece = pattern.sub(name, piece)
        yield piece


def _whole(original: str) -> re.Pattern[str]:
    """`Li` is not in `Live`; Chinese has no ends of words."""
    before = "" if HAN.match(original[0]) else r"(?<![0-9A-Za-z])"
    after = "" if HAN.match(original[-1]) else r"(?![0-9A-Za-z])"
    return re.compile(f"{before}{re.escape(original)}{after}")


def _braced(name: str) -> str:
    return f"{{{name.strip('{}')}}}"
