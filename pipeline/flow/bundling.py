"""The wait of messages is over: which are still news, and how do those of one reader leave as one?

What waits is a row of the ledger with its reason and its time. When that has come, all of one reader's rows become one
message that carries their communications; each of them is told exactly once, whoever looks twice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from ..delivery.holding_back import PACED, overtaken_at
from ..domain.communication import Form, Reason, Rendition
from ..domain.errors import HeliographError
from ..domain.keys import digest_key, message_key, rendition_key
from ..domain.message import Message, MessageState
from ..drafting.digests import Part, digest, words_of
from ..drafting.slot_names import LINKS, SCORE_LINKS
from ..ports import Clock, Store, Transaction
from .finish import finished
from .library import Library

QUEUE = "waiting"
BATCH = 200
TEMPLATE = "digest"
_SEVERAL = 2


class Bundling:
    """The worker behind messages that wait."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        library: Library,
        wake: Callable[[Collection[str]], None],
    ) -> None:
        self._store, self._clock, self._library, self._wake = store, clock, library, wake

    def turn(self) -> bool:
        """True when a wait was over."""
        now = self._clock.now()
        with self._store.read() as tx:
            due_at = tx.next_due(QUEUE)
        if due_at is None or due_at > now:
            return False
        with self._store.write() as tx:
            due = tx.due_to_wait_no_more(now, BATCH)
            readers = dict.fromkeys((m.recipient.key, m.recipient.channel) for m in due)
            for recipient, channel in readers:
                ripe = _ripe(tx.waiting_for(recipient, channel), now)
                self._leave(tx, _still_news(tx, ripe), now)
        self._wake({channel for _, channel in readers})
        return bool(due)

    def _leave(self, tx: Transaction, waiting: Sequence[Message], now: datetime) -> None:
        texts = tx.renditions(sorted({m.rendition for m in waiting} | _english(waiting)))
        whole = [one for one in waiting if _is_whole(one, texts)]
        # What was erased since goes alone, and fails alone: here it would keep all others from leaving.
        for one in waiting:
            if len(whole) < _SEVERAL or one not in whole:
                tx.move_message(one, MessageState.QUEUED, now)
        if len(whole) >= _SEVERAL:
            self._bundle(tx, whole, texts, now)

    def _bundle(
        self,
        tx: Transaction,
        waiting: Sequence[Message],
        texts: Mapping[str, Rendition],
        now: datetime,
    ) -> None:
        contents = tuple(name for one in waiting for name in one.contents)
        key = digest_key(contents)
        rendition = self._text(tx, key, waiting, texts)
        tx.save_renditions([rendition])
        tx.add_messages([_carrying(key, contents, rendition, waiting, now)])
        for one in waiting:
            tx.move_message(one, MessageState.BUNDLED, now)

    def _text(
        self,
        tx: Transaction,
        key: str,
        waiting: Sequence[Message],
        texts: Mapping[str, Rendition],
    ) -> Rendition:
        """Of texts that were checked, each as its reader would have got it: only words around them are new."""
        first = waiting[0]
        reader = first.recipient
        words = words_of(self._library.texts.files, reader.language)
        parts = [_part(tx, one, texts) for one in waiting]
        made = digest(parts, words, short=first.form is Form.SHORT)
        html = None
        if first.form is Form.MAIL:
            frame = self._library.texts.templates.framed
            html = frame(made.subject, made.blocks, reader.language)
        return Rendition(
            id=rendition_key(key, 1, reader.language, first.form.value),
            communication=first.bundle,
            revision=1,
            language=reader.language,
            form=first.form,
            subject=made.subject,
            text=made.text,
            html=html,
            template=TEMPLATE,
            template_version=self._library.rules.version,
        )


def _is_whole(message: Message, texts: Mapping[str, Rendition]) -> bool:
    try:
        finished(message, texts)
    except (KeyError, HeliographError):
        return False
    return True


def _still_news(tx: Transaction, waiting: Sequence[Message]) -> list[Message]:
    """Without what later news, which could not wait, has overtaken: nobody who knows that it is over reads in the morning
    that it is not. What was put aside says so."""
    if not waiting:
        return []
    first, incidents = waiting[0], sorted({one.incident for one in waiting})
    told = tx.told_since(first.recipient.key, first.recipient.channel, incidents, first.created_at)
    kept = []
    for one in waiting:
        communication = tx.communication(one.bundle) if told else None
        at = communication and overtaken_at(communication.kind, one.incident, one.created_at, told)
        if at:
            values = {"told_at": at.isoformat()}
            tx.put_aside(one, Reason(code="message_overtaken", values=values))
        else:
            kept.append(one)
    return kept


def _ripe(waiting: Sequence[Message], now: datetime) -> list[Message]:
    """Those whose time has come, and with them what waited only because there were too many."""
    return [
        one
        for one in waiting
        if one.due_at <= now or (one.waits is not None and one.waits.code == PACED)
    ]


def _carrying(
    key: str,
    contents: tuple[str, ...],
    rendition: Rendition,
    waiting: Sequence[Message],
    now: datetime,
) -> Message:
    first = waiting[0]
    return first.model_copy(
        update={
            "id": message_key(key, 1, first.recipient.key, first.recipient.channel),
            "bundle": key,
            "contents": contents,
            "rendition": rendition.id,
            "english": None,
            "lane": min(one.lane for one in waiting),
            "state": MessageState.QUEUED,
            "due_at": now,
            "created_at": now,
            "tries": 0,
            "waits": None,
        }
    )


def _part(tx: Transaction, message: Message, texts: Mapping[str, Rendition]) -> Part:
    whole = finished(message, texts)
    communication = tx.communication(message.bundle)
    if communication is None:
        raise LookupError(f"the communication {message.bundle} is not in the store")
    return Part(
        number=message.values.get("number", "") or whole.number,
        incident=message.incident,
        audience=communication.audience,
        kind=communication.kind,
        why=message.waits.code if message.waits else "several",
        subject=whole.subject,
        text=whole.text,
        links={
            message.values[name]: "choice" if name in SCORE_LINKS else "button"
            for name in LINKS & message.values.keys()
        },
    )


def _english(waiting: Sequence[Message]) -> set[str]:
    return {one.english.rendition for one in waiting if one.english is not None}
