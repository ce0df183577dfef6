"""`python -m evals grounding --fit`: which weights of the signs tell wrong sentences from true ones?

Learns `pipeline/guard/claims/score/score.json` from marked texts, a file for each writer. What is said of
strangers' texts comes from leaving each writer out in turn. On texts that the rules were tuned on their
claims look surer than they are: such ones are learnt from, but figures and threshold are of the others.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.retrieval.logistic import Logistic, Numbers, learnt
from pipeline.guard.claims import Heard, Lexicon, Reader, heard, indexed
from pipeline.guard.claims.score import is_exact
from pipeline.guard.claims.score.footed import Footed
from pipeline.guard.claims.score.signs import signs
from prompts import ROOT, read_texts

from .rows import Marked, Row, read_rows

PENALTY = 0.03
"""Of each weight's square; of 0.03, 0.1 and 0.3 the one that left-out writers liked best."""
LEAST_SEEN = 8
"""Sentences in which a sign must be seen to get a weight."""
STOPPED = 0.05
"""Of true sentences without a wrong value, the share that is stopped at the threshold."""
SHARES = (0.01, 0.03, STOPPED, 0.1)
OF_VALUES = frozenset(
    {"digit", "unit", "time_shift", "zone", "identifier_edit", "quote_changed"}
    | {"threshold_for_measurement"}
)
"""Ways of spoiling that the exact kinds of claims are for: nothing is learnt from them."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """One sentence that no exact kind stops."""

    writer: str
    fresh: bool
    signs: dict[str, float]
    wrong: bool
    named: bool
    """Whether any rule says that it is wrong."""


@dataclass(frozen=True, kw_only=True)
class Cases:
    """Sentences [M] with the signs [M, S] that are seen often enough."""

    names: tuple[str, ...]
    values: Numbers
    wrong: NDArray[np.bool_]
    writers: NDArray[np.str_]
    named: NDArray[np.bool_]
    fresh: NDArray[np.bool_]


def fit(files: Sequence[Path], tuned: Sequence[Path], to: Path) -> None:
    """`tuned` are those that the rules were tuned on. Raises ValueError for rows that are none, or when
    no two writers are fresh."""
    if len(files) < 2:
        raise ValueError("weights are checked on writers left out: give the rows of two or more")
    told = [case for file in files for case in cases_of(file, fresh=True)]
    told += [case for file in tuned for case in cases_of(file, fresh=False)]
    cases = gathered(told)
    odds = _left_out(cases)
    true = odds[~cases.wrong & cases.fresh]
    model = learnt(cases.values, cases.wrong, np.ones(len(cases.wrong)), PENALTY)
    score = {
        "how": _how(cases, odds),
        "stops_from": round(_threshold(true, STOPPED), 4),
        "intercept": round(model.intercept, 4),
        "weights": _weights(cases, model),
    }
    to.write_text(json.dumps(score, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(score["how"], indent=1))


def _weights(cases: Cases, model: Logistic) -> dict[str, float]:
    return {
        name: round(float(weight), 4)
        for name, weight in zip(cases.names, model.weights, strict=True)
    }


def cases_of(file: Path, *, fresh: bool) -> Iterator[Case]:
    """A true sentence that stands in several texts about a record counts once."""
    reader, seen = Reader(Lexicon.load(read_texts(ROOT))), set()
    for row in read_rows(file):
        found = heard(row.text, indexed(row.record, reader))
        for marked, pieces in _pieces(row, found):
            key = (row.record.number, marked.text, marked.wrong)
            if key in seen or marked.way in OF_VALUES:
                continue
            seen.add(key)
            for piece in pieces:
                if not any(is_exact(claim) for claim in piece.claims):
                    yield _case(file.stem, fresh, piece, marked.wrong)


def _pieces(row: Row, found: Sequence[Heard]) -> Iterator[tuple[Marked, list[Heard]]]:
    """Sentences as we cut them; of a wrong one in several only the longest is taken for wrong."""
    for marked in row.sentences:
        start = row.text.find(marked.text)
        end = start + len(marked.text)
        pieces = [one for one in found if one.start < end and start < one.end]
        if marked.wrong and pieces:
            pieces = [max(pieces, key=lambda one: one.end - one.start)]
        yield marked, pieces


def _case(writer: str, fresh: bool, one: Heard, wrong: bool) -> Case:
    named = any(c.standing in ("unsupported", "contradicted") for c in one.claims)
    seen = signs(Footed(one.told), one.claims)
    return Case(writer=writer, fresh=fresh, signs=seen, wrong=wrong, named=named)


def gathered(cases: Sequence[Case]) -> Cases:
    seen = Counter(name for case in cases for name in case.signs)
    names = tuple(sorted(name for name, count in seen.items() if count >= LEAST_SEEN))
    return Cases(
        names=names,
        values=np.array([[case.signs.get(name, 0.0) for name in names] for case in cases]),
        wrong=np.array([case.wrong for case in cases]),
        writers=np.array([case.writer for case in cases]),
        named=np.array([case.named for case in cases]),
        fresh=np.array([case.fresh for case in cases]),
    )


def _left_out(cases: Cases) -> Numbers:
    """The log-odds [M] of each sentence by weights that were learnt on the other writers."""
    odds = np.zeros(len(cases.wrong))
    for writer in np.unique(cases.writers):
        own = cases.writers == writer
        model = learnt(cases.values[~own], cases.wrong[~own], np.ones(int((~own).sum())), PENALTY)
        odds[own] = model.intercept + cases.values[own] @ model.weights
    return odds


def _threshold(true: Numbers, share: float) -> float:
    return float(np.quantile(true, 1 - share))


def _how(cases: Cases, odds: Numbers) -> dict[str, Any]:
    """By how much is the score better than the rules alone, on writers left out?"""
    is_wrong, is_true = cases.wrong & cases.fresh, ~cases.wrong & cases.fresh
    wrong, true = odds[is_wrong], odds[is_true]
    stopped, found = cases.named[is_true].mean(), cases.named[is_wrong].mean()
    alike = np.quantile(wrong, 1 - found)
    return {
        "learnt_from": {"true": int((~cases.wrong).sum()), "wrong": int(cases.wrong.sum())},
        "figures_of": {"true": len(true), "wrong": len(wrong)},
        "penalty": PENALTY,
        "rules_alone": {"stopped": round(float(stopped), 3), "found": round(float(found), 3)},
        "found_where_stopped": {
            str(share): round(float((wrong > _threshold(true, share)).mean()), 3)
            for share in (*SHARES, round(float(stopped), 3))
        },
        "stopped_where_found_alike": round(float((true >= alike).mean()), 3),
    }
