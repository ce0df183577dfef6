"""How many secrets does a model see, and how many harmless words are taken for one?"""

from __future__ import annotations

from pipeline.drafting.redaction import redact

from .assignments import assignment, lines
from .secret_table import HARMLESS, HOLDS

REMOVED = "[已删除凭据]"


def test_no_secret_of_the_table_is_seen() -> None:
    """Also those that no digit and no mark tells from a word, in Chinese, English, German and French."""
    seen = [text for text, secret in HOLDS if secret in _shown(text) or REMOVED not in _shown(text)]
    assert len(HOLDS) >= 120
    assert seen == []


def test_what_only_speaks_of_a_secret_stays() -> None:
    """How a password stands, how one is reset, and which command has a `-p` of its own."""
    touched = [text for text in HARMLESS if REMOVED in _shown(text)]
    assert len(HARMLESS) >= 120
    assert touched == []


def _shown(text: str) -> str:
    return redact(assignment(*lines(text)))[0].lines[0].text
