"""One text that carries several messages to one reader: which are told in full, and in what words around them?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import yaml

from ..domain.communication import STANDING, Kind
from ..domain.directory import Language
from ..domain.errors import Misconfigured

FILE = "digest.yaml"
RULE = "—" * 24
MOST_NUMBERS = 3


@dataclass(frozen=True, kw_only=True)
class Part:
    """A finished message that becomes a part of the digest."""

    number: str
    incident: str
    audience: str
    kind: Kind
    why: str
    subject: str
    text: str


def digest(
    parts: Sequence[Part], words: Mapping[str, str], *, short: bool = False
) -> tuple[str, str]:
    """Subject and text, in the order of `parts`. Raises Misconfigured for words that lack a place."""
    shown = [part for n, part in enumerate(parts) if not _overtaken(part, parts[n + 1 :])]
    numbers = list(dict.fromkeys(part.number for part in parts))
    named = ", ".join(numbers[:MOST_NUMBERS]) + ("…" if len(numbers) > MOST_NUMBERS else "")
    reasons = {part.why for part in parts}
    why = words[reasons.pop()] if len(reasons) == 1 else words["several"]
    values = {"count": str(len(parts)), "numbers": named, "why": why}
    left_out = [_left_out(number, parts, shown, words) for number in numbers]
    body = [
        words["opening"].format(**values),
        *(line for line in left_out if line),
        *(_told(part, short=short) for part in shown),
    ]
    gap = "\n" if short else f"\n\n{RULE}\n\n"
    return words["subject"].format(**values), gap.join(body) + "\n"


def words_of(files: Mapping[str, str], language: Language) -> Mapping[str, str]:
    """Raises Misconfigured when the file or a language of it is missing."""
    try:
        found = yaml.safe_load(files[FILE])[language]
        return {str(name): str(text) for name, text in found.items()}
    except (KeyError, TypeError, AttributeError, yaml.YAMLError) as wrong:
        raise Misconfigured(f"has no words in {language}", where=FILE) from wrong


def _overtaken(part: Part, later: Sequence[Part]) -> bool:
    about = (part.incident, part.audience)
    return part.kind in STANDING and any(
        (one.incident, one.audience) == about and one.kind in STANDING for one in later
    )


def _left_out(
    number: str, parts: Sequence[Part], shown: Sequence[Part], words: Mapping[str, str]
) -> str:
    count = sum(p.number == number for p in parts) - sum(p.number == number for p in shown)
    return words["left_out"].format(number=number, count=count) if count else ""


def _told(part: Part, *, short: bool) -> str:
    return part.text.strip() if short else f"{part.subject}\n\n{part.text.strip()}"
