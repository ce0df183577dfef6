"""A rendition and one recipient's values become the text that is handed over.

Renditions are few and messages many, so renditions are kept for a while after they were read.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from threading import Lock

from ..domain.communication import Form, Rendition
from ..domain.directory import Language
from ..domain.errors import UnknownThing
from ..domain.keys import thread_key
from ..domain.message import Message, Outbound
from ..drafting.both import joined
from ..drafting.marks import one_line
from ..drafting.own_foot import OWN_URL, Foot, with_foot
from ..drafting.personal import fill
from ..drafting.slot_names import SUBSCRIPTION_URL
from ..ports import Store, Transaction

KEPT = 512


class Finisher:
    """Knows the renditions of the messages that are about to leave."""

    def __init__(self, store: Store, foot: Callable[[Language], Foot] | None = None) -> None:
        """`foot` gives the line that stands beneath mails to people, if there is one."""
        self._store, self._foot = store, foot
        self._kept: OrderedDict[str, Rendition] = OrderedDict()
        self._lock = Lock()

    def prepare(self, tx: Transaction, messages: Sequence[Message]) -> None:
        """Read what `finish` will need, once for all of them."""
        with self._lock:
            missing = {name for m in messages for name in _renditions(m)} - self._kept.keys()
        if missing:
            self._keep(tx.renditions(sorted(missing)))

    def forget(self) -> None:
        """Texts that were read before somebody's data was erased."""
        with self._lock:
            self._kept.clear()

    def finish(self, message: Message) -> Outbound:
        """The finished text. Raises MissingVariable when a value for a mark is not there."""
        texts = {name: self._rendition(name) for name in _renditions(message)}
        whole = finished(message, texts)
        own = message.values.get(OWN_URL)
        if own is None or whole.form is not Form.MAIL or self._foot is None:
            return whole
        return with_foot(whole, own, self._foot(whole.language))

    def _rendition(self, rendition_id: str) -> Rendition:
        with self._lock:
            found = self._kept.get(rendition_id)
        if found is None:
            with self._store.read() as tx:
                found = tx.rendition(rendition_id)
            if found is None:
                raise UnknownThing(f"the text {rendition_id} is not in the store")
            self._keep({rendition_id: found})
        return found

    def _keep(self, renditions: dict[str, Rendition]) -> None:
        with self._lock:
            self._kept.update(renditions)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)


def finished(message: Message, texts: Mapping[str, Rendition]) -> Outbound:
    """One recipient's text, from the renditions by their id. Raises MissingVariable."""
    rendition = texts[message.rendition]
    filled = fill(rendition, message.values)
    if message.english is not None:
        english = fill(texts[message.english.rendition], message.english.values)
        filled = joined(filled, english, rendition.form)
    return Outbound(
        key=message.id,
        thread=thread_key(message.incident, message.recipient.key),
        number=message.values.get("number", ""),
        address=message.recipient.address,
        name=one_line(message.recipient.name),
        language=message.recipient.language,
        form=rendition.form,
        subject=filled.subject,
        text=filled.text,
        html=filled.html,
        card=message.card,
        at=message.created_at,
        unsubscribe=message.values.get(SUBSCRIPTION_URL),
    )


def _renditions(message: Message) -> list[str]:
    return [message.rendition, *([message.english.rendition] if message.english else [])]
