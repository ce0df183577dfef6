"""Two tellings of the same past: what is more, gone, earlier, later, or said in other words? And what cannot be told?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from difflib import unified_diff
from typing import Any, Literal

from .sent import Sent, Unplayed

How = Literal["added", "gone", "earlier", "later", "held", "freed", "reworded", "unclear"]
HOW: tuple[How, ...] = (
    *("added", "gone", "earlier", "later", "held", "freed", "reworded"),
    "unclear",
)
SAME_TIME = timedelta(minutes=1)
"""Less is no other time: in reality drafting and sending take their seconds."""
_OF_MODELS = frozenset({"earlier", "later", "reworded"})
"""Of a text in a model's words: it waited for them. Whether it is told at all is for the rules."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """`before` is None for what is new, `after` for what is gone; `words` is their difference, line by line."""

    how: How
    before: Sent | None
    after: Sent | None
    words: tuple[str, ...] = ()
    why: Unplayed | None = None
    """Of what is unclear: what it rests on that is not played."""

    @property
    def row(self) -> Sent:
        found = self.after or self.before
        if found is None:
            raise ValueError("a change has a message before or after it")
        return found

    def as_json(self) -> dict[str, Any]:
        return {
            "how": self.how,
            "before": self.before.as_json() if self.before else None,
            "after": self.after.as_json() if self.after else None,
            "words": list(self.words),
            "why": self.why,
        }


@dataclass(frozen=True, kw_only=True)
class Difference:
    """`same` counts the messages that stay as they are."""

    changes: tuple[Change, ...] = ()
    same: int = 0
    counts: Counter[str] = field(default_factory=Counter)

    def by_kind(self) -> list[dict[str, Any]]:
        """How many of each change, by kind and audience; the greatest first."""
        found = Counter((c.row.kind, c.row.audience, c.how) for c in self.changes)
        return [
            {"kind": kind, "audience": audience, "how": how, "messages": n}
            for (kind, audience, how), n in sorted(found.items(), key=lambda one: (-one[1], one[0]))
        ]


def difference(
    before: Sequence[Sent], after: Sequence[Sent], *, of_record: bool = False
) -> Difference:
    """Matched by ticket, reader, channel and kind; of several the nearest in time belong together. `of_record`: the first
    is what really was sent. What of it rests on things that are not played is unclear then, and no difference."""
    theirs, ours = _grouped(before), _grouped(after)
    changes: list[Change] = []
    same = 0
    for whose in dict.fromkeys([*theirs, *ours]):
        for old, new in _pairs(theirs.get(whose, []), ours.get(whose, [])):
            found = list(_changes(old, new))
            if of_record:
                found = _as_far_as_known(old, new, found)
            changes += found
            same += not found
    changes.sort(key=lambda c: (c.row.incident, c.row.at, c.row.whose, HOW.index(c.how)))
    counts: Counter[str] = Counter(change.how for change in changes)
    return Difference(changes=tuple(changes), same=same, counts=counts)


def _grouped(rows: Sequence[Sent]) -> dict[tuple[str, ...], list[Sent]]:
    found: dict[tuple[str, ...], list[Sent]] = defaultdict(list)
    for row in rows:
        found[row.whose].append(row)
    return found


def _pairs(old: Sequence[Sent], new: Sequence[Sent]) -> Iterator[tuple[Sent | None, Sent | None]]:
    near = sorted((abs(a.at - b.at), n, m) for n, a in enumerate(old) for m, b in enumerate(new))
    left, right = set(range(len(old))), set(range(len(new)))
    for _, n, m in near:
        if n in left and m in right:
            left.remove(n)
            right.remove(m)
            yield old[n], new[m]
    yield from ((old[n], None) for n in sorted(left))
    yield from ((None, new[m]) for m in sorted(right))


def _changes(old: Sent | None, new: Sent | None) -> Iterator[Change]:
    if old is None or new is None:
        yield Change(how="gone" if new is None else "added", before=old, after=new)
        return
    if old.standing != new.standing:
        how: How = "held" if new.standing == "waits_for_person" else "freed"
        yield Change(how=how, before=old, after=new)
    if new.at - old.at >= SAME_TIME:
        yield Change(how="later", before=old, after=new)
    elif old.at - new.at >= SAME_TIME:
        yield Change(how="earlier", before=old, after=new)
    if (old.subject, old.text) != (new.subject, new.text):
        yield Change(how="reworded", before=old, after=new, words=tuple(_words(old, new)))


def _as_far_as_known(old: Sent | None, new: Sent | None, found: list[Change]) -> list[Change]:
    """Where both rest on something, what is on record says on what."""
    why = next((row.rests_on for row in (old, new) if row and row.rests_on), None)
    doubtful = [c for c in found if why is not None and (why != "model" or c.how in _OF_MODELS)]
    if not doubtful:
        return found
    sure = [change for change in found if change not in doubtful]
    return [*sure, Change(how="unclear", before=old, after=new, why=why)]


def _words(old: Sent, new: Sent) -> Iterator[str]:
    one, other = ([row.subject, *row.text.splitlines()] for row in (old, new))
    yield from list(unified_diff(one, other, lineterm="", n=1))[2:]
