"""What does somebody hand over as a log, and what is no log? Known without a store."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from ...domain.communication import Reason
from ...domain.conversation import LONGEST_NAME
from ...domain.directory import Language, zone_name
from ...domain.errors import Malformed, TooLarge
from ...drafting.conversation import LARGEST, NAMES, Conversation, LogFile

MOST_FILES = 50
SIZE = f"{LARGEST // 2**20} MB"
"""Of all files of one log together: what its reader takes."""


class Unreadable(Malformed):
    """Nobody says anything in it; `reasons` tell why, in any language."""

    slug = "unreadable-log"

    def __init__(self, reasons: Sequence[Reason], sentences: Sequence[str]) -> None:
        super().__init__(
            sentences[0], field="files", problems=[("files", said) for said in sentences]
        )
        self.reasons = tuple(reasons)


@dataclass(frozen=True, kw_only=True)
class Brought:
    """A log as somebody hands it over. `given` names its format, None to recognise it; `shared`, that the
    ticket's requester saw all of it."""

    files: tuple[LogFile, ...]
    zone: ZoneInfo
    given: str | None = None
    shared: bool = False

    @property
    def name(self) -> str:
        return one_line_name(", ".join(file.name for file in self.files if file.name))

    @property
    def digest(self) -> str:
        """Of the content and of how it is read, whatever the files are called."""
        told = hashlib.sha256(f"{self.given}\x1f{self.zone.key}\x1f{self.shared}".encode())
        for content in sorted(hashlib.sha256(file.content).digest() for file in self.files):
            told.update(content)
        return told.hexdigest()


def refuse_unfit(brought: Brought) -> None:
    """Raises Malformed or TooLarge, with what is wrong and what is allowed."""
    if not brought.files:
        raise Malformed("no file was sent", field="files")
    if len(brought.files) > MOST_FILES:
        raise TooLarge(f"one log has at most {MOST_FILES} files; a zip holds more", field="files")
    try:
        zone_name(brought.zone.key)
    except ValueError as unknown:
        raise Malformed(str(unknown), field="zone") from None
    if sum(len(file.content) for file in brought.files) > LARGEST:
        raise TooLarge(f"the files of one log have at most {SIZE} together", field="files")
    if brought.given is not None and brought.given not in NAMES:
        raise Malformed(f"is none of {', '.join(NAMES)}", field="format")


def refuse_empty(found: Conversation, sentence: Callable[[Reason, Language], str]) -> None:
    """Raises Unreadable, with what was wrong with the log, when nobody says anything in it."""
    if found.lines:
        return
    reasons = [problem.reason for problem in found.problems]
    raise Unreadable(reasons, [sentence(reason, "en") for reason in reasons])


def one_line_name(name: str) -> str:
    """What a file is called, as a page may show it."""
    plain = "".join(c if c.isprintable() else " " for c in name)
    return " ".join(plain.split())[:LONGEST_NAME]
