"""How is an article that was found shown? Its likelihood in words, the passage, and the words that met."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from knowledge.answer import Suggestion, percent_of
from knowledge.article import Article
from knowledge.display import plain_of

VERY_LIKELY, LIKELY = 0.8, 0.5
LONGEST_PASSAGE = 420
"""Characters of a passage that are shown."""
_BEFORE = 60
"""Characters that are shown before the first word that met, when the passage is cut."""
LIKELIHOODS = ("very_likely", "likely", "possible", "unlikely")
_LATIN = re.compile(r"[a-z0-9]", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Fit:
    """One article of an answer. `likelihood` has a word, `percent` is 0 to 99."""

    article: Article
    title: Markup
    why: Markup
    headings: tuple[str, ...]
    matched: tuple[str, ...]
    likelihood: str
    percent: int
    ranks: Mapping[str, int]


def fit_of(suggestion: Suggestion, fits_from: float) -> Fit:
    """What a page shows of it; nothing in it is markup but the marks."""
    words = suggestion.matched
    passage = _around(" ".join(plain_of(suggestion.passage.text).split()), words)
    return Fit(
        article=suggestion.article,
        title=marked(suggestion.article.title, words),
        why=marked(passage, words),
        headings=suggestion.passage.headings,
        matched=words,
        likelihood=likelihood(suggestion.probability, fits_from),
        percent=percent_of(suggestion.probability),
        ranks=suggestion.ranks,
    )


def likelihood(probability: float, fits_from: float = 0.0) -> str:
    """One of `LIKELIHOODS`; the last for what does not fit."""
    if probability < fits_from:
        return "unlikely"
    if probability >= VERY_LIKELY:
        return "very_likely"
    return "likely" if probability >= LIKELY else "possible"


def marked(text: str, words: Iterable[str]) -> Markup:
    """The text, with a mark at each place that says one of the words."""
    found = _pattern(words)
    if found is None:
        return escape(text)
    parts = found.split(text)
    # Every second part is what the pattern's one group caught.
    shown = (
        Markup("<mark>{}</mark>").format(part) if n % 2 else escape(part)
        for n, part in enumerate(parts)
    )
    return Markup("").join(shown)


def _pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    """Longer words first; one of letters must begin where a word does."""
    known = sorted({word for word in words if word.strip()}, key=lambda w: (-len(w), w))
    if not known:
        return None
    begins = (
        rf"(?<![A-Za-z0-9]){re.escape(word)}" if _LATIN.match(word) else re.escape(word)
        for word in known
    )
    return re.compile(f"((?:{'|'.join(begins)})+)", re.IGNORECASE)


def _around(text: str, words: Iterable[str]) -> str:
    """The beginning, or where the first word stands when that is further on."""
    if len(text) <= LONGEST_PASSAGE:
        return text
    found = _pattern(words)
    first = found.search(text) if found else None
    start = max(0, first.start() - _BEFORE) if first and first.end() > LONGEST_PASSAGE else 0
    cut = text[start : start + LONGEST_PASSAGE].strip()
    return f"{'…' if start else ''}{cut}{'…' if start + LONGEST_PASSAGE < len(text) else ''}"
