"""How much does each kind of evidence count? Learnt from judged questions, see `evals/tried.md`."""

from __future__ import annotations

from collections.abc import Mapping

from .features import Feature

Weights = Mapping[Feature, float]
_F = Feature
_CHINESE = {
    _F.WORDS: 1.5,
    _F.BIGRAMS: 1.9,
    _F.PAIRS: 0.8,
    _F.LEAD: 1.2,
    _F.NAMES: 2.4,
    _F.CONCEPTS: 2.3,
    _F.COVERAGE: 2.4,
    _F.LENGTH: 0.1,
    # The Chinese questions at hand are titles themselves: what titles weigh is taken from English.
    _F.TITLE: 3.4,
    _F.TITLE_PAIRS: 3.1,
}
_ENGLISH = {
    _F.WORDS: 1.7,
    _F.PAIRS: 1.8,
    _F.LEAD: 1.6,
    _F.NAMES: 2.2,
    _F.CONCEPTS: 0.2,
    _F.COVERAGE: 4.5,
    _F.LENGTH: -1.1,
    _F.TITLE: 3.4,
    _F.TITLE_PAIRS: 3.1,
}
_ACROSS = {
    _F.PAIRS: 1.4,
    _F.LEAD: 0.4,
    _F.NAMES: 1.4,
    _F.CONCEPTS: 6.0,
}
WEIGHTS: Mapping[tuple[bool, bool], Weights] = {
    (True, True): _CHINESE,
    (True, False): _ACROSS,
    (False, True): _ENGLISH,
    (False, False): _ACROSS,
}
"""By (the question is Chinese, the article is in the question's language)."""
