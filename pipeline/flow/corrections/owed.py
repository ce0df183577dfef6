"""To whom is which correction owed? From what the ledger says that each of them got."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ...domain.correction import CORRECTABLE, Correction, Statement, Wrong
from ...domain.message import RECEIVED, Message, MessageState, Recipient
from ...drafting.wrong_values import WrongValues, as_compared
from ...policy.corrections import Corrections

UNDER_WAY = frozenset({MessageState.QUEUED, MessageState.SENDING})


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """What the store holds of one period of an incident: the texts' statements, the messages that carry those of
    them that are wrong, and corrections that have left."""

    statements: Sequence[Statement]
    messages: Sequence[Message]
    released: Sequence[Correction]


@dataclass(frozen=True, kw_only=True)
class Owed:
    """One text for exactly these recipients."""

    audience: str
    items: tuple[Wrong, ...]
    recipients: tuple[Recipient, ...]


def wrong_texts(
    statements: Iterable[Statement], wrong: Mapping[str, WrongValues], rules: Corrections
) -> dict[str, tuple[Statement, ...]]:
    """Text → what it states that is wrong beyond the threshold."""
    found: dict[str, list[Statement]] = {}
    for said in statements:
        known = wrong.get(said.attribute)
        if known is None or as_compared(said.fact) not in known.wrong:
            continue
        if rules.worth(said.fact, known.right):
            found.setdefault(said.rendition, []).append(said)
    return {rendition: tuple(stated) for rendition, stated in found.items()}


def owed(ledger: Ledger, wrong: Mapping[str, WrongValues], rules: Corrections) -> tuple[Owed, ...]:
    """Each recipient once, on the channel on which the latest of the wrong statements came."""
    texts = wrong_texts(ledger.statements, wrong, rules)
    latest: dict[str, dict[str, tuple[Message, Statement]]] = {}
    for message in sorted(ledger.messages, key=lambda m: (m.created_at, m.id)):
        if message.state in RECEIVED:
            mine = latest.setdefault(message.recipient.key, {})
            for said in texts.get(message.rendition, ()):
                mine[said.attribute] = (message, said)
    put_right = _put_right(ledger.released)
    groups: dict[tuple[str, tuple[tuple[str, ...], ...]], Owed] = {}
    for key, stated in latest.items():
        left = _left(key, stated, wrong, put_right)
        if left:
            message, said = max(left.values(), key=lambda pair: pair[0].created_at)
            items = tuple(_item(left[name][1], wrong[name]) for name in CORRECTABLE if name in left)
            # The same values, whichever event told them: one text for all who got them.
            same = said.audience, tuple((i.attribute, i.told_as, i.right_as or "") for i in items)
            one = groups.get(same) or Owed(audience=said.audience, items=items, recipients=())
            groups[same] = replace(one, recipients=(*one.recipients, message.recipient))
    return tuple(
        replace(one, recipients=tuple(sorted(one.recipients, key=lambda r: r.key)))
        for one in groups.values()
    )


def under_way(ledger: Ledger, texts: Mapping[str, object]) -> bool:
    """Whether a wrong statement may still arrive."""
    return any(m.state in UNDER_WAY and m.rendition in texts for m in ledger.messages)


def _left(
    recipient: str,
    stated: Mapping[str, tuple[Message, Statement]],
    wrong: Mapping[str, WrongValues],
    put_right: Mapping[tuple[str, str], Correction],
) -> dict[str, tuple[Message, Statement]]:
    """Without what a correction to the same recipient has put right since."""
    found = {}
    for attribute, (message, said) in stated.items():
        since = put_right.get((recipient, attribute))
        right = wrong[attribute].right
        now = as_compared(right) if right else None
        item = next((i for i in since.items if i.attribute == attribute), None) if since else None
        told_now = item is not None and item.right_as == now
        if since is None or not told_now or message.created_at > since.at:
            found[attribute] = (message, said)
    return found


def _put_right(released: Iterable[Correction]) -> dict[tuple[str, str], Correction]:
    """(recipient, attribute) → the last correction of it that left."""
    found: dict[tuple[str, str], Correction] = {}
    for one in sorted(released, key=lambda c: (c.at, c.communication)):
        for recipient in one.recipients:
            for item in one.items:
                found[recipient.key, item.attribute] = one
    return found


def _item(said: Statement, known: WrongValues) -> Wrong:
    return Wrong(
        attribute=said.attribute,
        told=said.fact,
        right=known.right,
        told_as=as_compared(said.fact),
        right_as=as_compared(known.right) if known.right else None,
    )
