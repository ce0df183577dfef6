"""A text as somebody wrote it in the console: its versions, and which of them was put in force when."""

from __future__ import annotations

from pydantic import Field

from .directory import Key, Language, Value
from .times import Instant

FILES = 0
"""The version that stands in the files: what counts where nothing else was put in force."""


class TextVersion(Value):
    """Both languages together: they carry the same values (law 14). `name` is `kind/audience`, with the
    parts of a variant after it."""

    name: Key
    version: int = Field(ge=1)
    texts: dict[Language, str]
    author: Key
    why: str = ""
    saved_at: Instant


class Activation(Value):
    """A version was put in force; `FILES` stands for the text of the files."""

    name: Key
    version: int = Field(ge=FILES)
    author: Key
    why: str = ""
    at: Instant
