"""What would have been sent? The fake that tests and evaluations use, under the same contract."""

from __future__ import annotations

import threading
from collections import deque

from pipeline.domain.communication import Form
from pipeline.domain.directory import mail_address, one_line
from pipeline.domain.errors import Ambiguous, ChannelError, Rejected, Retryable
from pipeline.domain.message import Outbound, Receipt


class MemoryChannel:
    """`handed_over` has every call, `sent` what the far side took: a key once if `idempotent`."""

    def __init__(
        self, name: str = "mail", *, form: Form = Form.MAIL, idempotent: bool = True
    ) -> None:
        self.name = name
        self.form = self.room_form = form
        self.idempotent = idempotent
        self.limits = {"subject": 255, "text": 100_000}
        self.handed_over: list[Outbound] = []
        self.sent: list[Outbound] = []
        self._failures: deque[ChannelError] = deque()
        self._keys: set[str] = set()
        self._lock = threading.Lock()
        self._closed = False

    def fail(self, *errors: ChannelError) -> None:
        """The next calls raise these, in order. An Ambiguous message arrives nevertheless: that is
        the worse of the two things that it may mean."""
        with self._lock:
            self._failures.extend(errors)

    def send(self, message: Outbound) -> Receipt:
        with self._lock:
            if self._closed:
                raise Retryable("the channel is closed")
            self.handed_over.append(message)
            error = self._failures.popleft() if self._failures else None
            if error is not None and not isinstance(error, Ambiguous):
                raise error
            _refuse_forgery(message)
            self._take(message)
            if error is not None:
                raise error
            return Receipt(provider_id=f"memory-{len(self.sent)}")

    def close(self) -> None:
        self._closed = True

    def _take(self, message: Outbound) -> None:
        if self.idempotent and message.key in self._keys:
            return
        self._keys.add(message.key)
        self.sent.append(message)


def _refuse_forgery(message: Outbound) -> None:
    try:
        mail_address(message.address)
        for text in (message.name, message.subject):
            one_line(text)
    except ValueError as wrong:
        raise Rejected(f"a header's text {wrong}") from None
