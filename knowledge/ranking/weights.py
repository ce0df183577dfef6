"""How much does each kind of evidence count? Learnt from judged questions, see `evals/tried.md`."""

from __future__ import annotations

from collections.abc import Mapping

from .features import Feature

Weights = Mapping[Feature, float]
_F = Feature
# Learnt from English questions, long and short, with and without titles; Chinese questions at hand are
# titles themselves, so what titles weigh is taken from here.
_TITLE = {_F.TITLE: 2.2, _F.TITLE_PAIRS: 2.3, _F.TITLE_SAID: 1.2, _F.TITLE_WHOLE: 3.5}
# No public set has them: chosen so that a verdict on nearly the same words decides between articles that
# say them about as well, and one on half the words (a quarter of the weight) hardly tells.
JUDGED = {_F.SOLVED: 8.0, _F.REFUSED: -8.0, _F.HELPED: 0.5}
_TOLD = {_F.GENERATED: 1.0, **JUDGED}
# MiniLM over passages, learnt from English questions; another encoder is taken to be as good.
_NEAR = {_F.VECTORS: 8.0}
_CHINESE = {
    _F.WORDS: 1.9,
    _F.BIGRAMS: 1.75,
    _F.PAIRS: 0.5,
    _F.PAIRS_SAID: 1.15,
    _F.LEAD: 0.6,
    _F.OPENING: 0.95,
    _F.OPENING_SAID: 0.4,
    _F.NAMES: 1.15,
    _F.NAMES_SAID: 1.9,
    _F.CONCEPTS: 2.45,
    _F.CONCEPTS_SAID: 0.95,
    _F.WORDS_SAID: 1.3,
    _F.LENGTH: 0.1,
    **_TITLE,
    **_TOLD,
    **_NEAR,
}
_ENGLISH = {
    _F.WORDS: 2.05,
    _F.PAIRS: 1.85,
    _F.LEAD: 1.45,
    _F.OPENING: 0.3,
    _F.NAMES: 2.2,
    _F.NAMES_SAID: 2.05,
    _F.CONCEPTS: 1.0,
    _F.WORDS_SAID: 2.0,
    _F.LENGTH: -1.05,
    **_TITLE,
    **_TOLD,
    **_NEAR,
}
_ACROSS = {
    _F.PAIRS: 0.75,
    _F.OPENING: 1.5,
    _F.NAMES: 1.4,
    _F.CONCEPTS: 6.9,
    _F.CONCEPTS_SAID: 2.7,
    **_TITLE,
    **_TOLD,
    **_NEAR,
}
WEIGHTS: Mapping[tuple[bool, bool], Weights] = {
    (True, True): _CHINESE,
    (True, False): _ACROSS,
    (False, True): _ENGLISH,
    (False, False): _ACROSS,
}
"""By (the question is Chinese, the article is in the question's language)."""
