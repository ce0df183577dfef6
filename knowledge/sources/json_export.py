"""What articles does an export in JSON hold, whole or one a line?"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from ..article import Unreadable
from ..decode import decoded
from ..errors import Refused
from .draft import Draft, File
from .exports import draft_of, entries_of


def read(file: File) -> Iterator[Draft | Unreadable]:
    """One document: a list of articles, a product's wrapper around one, or a single article."""
    try:
        document = json.loads(decoded(file.content))
    except RecursionError:
        raise Refused("it is JSON nested too deep for an export") from None
    except ValueError as wrong:
        raise Refused(f"it is no JSON: {wrong}") from None
    wrapper, entries = entries_of(document)
    if not entries:
        raise Refused("it holds no article")
    alone = len(entries) == 1 and not wrapper and not isinstance(document, list)
    for number, entry in enumerate(entries, 1):
        yield _draft(entry, file, wrapper, "" if alone else str(number), f"article {number}")


def read_lines(file: File) -> Iterator[Draft | Unreadable]:
    """JSON Lines: each line an article; a broken one is told by its number."""
    for number, line in enumerate(decoded(file.content).split("\n"), 1):
        if not line.strip():
            continue
        place = f"line {number}"
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError) as wrong:
            said = "nested too deep" if isinstance(wrong, RecursionError) else str(wrong)
            yield Unreadable(place=f"{file.place}, {place}", reason=f"it is no JSON: {said}")
            continue
        yield _draft(entry, file, "", str(number), place)


def _draft(entry: object, file: File, wrapper: str, key: str, place: str) -> Draft | Unreadable:
    where = f"{file.place}, {place}" if key else file.place
    if not isinstance(entry, Mapping):
        return Unreadable(place=where, reason="it is no article: names with values are expected")
    try:
        return draft_of(entry, wrapper=wrapper, key=key, place=place if key else "")
    except Refused as refused:
        known = entry.get("id")
        told = f" (id {known})" if isinstance(known, (str, int)) else ""
        return Unreadable(place=f"{where}{told}", reason=str(refused))
