"""How do articles reach the server? In batches that fit its limits, and can be sent again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from knowledge.article import ArticleText, Unreadable
from pipeline.flow.articles.editing import MOST_AT_ONCE
from pipeline.policy.readers import with_labels

from .article_places import Reading
from .connection import CommandFailed, Sends

PATH = "/api/v1/knowledge/import"
MOST_OCTETS = 512 * 1024
"""Of one batch, half of the usual limit of a body; a smaller limit is met by halving."""
MOST_IDS = 5000
TOO_LARGE = 413
Batch = list[dict[str, Any]]


@dataclass(kw_only=True)
class Imported:
    """What became of them. `silent` counts those that do not say who may read them."""

    counts: dict[str, int] = field(default_factory=dict)
    unreadable: list[Unreadable] = field(default_factory=list)
    silent: int = 0
    not_pruned: str = ""

    def count(self, what: str, n: int = 1) -> None:
        self.counts[what] = self.counts.get(what, 0) + n

    def as_values(self) -> dict[str, Any]:
        told = {"not_retired": self.not_pruned} if self.not_pruned else {}
        broken = [one.model_dump() for one in self.unreadable]
        return {**self.counts, "without_audience": self.silent, "unreadable": broken, **told}


class Batches:
    """Without `send` everything is read, and nothing sent."""

    def __init__(self, send: Sends | None, audience: list[str] | None) -> None:
        self._send, self._audience = send, audience
        outcomes = ("added", "changed", "unchanged", "kept", "retired") if send else ("read",)
        self._done = Imported(counts=dict.fromkeys(outcomes, 0))

    def take_in(self, reading: Reading) -> Imported:
        with _progress(reading) as began:
            for batch in self._batched(reading, began):
                self._take(batch)
        return self._done

    def prune(self, reading: Reading) -> None:
        """Every part stands alone: what was retired before a failure was rightly retired."""
        if self._done.unreadable:
            self._done.not_pruned = "not everything could be read, so nobody knows what is missing"
            return
        if not reading.present:
            self._done.not_pruned = "no article was found, and a library is not emptied by mistake"
            return
        for source, present in reading.present.items():
            for part in _parts(source, sorted(present)):
                self._done.count("retired", self._finished(part))

    def _batched(self, reading: Reading, began: Callable[[str], None]) -> Iterator[Batch]:
        batch: Batch = []
        octets = 0
        for one in map(with_labels, reading.read(began)):
            if isinstance(one, Unreadable):
                self._done.unreadable.append(one)
                continue
            self._done.silent += one.audience is None
            if self._send is None:
                self._done.count("read")
                continue
            said, size = _said(one)
            if batch and (len(batch) == MOST_AT_ONCE or octets + size > MOST_OCTETS):
                yield batch
                batch, octets = [], 0
            batch.append(said)
            octets += size
        if batch:
            yield batch

    def _take(self, batch: Batch) -> None:
        """A batch that is over the server's limit goes in halves."""
        body = {"articles": batch} | (
            {} if self._audience is None else {"audience": self._audience}
        )
        try:
            answer = self._ask(PATH, body)
        except CommandFailed as refused:
            if refused.status != TOO_LARGE:
                raise self._stopped(refused) from None
            self._halve(batch, str(refused))
            return
        for outcome, n in answer["counts"].items():
            self._done.count(outcome, n)

    def _halve(self, batch: Batch, reason: str) -> None:
        if len(batch) == 1:
            place = batch[0]["external_id"]
            self._done.unreadable.append(Unreadable(place=place, reason=reason))
            return
        middle = len(batch) // 2
        self._take(batch[:middle])
        self._take(batch[middle:])

    def _finished(self, part: dict[str, Any]) -> int:
        try:
            return len(self._ask(f"{PATH}/finish", part)["retired"])
        except CommandFailed as refused:
            raise self._stopped(refused) from None

    def _ask(self, path: str, body: dict[str, Any]) -> Any:
        assert self._send is not None  # noqa: S101  without a server no batch is made
        return self._send("POST", path, body=body)

    def _stopped(self, refused: CommandFailed) -> CommandFailed:
        known = sum(self._done.counts.values())
        sentence = f"{refused}\n  {known:,} articles are in; the same command goes on from there"
        return CommandFailed(sentence, refused.code, status=refused.status)


def _said(text: ArticleText) -> tuple[dict[str, Any], int]:
    """An article as it is sent, and its octets."""
    said = text.model_dump(mode="json", exclude_none=True)
    return said, len(json.dumps(said, ensure_ascii=False).encode())


def _parts(source: str, present: list[str]) -> Iterator[dict[str, Any]]:
    """Ranges of ids that follow each other and leave no gap; the last one has no end."""
    after, ids, octets = "", list[str](), 0
    for one in present:
        size = len(json.dumps(one, ensure_ascii=False).encode())
        if ids and (len(ids) == MOST_IDS or octets + size > MOST_OCTETS):
            yield {"source": source, "present": ids, "after": after, "until": ids[-1]}
            after, ids, octets = ids[-1], [], 0
        ids.append(one)
        octets += size
    yield {"source": source, "present": ids, "after": after, "until": None}


@contextmanager
def _progress(reading: Reading) -> Iterator[Callable[[str], None]]:
    """A bar on stderr, where a person looks on."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task("Reading", total=reading.count())
        yield lambda _: bar.advance(task)
