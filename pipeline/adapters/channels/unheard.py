"""How would a channel have told it? One that takes everything and reaches nobody, in the forms of the one that it stands for."""

from __future__ import annotations

from ...domain.message import Outbound, Receipt
from ...ports import Channel


class UnheardChannel:
    """For playing the past again: rooms and pages get their own forms, and no address is looked at. Of the contract of
    channels it is exempt: that asks what arrives at the far side, and here there is none."""

    idempotent = True

    def __init__(self, like: Channel) -> None:
        self.name = like.name
        self.form, self.room_form = like.form, like.room_form
        self.limits = dict(like.limits)

    def send(self, message: Outbound) -> Receipt:
        """Taken, and told to nobody."""
        return Receipt(detail=f"not sent: {message.key} is played again")

    def close(self) -> None:
        """There is nothing to let go of."""
