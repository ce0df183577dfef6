"""`python -m evals calibrate`: from which signs does one tell that an article helps? Learns
`knowledge/ranking/probability.json` from judged sets.

Each question is asked three times: as it is, without its right articles, and without all that is near it.
So the model sees questions with an answer, with only neighbours of one, and with nothing at all.
"""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.ports import Encoder
from knowledge.ranking.rank import Order
from knowledge.ranking.signs import Sign, signs

from .encoded import Encoded
from .library import Library
from .logistic import Logistic, expected_error, learnt
from .measures import auroc
from .sets import Judged, load

SMALL, SMALLS, SEED = 25, 12, 7
"""Articles of a small library, how many are made of a set, and by which chance."""
JUDGED = 3
"""Articles of each order that are judged."""
FOLDS = 5
PRECISE = 0.9
_TOLD = {Sign.SOLVED, Sign.REFUSED, Sign.HELPED}
PRESENT, REMOVED, FAR = range(3)

Numbers = NDArray[np.float64]
_Row = tuple[list[float], bool, int, int]
"""Signs, whether it helps, the question's number, how it was asked."""


@dataclass(frozen=True, kw_only=True)
class Cases:
    """Judged articles [M]: their signs [M, S], whether each helps, and which asking [M] it belongs to:
    the question's number and how it was asked."""

    name: str
    values: Numbers
    helps: NDArray[np.bool_]
    questions: NDArray[np.int64]
    asked: NDArray[np.int64]


def calibrate(specs: Sequence[str], to: Path, encoder: Encoder | None, cache: Path | None) -> None:
    """A spec is a folder, `:no-title` after it to search bodies alone, `:FILE` for other questions.
    Writes the model by words; with an encoder, what the cosines add to it, from the sets that it reads."""
    told: dict[str, Any] = json.loads(to.read_text(encoding="utf-8")) if to.exists() else {}
    sets = [(spec, _judged(spec)) for spec in specs]
    if encoder:
        read = [(n, j) for n, j in sets if encoder.reads(" ".join(a.body[:99] for a in j.articles))]
        near = [_cases(n, j, Encoded(j.articles, encoder, cache)) for n, j in read]
        near += [_small(n, j, encoder, cache) for n, j in read]
        told["vectors"] = _with_cosines(near, told["words"])
    else:
        whole = [_cases(name, judged, None) for name, judged in sets]
        told["words"] = _by_words([*whole, *(_small(name, judged) for name, judged in sets)])
    to.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _judged(spec: str) -> Judged:
    folder, *more = spec.split(":")
    files = [name for name in more if name != "no-title"]
    return load(Path(folder), *files[:1], titles="no-title" not in more)


def _cases(name: str, judged: Judged, nearness: Encoded | None) -> Cases:
    rows: list[_Row] = []
    with tempfile.TemporaryDirectory() as scratch:
        library = Library(judged, Path(scratch), nearness)
        for number, id_ in enumerate(judged.answerable):
            text, gold = judged.questions[id_], judged.gold[id_]
            near = {one.id for one in library.order(text).ranked} | gold
            for asked, without in ((PRESENT, frozenset[str]()), (REMOVED, gold), (FAR, near)):
                order = library.order(text, without=without)
                rows += _judged_of(order, gold, number, asked)
    return _gathered(name.rpartition("/")[2], rows)


def _small(
    name: str, judged: Judged, encoder: Encoder | None = None, cache: Path | None = None
) -> Cases:
    """The same of libraries of a few articles, where each word is rare and the best article is easily
    far the best: questions to the library that has their articles, and to the next one."""
    chosen = list(judged.answerable)
    random.Random(SEED).shuffle(chosen)
    groups = [chosen[at : at + SMALL] for at in range(0, SMALL * SMALLS, SMALL)]
    rows: list[_Row] = []
    for at, own in enumerate(groups):
        others = groups[(at + 1) % len(groups)]
        held = frozenset[str]().union(*(judged.gold[id_] for id_ in own))
        few = replace(judged, articles=tuple(a for a in judged.articles if a.id in held))
        with tempfile.TemporaryDirectory() as scratch:
            near = Encoded(few.articles, encoder, cache) if encoder else None
            library = Library(few, Path(scratch), near)
            for asked, questions in ((PRESENT, own), (FAR, others)):
                for id_ in questions:
                    if asked == PRESENT or not judged.gold[id_] & held:
                        number = judged.answerable.index(id_)
                        order = library.order(judged.questions[id_])
                        rows += _judged_of(order, judged.gold[id_], number, asked)
                        if asked == PRESENT:
                            order = library.order(judged.questions[id_], without=judged.gold[id_])
                            rows += _judged_of(order, frozenset(), number, REMOVED)
    return _gathered(f"{name.rpartition('/')[2]} (libraries of {SMALL})", rows)


def _judged_of(order: Order, gold: frozenset[str], number: int, asked: int) -> list[_Row]:
    rows = []
    for at in range(min(JUDGED, len(order.ranked))):
        told = signs(order, at)
        rows.append(([told[sign] for sign in Sign], order.ranked[at].id in gold, number, asked))
    return rows


def _gathered(name: str, rows: Sequence[_Row]) -> Cases:
    values, helps, questions, ways = zip(*rows, strict=True)
    return Cases(
        name=name,
        values=np.array(values),
        helps=np.array(helps),
        questions=np.array(questions),
        asked=np.array(ways),
    )


