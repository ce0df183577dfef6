"""A set is read whole, or refused with a sentence that names the place."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from evals.retrieval.logistic import learnt
from evals.retrieval.sets import load

CORPUS = '{"id": "a", "title": "VPN", "body": "Connect."}\n'
QUERIES = '{"id": "q", "text": "vpn"}\n{"id": "nothing", "text": "coffee"}\n'
QRELS = "q\ta\t1\n"


def written(folder: Path, corpus: str = CORPUS, queries: str = QUERIES, qrels: str = QRELS) -> Path:
    for name, text in (("corpus.jsonl", corpus), ("queries.jsonl", queries), ("qrels.tsv", qrels)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_questions_without_an_article_are_kept_as_unanswerable(tmp_path: Path) -> None:
    judged = load(written(tmp_path))
    assert judged.answerable == ["q"]
    assert set(judged.questions) == {"q", "nothing"}


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ({"corpus": "{\n"}, "corpus.jsonl, line 1"),
        ({"corpus": '{"id": "a", "title": "VPN"}\n'}, "corpus.jsonl, line 1: no body"),
        ({"corpus": "[1]\n"}, "corpus.jsonl, line 1"),
        ({"queries": '\n{"id": "q"}\n'}, "queries.jsonl, line 2: no text"),
        ({"queries": ""}, "no questions"),
        ({"qrels": "q\tb\t1\n"}, "no question of queries.jsonl has an article there"),
    ],
)
def test_a_broken_set_is_refused_by_its_place(
    tmp_path: Path, broken: dict[str, str], told: str
) -> None:
    with pytest.raises(ValueError, match=told.replace(".", r"\.")):
        load(written(tmp_path, **broken))


def test_a_probability_is_learnt_from_what_came_true() -> None:
    """A sign that decides gets a weight; noise gets next to none; the mean comes true."""
    chance = np.random.default_rng(3)
    values = chance.standard_normal((4_000, 2))
    right = chance.random(4_000) < 1 / (1 + np.exp(-2 * values[:, 0] + 1))
    model = learnt(values, right, np.ones(4_000))
    assert model.weights[0] == pytest.approx(2, abs=0.2)
    assert abs(model.weights[1]) < 0.1
    assert model.probabilities(values).mean() == pytest.approx(right.mean(), abs=0.01)
