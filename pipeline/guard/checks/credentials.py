"""Does somebody's statement give a secret away: a password, a key, a token?"""

from __future__ import annotations

from collections.abc import Iterator

from ...domain.credentials import credentials_in
from ...domain.findings import Finding, FindingLevel, Words
from ..comparing import legible
from ..examined import Examined
from ..phrases import Phrases

CHECK = "credentials"
LEVEL = FindingLevel.HOLD
"""A person may mean a word that only looks like one, and says so; whatever the audience."""


def credentials(examined: Examined, _phrases: Phrases) -> Iterator[Finding]:
    for said in examined.theirs:
        if said.words is not Words.PERSON:
            continue
        for rule in sorted({found.rule for found in credentials_in(legible(said.text))}):
            # The words themselves are not repeated: findings are read by more people than the text.
            yield examined.finding(CHECK, rule, LEVEL, said.slot, words=said.words)
