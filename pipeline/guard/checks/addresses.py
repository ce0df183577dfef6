"""Does the text show machinery: hosts, addresses, stack traces? That is for those who work on it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...domain.facts import Level
from ...domain.findings import Finding, FindingLevel, Words
from ..examined import Examined
from ..phrases import Phrases

CHECK = "addresses"
LEVELS = {Words.TEMPLATE: FindingLevel.BLOCK, Words.PERSON: FindingLevel.HOLD}
"""What a reporter writes herself she knows, so a quotation is not judged."""
RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "mail-address",
        re.compile(r"(?<![\w.+-])[\w.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE),
    ),
    (
        "ip-address",
        re.compile(
            r"(?<![\d.])(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}(?![\d.]*\d)|\b[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){3,7}\b",
            re.IGNORECASE,
        ),
    ),
    (
        "host-name",
        re.compile(
            r"(?<![\w@/.-])(?:[a-z0-9-]+\.)+(?:corp|local|lan|internal|intra|intranet|localdomain|svc)\b(?:\.[a-z0-9-]+)*|\\\\[a-z0-9-]+\\[a-z0-9$]",
            re.IGNORECASE,
        ),
    ),
    (
        "stack-trace",
        re.compile(
            r"Traceback \(most recent call|\bFile \"[^\"]+\", line \d+|\bat [\w$.]+\([\w$]+\.(?:java|kt|cs|js|ts):\d+\)|\bException in thread\b|(?<![A-Za-z_.])[A-Za-z_.]+(?:Exception|Error): "
        ),
    ),
)


def addresses(examined: Examined, _phrases: Phrases) -> Iterator[Finding]:
    for rule, pattern in RULES:
        if found := pattern.search(examined.ours):
            yield examined.finding(CHECK, rule, LEVELS[Words.TEMPLATE], found[0])
    if examined.brief.audience.clearance >= Level.INTERNAL:
        return
    for said in examined.theirs:
        level = LEVELS.get(said.words)
        for rule, pattern in RULES if level is not None else ():
            if level is not None and (found := pattern.search(said.read)):
                yield examined.finding(CHECK, rule, level, found[0], words=said.words)
