"""The search is as good as it was, on questions to a service desk that it was never tuned on.

By words alone. The floors are measured figures, rounded down: raise them when the search got better, and
lower one only with the reason in `evals/tried.md`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import evals.retrieval
from evals.retrieval.abstention import abstention
from evals.retrieval.library import Library
from evals.retrieval.plain import bm25
from evals.retrieval.run import measured
from evals.retrieval.sets import Judged, load

FLOORS = {"ndcg_at_10": 0.76, "recall_at_5": 0.81, "mrr": 0.8}
FAR_ABOVE_BM25 = 0.1
SURE = {"auroc": 0.73}
SILENT = 0.15
"""Share of the questions that nothing answers which may still get an article."""


@pytest.fixture(scope="module")
def judged() -> Judged:
    return load(Path(evals.retrieval.__file__).parent / "servicedesk")


@pytest.fixture(scope="module")
def library(judged: Judged, tmp_path_factory: pytest.TempPathFactory) -> Library:
    return Library(judged, tmp_path_factory.mktemp("gate"))


def test_the_right_article_is_found_as_often_as_it_was(judged: Judged, library: Library) -> None:
    """And far oftener than by plain BM25."""
    found = measured(judged, lambda question: library.ids(question, vectors=False))
    plain = measured(judged, bm25(judged))
    fell = [
        f"{name} fell to {found[name]}, from {least} or more"
        for name, least in FLOORS.items()
        if found[name] < least
    ]
    assert not fell, "; ".join(fell)
    ahead = found["ndcg_at_10"] - plain["ndcg_at_10"]
    assert ahead >= FAR_ABOVE_BM25, f"nDCG@10 is only {ahead:.3f} above plain BM25"


def test_the_search_knows_as_well_as_it_did_when_it_has_nothing(
    judged: Judged, library: Library
) -> None:
    told = abstention(judged, library, vectors=False)
    for name, least in SURE.items():
        assert told[name] >= least, f"{name} of abstention fell to {told[name]}, from {least}"
    silent = told["unanswerable"]["suggested"]
    assert silent <= SILENT, f"{silent} of the unanswerable questions get an article"