def _by_words(sets: Sequence[Cases]) -> dict[str, Any]:
    left_out = {*_TOLD, Sign.COSINE}
    used = [at for at, sign in enumerate(Sign) if sign not in left_out]
    whole = _learnt(sets, used)
    return _how(sets, used) | {
        "intercept": round(whole.intercept, 4),
        "weights": {
            str(list(Sign)[at]): round(w, 4) for at, w in zip(used, whole.weights, strict=True)
        },
    }


def _with_cosines(sets: Sequence[Cases], words: Mapping[str, Any]) -> dict[str, Any]:
    """Of the words' log-odds and the cosine alone: few sets are read, and the rest stays as it was."""
    weights = np.array([words["weights"].get(str(sign), 0.0) for sign in Sign])
    cosine = list(Sign).index(Sign.COSINE)
    two = [
        replace(
            one,
            values=np.column_stack(
                [words["intercept"] + one.values @ weights, one.values[:, cosine]]
            ),
        )
        for one in sets
    ]
    whole = _learnt(two, [0, 1])
    # One probability means one thing to a reader, whichever retriever answered.
    return _how(two, [0, 1]) | {
        "fits_from": words["fits_from"],
        "weights": {
            "intercept": round(whole.intercept, 4),
            "words": round(float(whole.weights[0]), 4),
            "cosine": round(float(whole.weights[1]), 4),
        },
    }


def _how(sets: Sequence[Cases], used: list[int]) -> dict[str, Any]:
    held = [_cross_validated(one, sets, used) for one in sets]
    fits_from, covered = _threshold(sets, held)
    return {
        "how": {
            "sets": {
                one.name: _measured(one, guessed)
                | {"auroc_learnt_on_other_folders": _across(one, sets, used)}
                for one, guessed in zip(sets, held, strict=True)
            },
            "coverage_at_fits_from": covered,
        },
        "fits_from": round(fits_from, 2),
    }


def _learnt(sets: Sequence[Cases], used: list[int]) -> Logistic:
    """Each set counts the same, however large it is."""
    shares = [np.full(len(one.helps), 1 / len(one.helps)) for one in sets]
    return learnt(
        np.concatenate([one.values[:, used] for one in sets]),
        np.concatenate([one.helps for one in sets]),
        np.concatenate(shares),
    )


def _cross_validated(one: Cases, sets: Sequence[Cases], used: list[int]) -> Numbers:
    """Each question judged by a model that saw it in no set: sets of one folder share numbers."""
    guessed = np.zeros(len(one.helps))
    for fold in range(FOLDS):
        rest = [_part(other, other.questions % FOLDS != fold) for other in sets]
        mine = one.questions % FOLDS == fold
        guessed[mine] = _learnt(rest, used).probabilities(one.values[mine][:, used])
    return guessed


def _across(one: Cases, sets: Sequence[Cases], used: list[int]) -> float | None:
    """AUROC of a model that saw no set of this folder."""
    rest = [other for other in sets if other.name.split(":")[0] != one.name.split(":")[0]]
    if not rest:
        return None
    guessed = _learnt(rest, used).probabilities(one.values[:, used])
    return round(float(_measured(one, guessed)["auroc"]), 3)


def _part(one: Cases, kept: NDArray[np.bool_]) -> Cases:
    return replace(
        one,
        values=one.values[kept],
        helps=one.helps[kept],
        questions=one.questions[kept],
        asked=one.asked[kept],
    )


def _best(one: Cases, guessed: Numbers, asked: int) -> tuple[Numbers, NDArray[np.bool_]]:
    """The surest article of each question asked in this way: its probability, and whether it helps."""
    mine = np.flatnonzero(one.asked == asked)
    first = {}
    for at in mine[np.argsort(guessed[mine], kind="stable")]:
        first[one.questions[at]] = at
    chosen = np.array(list(first.values()), np.int64)
    return guessed[chosen], one.helps[chosen]


def _measured(one: Cases, guessed: Numbers) -> dict[str, float]:
    present, right = _best(one, guessed, PRESENT)
    removed, far = (_best(one, guessed, asked)[0] for asked in (REMOVED, FAR))
    return {
        "questions": len(present),
        "right_first": round(float(right.mean()), 3),
        "auroc": round(auroc(present.tolist(), removed.tolist()), 3),
        "auroc_far": round(auroc(present.tolist(), far.tolist()), 3),
        "calibration_error": round(expected_error(guessed, one.helps), 3),
    }


def _threshold(sets: Sequence[Cases], held: Sequence[Numbers]) -> tuple[float, dict[str, float]]:
    """The least probability from which nine of ten first articles help, over questions that have an
    answer and as many that nothing is near; and the share of answerable questions that reach it."""
    sure, right = [], []
    for one, guessed in zip(sets, held, strict=True):
        for asked in (PRESENT, FAR):
            p, h = _best(one, guessed, asked)
            sure.append(p)
            right.append(h)
    order = np.argsort(-np.concatenate(sure), kind="stable")
    precision = np.cumsum(np.concatenate(right)[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(precision >= PRECISE)
    from_ = float(np.concatenate(sure)[order][enough[-1]]) if len(enough) else 1.0
    covered = {
        one.name: round(float((_best(one, guessed, PRESENT)[0] >= from_).mean()), 3)
        for one, guessed in zip(sets, held, strict=True)
    }
    return from_, covered
