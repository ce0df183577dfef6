"""What did a model think of the judged texts? Recorded answers, read as production reads them.

A file is `{"model": NAME, "prompt": VERSION, "answers": {TEXT: ANSWER}}`, or the answers alone. TEXT is a row's id or
the handle of its prompt, ANSWER the object that was asked for or the words of the answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.errors import UnfitAnswer
from pipeline.drafting.prose.opinion import OpinionPrompt, doubts_in
from prompts import ROOT, read_texts

from .opinion_prompts import handle_of, shown_of
from .rows import Row


@dataclass(frozen=True, kw_only=True)
class Opinions:
    """`doubted` are the sentences in doubt, counted from 0, by the id of each text that was answered for; none for an
    answer of no use, which `unfit` names with the reason. `older` when another prompt was asked."""

    doubted: Mapping[str, frozenset[int]]
    unfit: Mapping[str, str]
    older: bool


def read_opinions(files: Sequence[Path], rows: Sequence[Row]) -> Opinions:
    """Raises ValueError for what holds no answers, for a text that is not in the set, and for two answers to one."""
    known = {name: row for row in rows for name in (row.id, handle_of(row))}
    doubted: dict[str, frozenset[int]] = {}
    unfit: dict[str, str] = {}
    versions = set[str]()
    for file in files:
        raw = _raw(file)
        versions |= {str(raw["prompt"])} if raw.get("prompt") else set()
        for name, answer in _answers(raw, file):
            row = known.get(name)
            if row is None:
                raise ValueError(
                    f"{file}: there is no text {name[:100]} among those that are judged"
                )
            if row.id in doubted:
                raise ValueError(f"{file}: {name} is answered twice")
            try:
                doubted[row.id] = _doubted(answer, row)
            except UnfitAnswer as wrong:
                doubted[row.id], unfit[row.id] = frozenset(), str(wrong)
    current = OpinionPrompt(read_texts(ROOT)).version
    return Opinions(doubted=doubted, unfit=unfit, older=bool(versions - {current}))


def _raw(file: Path) -> dict[str, Any]:
    try:
        raw = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as wrong:
        raise ValueError(f"{file}: is no JSON ({wrong})") from None
    if not isinstance(raw, dict):
        raise ValueError(f"{file}: holds no answers by the name of their text")
    return raw


def _answers(raw: Mapping[str, Any], file: Path) -> Iterator[tuple[str, Any]]:
    found = raw.get("answers", raw)
    if not isinstance(found, dict) or not found:
        raise ValueError(f"{file}: holds no answers by the name of their text")
    yield from found.items()


def _doubted(answer: Any, row: Row) -> frozenset[int]:
    said = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
    found = doubts_in(said, [one.text for one in shown_of(row)])
    return frozenset(doubt.sentence - 1 for doubt in found)
