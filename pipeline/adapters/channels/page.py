"""The public page as a channel: what is handed over is published, because the page shows the ledger."""

from __future__ import annotations

from ...domain.communication import Form
from ...domain.message import Outbound, Receipt


class PageChannel:
    """Nothing travels: the message's row is the entry, in the language of its page."""

    name = "page"
    form = Form.PAGE
    room_form = Form.PAGE
    idempotent = True
    limits = {"subject": 160, "text": 15_000}

    def send(self, message: Outbound) -> Receipt:
        """The entry stands on the page from now on."""
        return Receipt(detail=f"published in {message.language}")

    def close(self) -> None:
        """There is nothing to let go of."""
