"""Whatever turns texts into vectors keeps the same promises, the real ones and the fake."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from pydantic import SecretStr

from knowledge.encoders.endpoint import Endpoint
from knowledge.encoders.fake import FakeEncoder
from knowledge.encoders.minilm import MiniLM, installed
from knowledge.ports import Encoder

from .embedders import KEY, EmbeddingServer

TEXTS = ["The printer has a paper jam", "printer jam: open the tray", "reset a forgotten password"]
BLANK = ["", " ", "\n\t", "!!!", "🙂", "\ud800", "\x00", "<script>"]
LONG = ["好" * 500, "a" * 100_000, "e\u0301" * 9_000, "a b " * 30_000]
STRANGE = [*BLANK, *LONG]


@pytest.fixture(scope="module")
def minilm() -> MiniLM:
    return MiniLM(installed())


@pytest.fixture(params=["minilm", "endpoint", "fake"])
def encoder(request: pytest.FixtureRequest) -> Iterator[Encoder]:
    if request.param == "endpoint":
        server = EmbeddingServer()
        yield Endpoint(url=server.url, model="m", key=SecretStr(KEY))
        server.close()
    elif request.param == "fake":
        yield FakeEncoder()
    else:
        yield request.getfixturevalue("minilm")


def test_each_text_has_a_vector_of_length_one(encoder: Encoder) -> None:
    """In 32 bits, and the dimensions do not depend on the texts; no text, no vector."""
    found = encoder.encode(TEXTS)
    assert found.dtype == np.float32
    assert found.shape == (3, encoder.encode(["x"]).shape[1])
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)
    assert encoder.encode([]).shape == (0, found.shape[1])


def test_a_vector_depends_on_its_text_alone(encoder: Encoder) -> None:
    """Whatever stands beside it, and in whatever order."""
    many = [*TEXTS, "a", "word " * 400, *TEXTS[::-1]]
    together = encoder.encode(many)
    alone = np.vstack([encoder.encode([text]) for text in many])
    assert np.allclose(together, alone, atol=1e-5)


@pytest.mark.parametrize("text", ["the printer has a paper jam", "", "\ud800"])
def test_a_short_question_is_encoded_like_a_text(encoder: Encoder, text: str) -> None:
    assert np.allclose(encoder.encode_question(text), encoder.encode([text])[0], atol=1e-5)


def test_what_means_the_same_is_nearer(encoder: Encoder) -> None:
    """The order of cosines is all that is asked of an encoder."""
    vectors = encoder.encode(TEXTS)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]


@pytest.mark.parametrize("text", STRANGE, ids=lambda text: repr(text[:8]))
def test_no_text_breaks_it(encoder: Encoder, text: str) -> None:
    """Blank, broken, foreign or far too long: a vector like any other."""
    encoder.reads(text)
    found = encoder.encode([text, "printer"])
    assert np.isfinite(found).all()
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)


def test_english_is_read_and_nothing_is_not(encoder: Encoder) -> None:
    """A blank text has no meaning to be near to."""
    assert encoder.reads("How do I reset my password?")
    assert not encoder.reads("")
    assert not encoder.reads(" \n")


def test_threads_share_it(encoder: Encoder) -> None:
    """Questions are encoded while articles are."""
    expected = encoder.encode(TEXTS)
    with ThreadPoolExecutor(8) as pool:
        for found in pool.map(lambda _: encoder.encode(TEXTS), range(24)):
            assert np.allclose(found, expected, atol=1e-5)
