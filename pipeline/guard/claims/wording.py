"""In which words is the record written? All its texts at once, in the forms in which words are looked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ..comparing import legible, squeezed
from .named import collapsed
from .record import Record
from .tokens import HAN


@dataclass(frozen=True)
class Wording:
    """The texts of a record; each form is made when it is first asked for."""

    record: Record

    @cached_property
    def texts(self) -> list[str]:
        """Every event and fact without capitals, and the names of the record as one."""
        record = self.record
        named = [record.title, record.service, *record.service_aliases]
        facts = [f"{f.what} {f.value}" for f in record.facts]
        told = [f"{e.text} {e.actor_role}" for e in record.events]
        return [legible(text).lower() for text in (" ".join(named), *facts, *told)]

    @cached_property
    def squeezed(self) -> str:
        return squeezed("\x1f".join(self._texts()))

    @cached_property
    def squeezed_identifiers(self) -> str:
        """All texts without the marks that identifiers are written with; ends with a stop."""
        return collapsed(" \x1f ".join(self._texts())) + "\x1f"

    @cached_property
    def lower(self) -> str:
        return legible(" \x1f ".join(self._texts())).lower()

    @cached_property
    def bare(self) -> str:
        """All texts without spaces."""
        return "".join(self.lower.split())

    @cached_property
    def han_pairs(self) -> frozenset[str]:
        text = self.lower
        return frozenset(
            text[n : n + 2]
            for n in range(len(text) - 1)
            if HAN.match(text[n]) and HAN.match(text[n + 1])
        )

    @cached_property
    def services(self) -> list[str]:
        record = self.record
        return [legible(n).lower() for n in (record.service, *record.service_aliases) if n]

    def _texts(self) -> Iterator[str]:
        record = self.record
        yield from (record.number, record.title, record.service, *record.service_aliases)
        for fact in record.facts:
            yield f"{fact.what} {fact.attribute} {fact.value} {fact.unit or ''}"
        for event in record.events:
            yield event.text
            yield event.actor_role
