"""What would a model be asked about the judged texts? The very prompts, as files, and nothing of how texts are marked."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from pipeline.drafting.prose.contract import Question
from pipeline.drafting.prose.opinion import Held, Line, OpinionPrompt, Said
from pipeline.guard.claims import Record
from prompts import ROOT, read_texts

from .measured import SEED
from .rows import Row

A_BATCH = 10


def handle_of(row: Row) -> str:
    """By which a prompt is named: a row's id tells who reads it too much."""
    return sha256(row.id.encode()).hexdigest()[:8]


def subset(rows: Sequence[Row], texts: int | None, seed: int = SEED) -> list[Row]:
    """As many of them, drawn by this seed, in the order in which they were drawn."""
    drawn = [*rows]
    random.Random(seed).shuffle(drawn)
    return drawn[:texts]


def question_of(row: Row, prompt: OpinionPrompt) -> Question:
    """The whole record is shown, as the guard of claims is given it."""
    record = row.record
    return prompt.asked(
        audience=str(row.audience),
        now=record.now,
        facts=[*_of_ticket(record), *_facts(record)],
        lines=[
            Line(slot=e.id, by=f"{e.actor_role}, {e.type}", at=_at(e.at), text=_line(e.text))
            for e in record.events
        ],
        sentences=shown_of(row),
    )


def shown_of(row: Row) -> list[Said]:
    """What a sentence rests on is not known of these texts."""
    return [Said(text=_line(s.text)) for s in row.sentences]


def write_prompts(rows: Sequence[Row], folder: Path, texts: int | None, seed: int) -> int:
    """`N/HANDLE.txt` is one prompt, ten to a folder; `N.txt` holds all of a folder. How many there are."""
    prompt, drawn = OpinionPrompt(read_texts(ROOT)), subset(rows, texts, seed)
    for start in range(0, len(drawn), A_BATCH):
        number = start // A_BATCH + 1
        (folder / str(number)).mkdir(parents=True, exist_ok=True)
        batch = []
        for row in drawn[start : start + A_BATCH]:
            whole = "\n\n".join(turn.text for turn in question_of(row, prompt).turns) + "\n"
            (folder / str(number) / f"{handle_of(row)}.txt").write_text(whole, encoding="utf-8")
            batch.append(f"===== {handle_of(row)} =====\n{whole}")
        (folder / f"{number}.txt").write_text("\n".join(batch), encoding="utf-8")
    return len(drawn)


def _of_ticket(record: Record) -> Iterator[Held]:
    told = {
        "ticket, number": record.number,
        "ticket, title": record.title,
        "service, name": record.service,
        "service, also called": ", ".join(record.service_aliases),
        "ticket, severity": record.severity,
        "ticket, state": record.state,
        "ticket, phase": record.phase,
        "ticket, opened at": _at(record.opened_at),
        "major incident": "yes" if record.major else "no",
    }
    for n, (what, value) in enumerate(((w, v) for w, v in told.items() if v), 1):
        yield Held(slot=f"R{n}", what=what, sure="", value=_line(str(value)))


def _facts(record: Record) -> Iterator[Held]:
    for fact in record.facts:
        unit = f" {fact.unit}" if fact.unit else ""
        yield Held(
            slot=fact.id,
            what=f"{fact.what}, {fact.attribute.replace('_', ' ')}",
            sure="" if fact.status == "confirmed" else fact.status,
            value=_line(f"{fact.value}{unit}"),
        )


def _at(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M %z}"


def _line(text: str) -> str:
    return " ".join(text.split())
