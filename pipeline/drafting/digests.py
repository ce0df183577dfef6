"""One text that carries several messages to one reader: which are told in full, and in what words around them?

As plain text, and as blocks for a mail that is laid out: each message begins with its subject, and its buttons lead
where they led.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..domain.communication import STANDING, Kind
from ..domain.directory import Language
from .laid_out import read_again
from .markup import Block, BlockKind
from .worded import words_in

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
    links: Mapping[str, BlockKind]
    """Those of ours that its reader was given, and how each is shown."""


@dataclass(frozen=True, kw_only=True)
class Digest:
    subject: str
    text: str
    blocks: tuple[Block, ...]


def digest(parts: Sequence[Part], words: Mapping[str, str], *, short: bool = False) -> Digest:
    """In the order of `parts`. Raises Misconfigured for words that lack a place."""
    shown = [part for n, part in enumerate(parts) if not _overtaken(part, parts[n + 1 :])]
    numbers = list(dict.fromkeys(part.number for part in parts))
    named = ", ".join(numbers[:MOST_NUMBERS]) + ("…" if len(numbers) > MOST_NUMBERS else "")
    reasons = {part.why for part in parts}
    why = words[reasons.pop()] if len(reasons) == 1 else words["several"]
    values = {"count": str(len(parts)), "numbers": named, "why": why}
    left_out = [_left_out(number, parts, shown, words) for number in numbers]
    opening = [words["opening"].format(**values), *(line for line in left_out if line)]
    gap = "\n" if short else f"\n\n{RULE}\n\n"
    return Digest(
        subject=words["subject"].format(**values),
        text=gap.join([*opening, *(_told(part, short=short) for part in shown)]) + "\n",
        blocks=(
            *(Block(kind="paragraph", lines=(line,), apart=True) for line in opening),
            *(block for part in shown for block in _laid_out(part)),
        ),
    )


def words_of(files: Mapping[str, str], language: Language) -> Mapping[str, str]:
    """Raises Misconfigured when the file or a language of it is missing, or cannot be read."""
    return words_in(files, FILE, language)


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


def _laid_out(part: Part) -> tuple[Block, ...]:
    heading = Block(kind="heading", lines=(part.subject,), apart=True)
    return (heading, *read_again(part.text, part.links))
