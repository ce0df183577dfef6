"""How is a signature kept as text, and read again?

Fields and terms between marks that no term has: half as long as JSON and read in half the time, and 96 are read
for each ticket.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache

from .naming import Kind
from .signature import Signature

HELD = 4096
"""Signatures that are held once they were read, of some 10 KiB each: what comes back is compared with the same ones."""
_FIELD, _TERM = "\x1e", "\x1f"
_SETS = ("meanings", "symptom", "troubles", "cause")
"""Each is written by its name: one that a signature of before has not is empty."""
_NONE: frozenset[str] = frozenset()
_AS_SPACE = str.maketrans(_FIELD + _TERM, "  ")


def written(signature: Signature) -> str:
    sets = {name: getattr(signature, name) for name in _SETS}
    return _FIELD.join(
        (
            _plain(signature.id),
            str(_micros(signature.at)),
            _flags(signature),
            str(signature.length),
            *map(_plain, (signature.service, signature.category, signature.site)),
            *_counts(signature.title),
            *_counts(signature.words),
            _terms(signature.template),
            *(_terms((name, *sorted(terms))) for name, terms in sets.items() if terms),
            *(_terms((kind.value, *sorted(of))) for kind, of in sorted(signature.names.items())),
        )
    )


@lru_cache(maxsize=HELD)
def read(text: str) -> Signature:
    """What `written` made; the same value for the same text, and nobody changes it. Raises ValueError for
    anything else."""
    fields = text.split(_FIELD)
    id_, at, flags, length, service, category, site = fields[:7]
    title, title_more, words, words_more, template = fields[7:12]
    named = dict(_named(each) for each in fields[12:])
    return Signature(
        id=id_,
        at=datetime.fromtimestamp(int(at) // 1_000_000, UTC).replace(microsecond=int(at) % 10**6),
        title=_counted(title, title_more),
        words=_counted(words, words_more),
        length=int(length),
        **{name: named.pop(name, _NONE) for name in _SETS},
        names={Kind(kind): terms for kind, terms in named.items()},
        template=tuple(_split(template)),
        service=service,
        category=category,
        site=site,
        chinese=flags[0] == "1",
        after_change=flags[1] == "1",
        asks=flags[2] == "1",
    )


def _flags(signature: Signature) -> str:
    told = signature.chinese, signature.after_change, signature.asks
    return "".join(str(int(flag)) for flag in told)


def _micros(at: datetime) -> int:
    since = at - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def _plain(said: str) -> str:
    return said.translate(_AS_SPACE)


def _terms(terms: Iterable[str]) -> str:
    return _TERM.join(map(_plain, terms))


def _counts(counted: Mapping[str, int]) -> tuple[str, str]:
    """Most words are said once: those, and then the others, each with how often."""
    once = [term for term, n in counted.items() if n == 1]
    more = [part for term, n in counted.items() if n != 1 for part in (term, str(n))]
    return _terms(once), _terms(more)


def _split(terms: str) -> list[str]:
    return terms.split(_TERM) if terms else []


def _counted(once: str, more: str) -> dict[str, int]:
    found = dict.fromkeys(_split(once), 1)
    others = _split(more)
    found.update(zip(others[::2], map(int, others[1::2]), strict=True))
    return found


def _named(terms: str) -> tuple[str, frozenset[str]]:
    name, *held = terms.split(_TERM)
    return name, frozenset(held)
