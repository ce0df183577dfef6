"""How is a true sentence made wrong by code? One function a way; None where a sentence offers no hold.

Whatever is put in is looked for in the record first: what stands there would not be wrong.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from . import inventions as words
from .rows import Row

Spoiler = Callable[["Sentence"], str | None]
_NUMBER = re.compile(r"(?<![\w.:/-])\d[\d,]*(?:\.\d+)?(?![\w:/-]|\.\d|\s?[月日年号])")
_CLOCK = re.compile(r"(?<![\d:])([01]?\d|2[0-3]):([0-5]\d)(?![\d:])")
_IDENTIFIER = re.compile(r"\b[A-Za-z][\w.]*-[\w-]*\d[\w-]*\b|\b0x[0-9A-Fa-f]{4,}\b|\bKB\d{4,}\b")
_QUOTED = re.compile(r"[“\"「]([^”\"」]{6,})[”\"」]")
_ZONE = re.compile(r"\b(?:UTC|GMT|[A-Z]{2,4}T|time)\b|时间")


@dataclass(frozen=True)
class Sentence:
    """One true sentence, the row that it stands in, and the dice of this trial."""

    text: str
    row: Row
    dice: random.Random

    @property
    def zh(self) -> bool:
        return self.row.language == "zh"

    @property
    def recorded(self) -> str:
        return json.dumps(self.row.raw, ensure_ascii=False).lower()

    def lists(self, what: tuple[tuple[str, ...], tuple[str, ...]]) -> tuple[str, ...]:
        """The Chinese or the English half, without what the record itself says."""
        return tuple(w for w in what[0 if self.zh else 1] if w.lower() not in self.recorded)

    def one(self, what: tuple[tuple[str, ...], tuple[str, ...]]) -> str | None:
        found = self.lists(what)
        return self.dice.choice(found) if found else None


def _replaced(sentence: Sentence, found: re.Match[str], new: str) -> str:
    return sentence.text[: found.start()] + new + sentence.text[found.end() :]


def _any(sentence: Sentence, pattern: re.Pattern[str]) -> re.Match[str] | None:
    found = list(pattern.finditer(sentence.text))
    return sentence.dice.choice(found) if found else None


def digit(sentence: Sentence) -> str | None:
    found = _any(sentence, _NUMBER)
    if found is None or re.match(r"\s?(?:k\b|万)", sentence.text[found.end() :]):
        return None
    for _ in range(20):
        at = sentence.dice.choice([n for n, c in enumerate(found[0]) if c.isdigit()])
        new = found[0][:at] + str(sentence.dice.randint(1, 9)) + found[0][at + 1 :]
        if not _stands(sentence, new) and new != found[0]:
            return _replaced(sentence, found, new)
    return None


def _stands(sentence: Sentence, number: str) -> bool:
    bare = number.replace(",", "")
    return bool(re.search(rf"(?<!\d){re.escape(bare)}(?!\d)", sentence.recorded.replace(",", "")))


def unit(sentence: Sentence) -> str | None:
    for old, new in words.UNITS:
        found = re.search(rf"(?<=\d)(\s?){old}(?![a-z])", sentence.text)
        if found and found[0].strip():
            return _replaced(sentence, found, found[1] + new)
    return None


def time_shift(sentence: Sentence) -> str | None:
    found = _any(sentence, _CLOCK)
    if found is None:
        return None
    for _ in range(20):
        minute = (
            int(found[1]) * 60
            + int(found[2])
            + sentence.dice.choice((-35, -20, -10, 10, 20, 30, 60))
        )
        new = f"{minute // 60 % 24:02d}:{minute % 60:02d}"
        if new not in sentence.recorded and new.lstrip("0") not in sentence.recorded:
            return _replaced(sentence, found, new)
    return None


def zone(sentence: Sentence) -> str | None:
    found = _any(sentence, _CLOCK)
    if found is None or _ZONE.search(sentence.text):
        return None
    new = f"东京时间 {found[0]}" if sentence.zh else f"{found[0]} Tokyo time"
    return _replaced(sentence, found, new)


def entity_swap(sentence: Sentence) -> str | None:
    """A person, team, company or place of the record by another of its kind."""
    for fact in sentence.row.record.facts:
        value = str(fact.value)
        kind = next((k for k in words.NAMES if k in fact.attribute), None)
        if kind and len(value) > 1 and value in sentence.text:
            new = sentence.one(words.NAMES[kind])
            return sentence.text.replace(value, new) if new else None
    return None


def service_swap(sentence: Sentence) -> str | None:
    record = sentence.row.record
    for name in sorted((record.service, *record.service_aliases), key=len, reverse=True):
        found = re.search(
            rf"(?<![\w-]){re.escape(name)}(?![\w-])" if name.isascii() else re.escape(name),
            sentence.text,
        )
        new = sentence.one(words.SERVICES) if found else None
        if found and new:
            return _replaced(sentence, found, new)
    return None


def identifier_edit(sentence: Sentence) -> str | None:
    found = _any(sentence, _IDENTIFIER)
    if found is None:
        return None
    for _ in range(20):
        at = sentence.dice.choice([n for n, c in enumerate(found[0]) if c.isdigit()])
        new = found[0][:at] + str(sentence.dice.randint(0, 9)) + found[0][at + 1 :]
        if new.lower() not in sentence.recorded and new[at] != found[0][at]:
            return _replaced(sentence, found, new)
    return None


def state_jump(sentence: Sentence) -> str | None:
    record = sentence.row.record
    over = record.phase == "resolved" or record.state in ("resolved", "closed")
    jumps = words.STILL if over else words.OVER
    name = record.service
    return sentence.dice.choice(jumps[0 if sentence.zh else 1]).format(service=name)


def scope_widened(sentence: Sentence) -> str | None:
    return _swapped(sentence, words.WIDER)


def negation(sentence: Sentence) -> str | None:
    return _swapped(sentence, words.TURNED)


def _swapped(
    sentence: Sentence, pairs: tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]
) -> str | None:
    for old, new in pairs[0 if sentence.zh else 1]:
        changed = re.sub(old, new, sentence.text, count=1, flags=re.IGNORECASE)
        if changed != sentence.text:
            return changed
    return None


def cause_invented(sentence: Sentence) -> str | None:
    cause = sentence.one(words.CAUSES)
    if cause is None:
        return None
    bare = sentence.text.rstrip("。.！!")
    return f"由于{cause}，{bare}。" if sentence.zh else f"{bare} because of {cause}."


def suspicion_hardened(sentence: Sentence) -> str | None:
    return _swapped(sentence, words.SURER)


def activity_invented(sentence: Sentence) -> str | None:
    return sentence.one(words.DEEDS)


def quote_changed(sentence: Sentence) -> str | None:
    found = _QUOTED.search(sentence.text)
    if found is None:
        return None
    middle = found.start(1) + len(found[1]) // 2
    return (
        sentence.text[:middle] + ("全" if sentence.zh else " never ") + sentence.text[middle + 1 :]
    )


def promise_added(sentence: Sentence) -> str | None:
    return sentence.one(words.PROMISES)


def threshold_for_measurement(sentence: Sentence) -> str | None:
    """A measured number by the limit of the same unit."""
    facts = sentence.row.record.facts
    limits = [f for f in facts if f.attribute == "threshold" and isinstance(f.value, (int, float))]
    if re.search(r"threshold|limit|阈值|上限|线", sentence.text):
        return None
    for limit in limits:
        for fact in facts:
            same = (
                fact.unit == limit.unit
                and fact.attribute != "threshold"
                and fact.value != limit.value
            )
            if not same or not isinstance(fact.value, (int, float)):
                continue
            found = re.search(
                rf"(?<![\d.,]){re.escape(f'{fact.value:,}')}(?![\d.,])", sentence.text
            )
            if found:
                return _replaced(sentence, found, f"{limit.value:,}")
    return None


WAYS: dict[str, Spoiler] = {
    way.__name__: way
    for way in (
        *(digit, unit, time_shift, zone, entity_swap, service_swap, identifier_edit, state_jump),
        *(scope_widened, negation, cause_invented, suspicion_hardened, activity_invented),
        *(quote_changed, promise_added, threshold_for_measurement),
    )
}
