"""What is in a file of a log, looked at once: its text, its JSON, its heads? All readers share the answer."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from .assembled import heads_in
from .heads import Head
from .line import Problem, ProblemKind
from .octets import text_in

_SAMPLE = 40_000
"""Characters by which a chat's form is recognised."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LogFile:
    """A file as it was handed over. The name helps to recognise it, and is never opened."""

    name: str
    content: bytes


@dataclass(kw_only=True)
class Opened:
    """Each look at it is paid for once. `problems` grow with what was looked at."""

    file: LogFile
    problems: list[Problem] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The last part of its path, without regard to capitals."""
        return PurePosixPath(self.file.name.replace("\\\\", "/")).name.casefold()

    @property
    def ending(self) -> str:
        return PurePosixPath(self.name).suffix

    @cached_property
    def text(self) -> str:
        return text_in(self.file.content, self.problems)

    @cached_property
    def heads(self) -> list[Head]:
        """Those of its beginning."""
        if self.document is not None:
            return []
        return heads_in(self.text[:_SAMPLE])

    @cached_property
    def document(self) -> Any:
        """Its JSON, or None. Of one that breaks off, what stands before the break; of one object a line,
        the list of them."""
        text = self.text
        if not text.startswith(("{", "[")):
            return None
        try:
            return json.loads(text)
        except RecursionError:
            self.problems.append(Problem(kind=ProblemKind.TOO_NESTED, of=self.name))
            return []
        except ValueError:
            return self._rescued(text)

    def _rescued(self, text: str) -> Any:
        start = _first_entry(text)
        if start < 0:
            return None
        decoder, found = json.JSONDecoder(), []
        try:
            while text[start : start + 1] == "{":
                value, end = decoder.raw_decode(text, start)
                found.append(value)
                start = end
                while text[start : start + 1] in {",", " ", "\n", "\t"}:
                    start += 1
        except (ValueError, RecursionError):
            pass
        if not found:
            return None
        whole = text.startswith("{") and start >= len(text)
        if not whole:
            self.problems.append(Problem(kind=ProblemKind.UNREADABLE, of=self.name))
        return found


def _first_entry(text: str) -> int:
    """Where the first object of a list begins; or the first of objects one a line."""
    head = text[:5_000]
    for opening in range(len(head)):
        if head[opening] == "[":
            inside = opening + 1 + len(head[opening + 1 :]) - len(head[opening + 1 :].lstrip())
            if text[inside : inside + 1] == "{":
                return inside
    return 0 if text.startswith("{") else -1
