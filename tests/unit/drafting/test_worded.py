"""The words around a digest and at the foot of a mail come out of files that an administrator may have written."""

from __future__ import annotations

import pytest

from pipeline.domain.errors import Misconfigured
from pipeline.drafting import digests, own_foot
from pipeline.drafting.worded import words_in

FILE = "words.yaml"


def test_words_are_those_of_the_language_and_of_the_newest_version() -> None:
    text = "zh: {label: 设置}\nen: {label: Settings}\n"
    assert words_in({FILE: text}, FILE, "zh") == {"label": "设置"}
    assert words_in({FILE: text}, FILE, "en") == {"label": "Settings"}
    later = text.replace("Settings", "Wishes")
    assert words_in({FILE: later}, FILE, "en") == {"label": "Wishes"}


def test_a_version_is_read_once() -> None:
    """Whoever asks again is given the same words, which nobody can change."""
    text = "en: {label: Once}\n"
    first = words_in({FILE: text}, FILE, "en")
    assert words_in({FILE: text}, FILE, "en") is first
    with pytest.raises(TypeError):
        first["label"] = "Twice"  # type: ignore[index]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("en: {label: [", "words.yaml:2: is not YAML"),
        ("zh: {}\n", "words.yaml: has no words in en"),
        ("en: word\n", "words.yaml: has no words in en"),
        ("", "words.yaml: has no words in en"),
        (None, "words.yaml: is missing"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(text: str | None, said: str) -> None:
    """Each cause by its own name: who reads that words are missing would look for words."""
    with pytest.raises(Misconfigured, match=said):
        words_in({} if text is None else {FILE: text}, FILE, "en")


@pytest.mark.parametrize("words", ["{label: x}", "{line: x}"])
def test_half_a_foot_is_none(words: str) -> None:
    with pytest.raises(Misconfigured, match=r"own_page.yaml: has no (label|line) in en"):
        own_foot.foot_of({own_foot.FILE: f"en: {words}\n"}, "en")


def test_the_words_of_a_digest_are_read_the_same_way() -> None:
    files = {digests.FILE: "en: {subject: x}\n"}
    assert digests.words_of(files, "en") is digests.words_of(dict(files), "en")
