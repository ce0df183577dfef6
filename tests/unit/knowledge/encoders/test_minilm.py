"""MiniLM in NumPy gives the model's vectors, and knows what it cannot read."""

from __future__ import annotations

import shutil
from math import erf, sqrt
from pathlib import Path

import numpy as np
import pytest

from knowledge.encoders import bert, minilm
from knowledge.errors import Absent, EncoderFailed


@pytest.fixture(scope="module")
def folder() -> Path:
    return minilm.installed()


def test_cosines_are_those_of_the_model(folder: Path) -> None:
    """Near in meaning without one word in common, and far with one."""
    asked, near, far = minilm.MiniLM(folder).encode(
        ["mail login failed", "cannot sign in to the mailbox", "the paper is stuck in the printer"]
    )
    assert asked @ near > 0.75
    assert asked @ far < 0.2


def test_gelu_is_near_the_exact_one() -> None:
    """The largest difference of the formula that stands in for erf is below .0005."""
    x = np.linspace(-8, 8, 2001, dtype=np.float32)[None]
    exact = np.array([v * (1 + erf(v / sqrt(2))) / 2 for v in x[0]])
    assert np.abs(bert._twice_gelu(x.copy())[0] / 2 - exact).max() < 5e-4


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Error 0x80070005 when installing the update", True),
        ("naïve café résumé Zürich", True),
        ("The message '无法连接' appears when I open the VPN client on my laptop", True),
        ("Outlook 打不开", False),
        ("VPN 连接失败 错误 691", False),
        ("打印机卡纸", False),
        ("Ошибка подключения к VPN", False),
        ("프린터 오류", False),
        ("メールが開けません", False),
        ("691", False),
        ("🙂🙂 ok", False),
        ("?!", False),
    ],
)
def test_what_it_reads(folder: Path, text: str, read: bool) -> None:
    """English, with a foreign word in it; no other script, and nothing without a letter."""
    assert minilm.MiniLM(folder).reads(text) is read


def test_the_first_256_tokens_count(folder: Path) -> None:
    """Twice what the tokenizer's file says, and what follows changes nothing."""
    encoder = minilm.MiniLM(folder)
    words = "printer " * 200
    short, middle, long = encoder.encode([words, words + "password " * 20, words * 2])
    assert short @ middle < 0.9999
    assert np.allclose(long, encoder.encode([words * 3])[0], atol=1e-6)


def test_the_first_64_tokens_of_a_question_count(folder: Path) -> None:
    """Somebody waits; a shorter question is read like any other text."""
    encoder = minilm.MiniLM(folder)
    words = "printer " * 62
    long, longer = (encoder.encode_question(words + more) for more in ("jam " * 5, "jam password"))
    assert np.allclose(long, longer, atol=1e-6)
    assert np.allclose(long, encoder.encode([words])[0], atol=1e-5)


def test_a_missing_package_says_what_to_do() -> None:
    """It is optional: the caller goes on with words alone."""
    with pytest.raises(Absent, match=r"not installed.*no_such_package.*words alone"):
        minilm.installed("no_such_package_anywhere")


def test_broken_weights_say_what_to_do(tmp_path: Path, folder: Path) -> None:
    """A file that was cut short is no crash at the first question."""
    for name in ("config.json", "tokenizer.json"):
        shutil.copy(folder / name, tmp_path)
    (tmp_path / "model.safetensors").write_bytes(b"\x10" * 100)
    with pytest.raises(EncoderFailed, match=r"cannot be read.*again"):
        minilm.MiniLM(tmp_path).encode(["x"])


def test_another_model_is_refused(tmp_path: Path) -> None:
    """Its vectors would be nonsense that looks like vectors."""
    (tmp_path / "config.json").write_text('{"model_type": "gpt2", "hidden_act": "gelu"}')
    with pytest.raises(EncoderFailed, match="no BERT"):
        minilm.MiniLM(tmp_path).encode(["x"])


def test_batches_hold_like_lengths() -> None:
    """Each text is in one batch, and no batch is longer than what is worked on at once."""
    lengths = [300, 5, 256, 9, 256, 7, 100]
    batches = list(minilm._batches(lengths))
    assert sorted(at for batch in batches for at in batch) == list(range(7))
    assert all(sum(lengths[at] for at in batch) <= 512 for batch in batches)
