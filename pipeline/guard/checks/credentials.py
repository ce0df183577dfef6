"""Does somebody's statement give a secret away: a password, a key, a token?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...domain.findings import Finding, FindingLevel, Words
from ..comparing import legible
from ..examined import Examined
from ..phrases import Phrases

CHECK = "credentials"
LEVEL = FindingLevel.HOLD
"""A person may mean a word that only looks like one, and says so; whatever the audience."""
RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        # What follows "password" is one when it has a digit or is written after a colon.
        "password",
        re.compile(
            r"\b(?:password|passwd|passphrase|passcode|pin)\b(?: is| was)?\s*(?:[:=]\s*[^\s,;.，。]{4,}|(?:is|was)?\s*(?=[^\s]*\d)[^\s,;，。]{4,})"
            r"|(?:密码|口令)(?:是|为|改为|改成|[:：=])?\s*(?=[!-~]*\d)[!-~]{4,}",
            re.IGNORECASE,
        ),
    ),
    (
        "secret-key",
        re.compile(
            r"\bsk-[\w-]{16,}|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_\w{20,}|\bxox[abprs]-[\w-]{10,}"
            r"|\beyJ[\w-]{8,}\.eyJ[\w-]{8,}|-----BEGIN [A-Z ]*PRIVATE KEY"
            r"|\b(?:api[ _-]?key|secret|token)\b\s*(?:is|[:=])\s*(?=\S*\d)[\w./+-]{12,}",
            re.IGNORECASE,
        ),
    ),
)


def credentials(examined: Examined, _phrases: Phrases) -> Iterator[Finding]:
    for said in examined.theirs:
        if said.words is not Words.PERSON:
            continue
        read = legible(said.text)
        for rule, pattern in RULES:
            if pattern.search(read):
                # The words themselves are not repeated: findings are read by more people than the text.
                yield examined.finding(CHECK, rule, LEVEL, said.slot, words=said.words)
