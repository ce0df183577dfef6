"""Which cases say a term? For each term how many do, and the latest of them, in one row of bounded length.

A term is kept as a number made of it, a case as minute and place in one number: so numbers sort as cases happened,
in whatever order they were taken in.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from itertools import islice
from sys import byteorder
from typing import Any

from sqlalchemy import bindparam, delete, select, text

from ...domain.recurring import LISTED
from . import recurrence_tables as tables
from .rows import Rows, on_conflict

_AT_ONCE = 5000
"""Values of one statement; SQLite takes 32,766, PostgreSQL 65,535."""
_LOCK = 7_015_019
"""The name of our lock in PostgreSQL; nothing else takes one of this number."""
_FURTHEST = (1 << 31) - 1
"""Minutes that fit: four thousand years."""
_PLACE = (1 << 32) - 1

P = tables.postings
_NAMED = P.c.term.in_(bindparam("terms", expanding=True))
_COUNTS = select(P.c.term, P.c.n).where(_NAMED)
_LATEST = select(P.c.term, P.c.latest).where(_NAMED)
_WHOLE = select(P.c.term, P.c.n, P.c.latest).where(_NAMED)
_LEFT = delete(P).where(P.c.term == bindparam("gone"))


class PostingRows(Rows):
    """Terms and the cases that say them, inside a unit of work."""

    def term_counts(self, terms: Collection[str]) -> Mapping[str, int]:
        named = {number_of(term): term for term in terms}
        return {
            named[row[0]]: row[1]
            for part in _parts(named)
            for row in self._connection.execute(_COUNTS, {"terms": part})
        }

    def latest_with(self, terms: Sequence[str], most: int) -> list[Sequence[int]]:
        numbers = [number_of(term) for term in terms]
        found = {
            row[0]: _unpacked(row[1])[-most:]
            for part in _parts(numbers)
            for row in self._connection.execute(_LATEST, {"terms": part})
        }
        return [found.get(number, _NONE) for number in numbers]

    def _post(self, cases: Mapping[int, Iterable[int]]) -> None:
        """Case → its terms. The cases are new: one that was posted before would be counted twice."""
        said: defaultdict[int, list[int]] = defaultdict(list)
        for case, terms in cases.items():
            for term in terms:
                said[term].append(case)
        # In one order, which is that of the rows: each page is written once.
        for part in _parts(sorted(said)):
            held = {row[0]: row[2] for row in self._held(part)}
            rows = [
                {
                    "term": term,
                    "n": len(said[term]),
                    "latest": _packed(_merged(held.get(term), said[term])),
                }
                for term in part
            ]
            self._connection.execute(_adding(self._postgres), rows)

    def _unpost(self, cases: Mapping[int, Iterable[int]]) -> None:
        """Case → the terms by which it was posted."""
        said: defaultdict[int, set[int]] = defaultdict(set)
        for case, terms in cases.items():
            for term in terms:
                said[term].add(place_of(case))
        for part in _parts(sorted(said)):
            held = self._held(part)
            if gone := [{"gone": term} for term, n, _ in held if n <= len(said[term])]:
                self._connection.execute(_LEFT, gone)
            rows = [
                {"term": term, "n": -len(said[term]), "latest": _without(said[term], latest)}
                for term, n, latest in held
                if n > len(said[term])
            ]
            if rows:
                self._connection.execute(_adding(self._postgres), rows)

    def _held(self, terms: Sequence[int]) -> list[tuple[int, int, bytes]]:
        return [
            (row[0], row[1], row[2])
            for row in self._connection.execute(_WHOLE, {"terms": list(terms)})
        ]

    def _alone(self) -> None:
        """What is read now is still so when it is written: on SQLite a writer is alone anyway."""
        if self._postgres:
            self._connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))


@lru_cache(maxsize=50_000)
def number_of(term: str) -> int:
    """64 bits of its hash: of ten million terms two are the same with a chance of 1 in 400,000."""
    told = term.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(told, digest_size=8).digest(), "big", signed=True)


def case_number(at: datetime, place: int) -> int:
    minute = max(-_FURTHEST, min(_FURTHEST, int(at.timestamp()) // 60))
    return (minute << 32) | place


def place_of(case: int) -> int:
    return case & _PLACE


def packed_terms(terms: Iterable[int]) -> bytes:
    return _packed(array("q", sorted(terms)))


def unpacked_terms(held: bytes) -> list[int]:
    return list(_unpacked(held))


def _merged(held: bytes | None, more: Sequence[int]) -> array[int]:
    known = _unpacked(held) if held else array("q")
    late = len(more) > 1 or (known and more[0] < known[-1])
    known.extend(more)
    return array("q", sorted(known)[-LISTED:]) if late else known[-LISTED:]


def _without(places: Collection[int], held: bytes) -> bytes:
    return _packed(array("q", (one for one in _unpacked(held) if place_of(one) not in places)))


def _packed(numbers: array[int]) -> bytes:
    if byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def _unpacked(held: bytes) -> array[int]:
    numbers = array("q")
    numbers.frombytes(held)
    if byteorder == "big":
        numbers.byteswap()
    return numbers


def _parts(numbers: Iterable[int]) -> Iterator[list[int]]:
    left = iter(numbers)
    while part := list(islice(left, _AT_ONCE)):
        yield part


@lru_cache(maxsize=2)
def _adding(postgres: bool) -> Any:
    statement = on_conflict(P, postgres)
    return statement.on_conflict_do_update(
        index_elements=["term"],
        set_={"n": P.c.n + statement.excluded.n, "latest": statement.excluded.latest},
    )


_NONE: array[int] = array("q")
