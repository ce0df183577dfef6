"""What is a model's answer worth? Each sentence and the whole held to the contract; what fits becomes sentences."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ....domain.prose import Length, Ref, Sentence
from ...marks import one_line
from ..assignment import Assignment, sections_of
from ..lengths import MOST_SENTENCES
from .checks import CHECKS, Against
from .form import Answer
from .offer import Offer, Slot
from .problems import Problem, Sayings, told
from .text import Text, taken_apart
from .whole import Placed, left_out, whole


@dataclass(frozen=True, kw_only=True)
class Fit:
    """An answer that may be used. `enough` is false, and there are no sentences, when its writer says that
    there is too little to write about. `warnings` are for people; `texts` say it again with slots, and `places`
    are where each stood in the answer, from 1."""

    sentences: tuple[Sentence, ...]
    enough: bool
    warnings: tuple[Problem, ...]
    texts: tuple[Text, ...]
    places: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Unfit:
    """An answer that is not used, and every reason; `told` goes to its writer, who may answer once more."""

    problems: tuple[Problem, ...]

    @property
    def told(self) -> str:
        return told(self.problems)


def judged(
    answer: Answer,
    offer: Offer,
    assignment: Assignment,
    held: Against,
    sayings: Sayings,
    like: Fit | None,
    tells: Collection[str] = (),
) -> Fit | Unfit:
    """All of it or nothing: a text of which sentences were dropped may say the opposite."""
    if not answer.enough and not answer.sentences and like is None:
        return Fit(sentences=(), enough=False, warnings=(), texts=())
    texts, found = _texts(answer, offer, assignment, like)
    for n, text in enumerate(texts, 1):
        found += [(n, one) for check in CHECKS for one in check(text, held)]
    found += left_out(texts, offer, tells)
    problems = tuple(sayings.problem(one, n) for n, one in _each_once(found))
    if any(problem.stops for problem in problems):
        return Unfit(problems=problems)
    return _fit(texts, sections_of(assignment.kind), problems)


def _texts(
    answer: Answer, offer: Offer, assignment: Assignment, like: Fit | None
) -> tuple[list[Text], list[Placed]]:
    """No more of them are looked at than could ever be right, and a few."""
    found: list[Placed] = []
    texts: list[Text] = []
    most = 2 * MOST_SENTENCES[Length.LONG]
    for n, said in enumerate(answer.sentences[:most], 1):
        text, wrong = taken_apart(said, offer, assignment.language)
        texts.append(text)
        found += [(n, one) for one in wrong]
    others = None if like is None else like.texts
    found += whole(texts, assignment.length, sections_of(assignment.kind), others)
    return texts, found


def _each_once(found: Sequence[Placed]) -> list[Placed]:
    """In the order of the sentences; the same words of one sentence are told once."""
    return sorted(dict.fromkeys(found), key=lambda placed: placed[0] or 0)


def _fit(texts: Sequence[Text], sections: Sequence[str], problems: tuple[Problem, ...]) -> Fit:
    """In the order in which sections are told."""
    order = sorted(enumerate(texts, 1), key=lambda placed: sections.index(placed[1].section))
    told = tuple(text for _, text in order)
    sentences = tuple(
        Sentence(section=text.section, pieces=_pieces(text), rests_on=text.ids) for text in told
    )
    places = tuple(place for place, _ in order)
    return Fit(sentences=sentences, enough=True, warnings=problems, texts=told, places=places)


def _pieces(text: Text) -> tuple[str | Ref, ...]:
    return tuple(_piece(piece) for piece in text.pieces)


def _piece(piece: str | Slot) -> str | Ref:
    if isinstance(piece, str):
        return piece
    return piece.ref if piece.ref is not None else one_line(piece.original)
