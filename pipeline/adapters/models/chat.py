"""A chat model behind LangChain: who is asked, in which way, and for how long?"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from time import monotonic
from typing import Any, TypeVar
from urllib.parse import urlsplit

import structlog
from pydantic import BaseModel, SecretStr

from knowledge.errors import ModelFailed, Refused
from knowledge.generation.prompt import Prompt
from knowledge.patience import Full, Late, Patience
from knowledge.this_machine import is_this_machine

from ...domain.communication import Reason
from ...model_ports import Answered, NotAsked, Turn
from .answers import Said, said_in, schema_of
from .bounds import bind, bounded
from .failures import failure, frames, unfit

WAYS = ("json_schema", "function_calling", "json_mode")
"""How a model can be held to a form, the strictest first: not every endpoint knows each."""
NOT_THIS_WAY = (400, 422)
MOST_TOKENS = 8000
"""Of one answer, thoughts included."""
AT_ONCE = 8
"""Calls with one time limit, those that nobody waits for any more among them."""
LIMITS = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0, 120.0, 300.0)
"""Seconds after which a socket gives up, the least that is long enough; whoever asks has gone by then. What is
left of a budget is another number each time, and would make a client each."""
OPENAI = "https://api.openai.com/v1"
_PROVIDER = re.compile(r"([a-z_]+):(.+)", re.DOTALL)

log = structlog.get_logger(__name__)
Messages = list[tuple[str, str]]
T = TypeVar("T")


class LangChainModel:
    """`model_ports.ChatModel`, over `init_chat_model`. Nothing is imported before the first question, and
    nothing is repeated: whoever asks comes again, or has no time to."""

    def __init__(self, *, model: str, url: str, key: SecretStr, texts: Mapping[str, str]) -> None:
        """`model` is `PROVIDER:NAME` as LangChain has it, or a NAME at an endpoint that speaks as OpenAI's does;
        `texts` are the files below `prompts/`. Raises Refused for an address that would tell the network the key."""
        self._provider, self._model = parted(model, url)
        host = _host(url, key)
        self.name = f"{self._provider}:{self._model}" + (f" at {host}" if host else "")
        self._url, self._key = url, key
        self._schema = Prompt(texts, "model/schema", {})
        self._way = WAYS[0]
        self._chats: dict[float, Any] = {}
        self._patience: dict[float, Patience] = {}

    def say(self, turns: Sequence[Turn], form: type[BaseModel], *, within: float) -> Answered:
        """See `pipeline.model_ports.ChatModel`."""
        messages: Messages = [(turn.speaker, turn.text) for turn in turns]
        return self._in_time(lambda: self._said(form, messages, within), within)

    def _in_time(self, ask: Callable[[], T], within: float) -> T:
        limit = limit_of(within)
        patience = self._patience.setdefault(limit, Patience(within=limit, open_=AT_ONCE))
        late = failure(TimeoutError(), self._where, within)
        try:
            return patience.ask(ask, within=within).result()
        except Full:
            busy = Reason(code="model_busy", values={"count": str(AT_ONCE)})
            raise NotAsked(
                f"{self._where} is asked {AT_ONCE} questions already", reason=busy
            ) from None
        except Late:
            raise late from None

    def _said(self, form: type[BaseModel], messages: Messages, within: float) -> Answered:
        """The model's words, in the first way in which it takes the form; it is remembered."""
        failed = ModelFailed(f"{self._where} was not asked")
        # What is ours is made outside of any `except`: a fault of it is no failure of the model.
        schema, chat = schema_of(form), self._client(within)
        began = monotonic()
        for way in WAYS[WAYS.index(self._way) :]:
            held = {"method": way, "include_raw": True, **self._held(way)}
            with bounded(began + within - monotonic()):
                found = _asked(chat, schema, self._told(schema, messages, way), held)
            if isinstance(found, Said):
                self._way = way
                return self._words(found, monotonic() - began)
            failed = failure(found, self._where, within)
            log.warning(
                "chat model failed",
                model=self.name,
                way=way,
                error=type(found).__name__,
                at=frames(found),
            )
            if not _asks_for_another_way(found):
                break
        # Outside of any `except`: the client's error holds the request, and in its header the key.
        raise failed

    def _held(self, way: str) -> dict[str, Any]:
        return {"strict": True} if (self._provider, way) == ("openai", "json_schema") else {}

    def _told(self, schema: dict[str, Any], messages: Messages, way: str) -> Messages:
        """In the loosest way the words themselves say which form is wanted."""
        if way != "json_mode":
            return messages
        shown = self._schema.asked(schema=json.dumps(schema))
        (role, first), *rest = messages
        return [(role, f"{first}\n\n{shown.instructions}\n{shown.material}"), *rest]

    def _words(self, said: Said, seconds: float) -> Answered:
        told = {"tokens_in": said.tokens_in, "tokens_out": said.tokens_out}
        log.info(
            "chat model answered", model=self.name, way=self._way, seconds=round(seconds, 2), **told
        )
        if (reason := unfit(said, self._where)) is not None:
            raise reason
        return Answered(
            text=said.text,
            model=self.name,
            tokens_in=said.tokens_in,
            tokens_out=said.tokens_out,
            seconds=seconds,
        )

    def _client(self, within: float) -> Any:
        """Raises ModelFailed where the provider's own package is missing, or knows no such provider."""
        try:
            return self._chat(within)
        except (ImportError, ValueError) as away:
            found = failure(away, self._where, within)
        raise found

    def _chat(self, within: float) -> Any:
        """One client for each of `LIMITS`: LangChain sets its time-out when it is made."""
        limit = limit_of(within)
        if limit not in self._chats:
            from langchain.chat_models import init_chat_model

            told: dict[str, Any] = {
                # Without these the client would look into the environment.
                "api_key": self._key.get_secret_value() or "none",
                "timeout": limit,
                "max_retries": 0,
                "max_tokens": MOST_TOKENS,
            }
            if url := self._url or (OPENAI if self._provider == "openai" else ""):
                told["base_url"] = url
            chat = init_chat_model(self._model, model_provider=self._provider, **told)
            bind(chat)
            self._chats[limit] = chat
        return self._chats[limit]

    @property
    def _where(self) -> str:
        return f"the chat model {self.name}"


def _asked(
    chat: Any, schema: dict[str, Any], messages: Messages, held: dict[str, Any]
) -> Said | Exception:
    """What came back; an error as a value. Each provider's client has its own kinds of them."""
    try:
        answer = chat.with_structured_output(schema, **held).invoke(messages)["raw"]
    except (
        Exception
    ) as failed:  # of no common kind; `_said` logs it with its place, and names the reason
        return failed
    return said_in(answer)


def limit_of(within: float) -> float:
    return next((limit for limit in LIMITS if limit >= within), LIMITS[-1])


def parted(model: str, url: str = "") -> tuple[str, str]:
    """(provider, name). At an address of one's own the whole is a name, colons and all (`mistral:latest`),
    unless it begins with `openai:`."""
    told = _PROVIDER.fullmatch(model)
    if told is None or (url and told[1] != "openai"):
        return "openai", model
    return told[1], told[2]


def _asks_for_another_way(found: Exception) -> bool:
    told = getattr(found, "status_code", None) in NOT_THIS_WAY
    return told or isinstance(found, NotImplementedError)


def _host(url: str, key: SecretStr) -> str:
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme == "http" and key.get_secret_value() and not is_this_machine(host):
        raise Refused(
            f"the chat model on {host} would be told its key without encryption: use https:// "
            "(http:// with a key is for this machine alone)"
        )
    return f"{host}:{parts.port}" if parts.port else host
