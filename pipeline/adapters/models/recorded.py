"""What stands in for a chat model in a replay and in tests? One that says again what was said before."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from hashlib import sha256
from threading import Lock

from pydantic import BaseModel

from knowledge.errors import ModelFailed

from ...model_ports import Answered, KeptCall, Turn


class RecordedModel:
    """`model_ports.ChatModel` that answers from kept calls.

    The same turns get the same answer. Where they were asked more than once, the answers come in their old
    order and the last one for ever; a failure fails again.
    """

    def __init__(self, calls: Iterable[KeptCall], *, name: str = "recorded") -> None:
        """Calls whose texts were not recorded, or are gone, cannot be said again."""
        self.name = name
        self._said: dict[str, deque[KeptCall]] = defaultdict(deque)
        self._lock = Lock()
        for call in sorted(calls, key=lambda one: (one.at, one.id)):
            if call.asked is not None and (call.answer is not None or call.failed is not None):
                self._said[_key(call.asked)].append(call)

    def say(self, turns: Sequence[Turn], form: type[BaseModel], *, within: float) -> Answered:
        with self._lock:
            said = self._said.get(_key(turns))
            call = None if not said else said.popleft() if len(said) > 1 else said[0]
        if call is None:
            raise ModelFailed(f"nothing is recorded of {self.name} for what it was asked now")
        if call.answer is None:
            raise ModelFailed(
                str(call.failed), tokens_in=call.tokens_in, tokens_out=call.tokens_out
            )
        return Answered(
            text=call.answer,
            model=self.name,
            tokens_in=call.tokens_in,
            tokens_out=call.tokens_out,
            seconds=call.seconds,
        )


def _key(turns: Sequence[Turn]) -> str:
    """As the store keeps them: what no database takes was replaced there."""
    told = "\x1f".join(f"{turn.speaker}\x1e{turn.text}" for turn in turns)
    return sha256(told.replace("\0", "\ufffd").encode("utf-8", "replace")).hexdigest()
