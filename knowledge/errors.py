"""What can go wrong in the library, by what the caller must do.

KnowledgeError
├── EncoderFailed   the endpoint is slow, down or answers nonsense: words carry on, vectors catch up later
├── ModelFailed     the chat model is late, down, out of quota or lets us not in: go without, try later
│   └── UnfitAnswer it answered, but with nothing of use: asking the same again does not help
├── Absent          a model that is not installed: words alone, until somebody installs it
├── NotOurs         another process owns the index: end it, or use another folder
└── Refused         what was given is not taken, with a sentence for whoever gave it
"""

from __future__ import annotations

from collections.abc import Mapping


class KnowledgeError(Exception):
    """The message is a sentence for people; it names no secret."""


class EncoderFailed(KnowledgeError):
    """Texts were not turned into vectors. Trying again later may help."""


class ModelFailed(KnowledgeError):
    """A chat model gave no answer. Trying again later may help.

    Tokens are those that were paid for all the same, None where nobody counted them; `retry_after` are the
    seconds after which the provider wants to be asked again, when it named them. `code` and `values` are for
    whoever tells it to people in their language.
    """

    def __init__(
        self,
        sentence: str,
        *,
        tokens_in: int | None = None,
        tokens_out: int | None = None,
        retry_after: float | None = None,
        code: str = "model_failed",
        values: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(sentence)
        self.tokens_in, self.tokens_out = tokens_in, tokens_out
        self.retry_after = retry_after
        self.code, self.values = code, dict(values or {})


class UnfitAnswer(ModelFailed):
    """What a chat model said is of no use, or it will not take this material at all."""


class Absent(KnowledgeError):
    """An encoder's weights are not installed. Trying again does not help."""


class NotOurs(KnowledgeError):
    """The index belongs to another process."""


class Refused(KnowledgeError):
    """A source, an address or a prompt that is not taken."""
