"""What is a form for recording something by hand made of? Its fields, by what they ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.domain.payload import Payload

FieldKind = Literal["words", "line", "time", "choice", "group", "service", "none"]
NONE = "none"


@dataclass(frozen=True, kw_only=True)
class Field:
    """`slot` is what it is called; `words` beginning (`severity`) finds what each choice is called."""

    name: str
    kind: FieldKind = "words"
    slot: str
    choices: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Act:
    """`when` are the standings in which it is offered; an empty one is a ticket that is not major."""

    payload: type[Payload]
    fields: tuple[Field, ...]
    when: frozenset[str]


def words_field(name: str, slot: str = "") -> Field:
    return Field(name=name, slot=slot or name)


def time_field(name: str, slot: str = "") -> Field:
    return Field(name=name, kind="time", slot=slot or name)
