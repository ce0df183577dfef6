"""What may this audience be told, and what of it is news to them?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from ..domain.directory import Bilingual
from ..domain.errors import MissingVariable
from ..domain.facts import Audience, Brief, Fact, cut
from ..domain.times import to_text
from .slot_names import ONCE, TYPE


def make_brief(
    facts: tuple[Fact, ...],
    audience: Audience,
    told: Mapping[str, str],
    news_attributes: Iterable[str] = (),
) -> Brief:
    """The facts cut for `audience` (law 4), and which attributes differ from what was `told`.

    Without `news_attributes` every attribute counts. A value that is gone is no news by itself. Of a
    list that is told once, what was told before is left out. The type of incident is no news: it chooses words.
    """
    known = tuple(f for f in cut(facts, audience) if not _told_before(f, told))
    number = next((f for f in known if f.attribute == "number"), None)
    if number is None:
        raise MissingVariable(
            "the ticket's number may not be told to this audience, or is not known"
        )
    wanted = frozenset(news_attributes)
    now = _comparable(known)
    news = {
        a
        for a, text in now.items()
        if a != TYPE and (not wanted or a in wanted) and told.get(a) != text
    }
    return Brief(
        incident=number.what,
        number=str(number.value),
        audience=audience,
        facts=known,
        news=frozenset(news),
    )


def _told_before(fact: Fact, told: Mapping[str, str]) -> bool:
    return fact.attribute in ONCE and fact.id in told.get(fact.attribute, "").split("\n")


def told_values(brief: Brief) -> dict[str, str]:
    """What the audience knows once this brief was told: by attribute, comparable between languages."""
    return _comparable(brief.facts)


def _comparable(facts: Iterable[Fact]) -> dict[str, str]:
    said: dict[str, str] = {}
    for fact in facts:
        before = said.get(fact.attribute)
        text = comparable(fact)
        said[fact.attribute] = text if before is None else f"{before}\n{text}"
    return said


def comparable(fact: Fact) -> str:
    """Its value as a text that is the same in both languages."""
    if fact.attribute in ONCE:
        return fact.id
    if isinstance(fact.value, datetime):
        return to_text(fact.value)
    if isinstance(fact.value, Bilingual):
        return fact.value.en
    return str(fact.value)
