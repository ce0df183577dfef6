"""Which factor does a word say: `doubled`, `threefold`, 翻倍?"""

from __future__ import annotations

import re

_FACTORS = (
    (
        re.compile(
            r"(?:twice|doubl|two-?fold|halv|half as)|翻倍|翻番|翻了一番|[两二]倍|减半|一倍",
            re.IGNORECASE,
        ),
        2,
    ),
    (re.compile(r"(?:tripl|three-?fold)|三倍", re.IGNORECASE), 3),
    (re.compile(r"(?:quadrupl|four-?fold)|四倍", re.IGNORECASE), 4),
    (re.compile(r"ten-?fold|十倍", re.IGNORECASE), 10),
)


def factor_of(words: str) -> int | None:
    """None for a word that says none."""
    return next((factor for pattern, factor in _FACTORS if pattern.match(words)), None)
