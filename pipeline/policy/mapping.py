"""What does another tool's payload say in our words? A mapping file: for each field of ours, an expression over it.

Expressions are CEL over `payload`, the decoded JSON, and `item`, the element of `each` that is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..domain.errors import Malformed
from .conditions import Condition, ConditionFailed

MOST_ITEMS = 5000
OPTIONAL = "?"
"""At the end of a field's name: where its expression names a key that is not there, it is left out."""
VARIABLES = {
    "payload": "the whole of what was sent",
    "item": "the element of `each`; without it, the same as `payload`",
}
Tree = Condition | Mapping[str, "Tree"] | tuple["Tree", ...]
"""Fields as they nest in a file, with compiled expressions for leaves."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One kind of thing that a payload may tell. `type` is an event's; None for an alert."""

    where: str
    each: Condition | None
    when: Condition | None
    type: str | None
    fields: Mapping[str, Tree]


@dataclass(frozen=True, kw_only=True)
class Found:
    """What an entry made of one item, as plain values; `at` names both, for sentences."""

    at: str
    type: str | None
    fields: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class PayloadMapping:
    name: str
    entries: tuple[Entry, ...]

    def read(self, payload: Any) -> tuple[list[Found], int]:
        """(what it says, how many items no entry was about). Raises Malformed with every field at fault."""
        found: list[Found] = []
        problems: list[tuple[str, str]] = []
        passed_over = 0
        for entry in self.entries:
            try:
                items = _items(entry, payload)
            except Malformed as wrong:
                problems += wrong.problems
                continue
            for n, item in enumerate(items):
                values = {"payload": payload, "item": item}
                at = f"{entry.where}[{n}]" if entry.each else entry.where
                try:
                    fields = _read(entry, values, at)
                except Malformed as wrong:
                    problems += wrong.problems
                    continue
                if fields is None:
                    passed_over += 1
                else:
                    found.append(Found(at=at, type=entry.type, fields=fields))
        if problems:
            said = "; ".join(f"{field}: {sentence}" for field, sentence in problems[:10])
            raise Malformed(said, field=problems[0][0], problems=problems[:100])
        return found, passed_over


def _items(entry: Entry, payload: Any) -> list[Any]:
    if entry.each is None:
        return [payload]
    try:
        items = _value(entry.each, {"payload": payload, "item": payload}, f"{entry.where}.each")
    except LookupError as absent:
        raise _wrong(f"{entry.where}.each", f"the payload has no {absent}") from None
    if not isinstance(items, list):
        raise _wrong(f"{entry.where}.each", f"{entry.each.text} gave {_kind(items)}, not a list")
    if len(items) > MOST_ITEMS:
        raise _wrong(f"{entry.where}.each", f"gave {len(items)} items; {MOST_ITEMS} are allowed")
    return items


def _read(entry: Entry, values: Mapping[str, Any], at: str) -> dict[str, Any] | None:
    """None where the entry is not about this item."""
    if entry.when is not None:
        try:
            if not entry.when.holds(values):
                return None
        except ConditionFailed as failed:
            raise _wrong(f"{at}.when", _plain(str(failed))) from None
    problems: list[tuple[str, str]] = []
    fields = dict(_filled(entry.fields, values, at, problems))
    if problems:
        raise Malformed(problems[0][1], field=problems[0][0], problems=problems)
    return fields


def _filled(
    fields: Mapping[str, Tree], values: Mapping[str, Any], at: str, problems: list[tuple[str, str]]
) -> Iterator[tuple[str, Any]]:
    for name, tree in fields.items():
        try:
            value = _leaf(tree, values, f"{at}.{name.rstrip(OPTIONAL)}", problems)
        except LookupError as absent:
            if not name.endswith(OPTIONAL):
                problems.append((f"{at}.{name}", _plain(f"the payload has no {absent}")))
            continue
        except Malformed as wrong:
            problems += wrong.problems
            continue
        # What is empty was not said.
        if value not in (None, "", {}, []):
            yield name.rstrip(OPTIONAL), value


def _leaf(tree: Tree, values: Mapping[str, Any], at: str, problems: list[tuple[str, str]]) -> Any:
    if isinstance(tree, Mapping):
        return dict(_filled(tree, values, at, problems))
    if isinstance(tree, tuple):
        return [_leaf(one, values, f"{at}.{n}", problems) for n, one in enumerate(tree)]
    return _value(tree, values, at)


def _value(expression: Condition, values: Mapping[str, Any], at: str) -> Any:
    """Raises LookupError for a key that is not there, Malformed for whatever else fails."""
    try:
        return expression.program.execute({name: values[name] for name in expression.names})
    except LookupError:
        raise
    except Exception as failed:  # the binding raises a dozen kinds, all meaning "no answer"
        raise _wrong(at, _plain(f"{expression.text}: {failed}")) from None


def _wrong(field: str, sentence: str) -> Malformed:
    return Malformed(sentence, field=field, problems=[(field, sentence)])


def _plain(text: str) -> str:
    return " ".join(text.split())[:300]


def _kind(value: Any) -> str:
    return {"dict": "a map", "str": "text", "NoneType": "nothing"}.get(
        type(value).__name__, type(value).__name__
    )
