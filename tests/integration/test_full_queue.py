"""A provider that answers nobody: whoever comes when all places are taken is told so, and the breaker stays shut."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import BaseModel, SecretStr

import prompts
from knowledge.errors import ModelFailed
from pipeline.adapters.models.chat import AT_ONCE, LangChainModel
from pipeline.domain.prose import Step
from pipeline.flow.models.breaker import OPENS_AFTER, Standing
from pipeline.model_ports import Call, NotAsked, Outcome, Turn, outcome_of

from ..contract.chatters import KEY, Chatter, Reply
from ..unit.flow.desk import Desk, opened

TURNS = (Turn(speaker="system", text="Do."), Turn(speaker="human", text="x"))
WITHIN = 20.0


class Form(BaseModel):
    title: str


def call(desk: Desk, n: int) -> Call:
    return Call(
        step=Step.MODEL,
        purpose="summary",
        of=f"sum_{n}",
        incident=None,
        audience="technician",
        prompt="p",
        material=f"m{n}",
        turns=TURNS,
        form=Form,
        within=WITHIN,
    )


def until_all_wait(chatter: Chatter) -> None:
    """Over their sockets."""
    for _ in range(AT_ONCE):
        assert chatter.came.acquire(timeout=WITHIN / 2), "they never came"


def test_a_full_queue_opens_no_breaker_through_the_real_client(tmp_path: Path) -> None:
    """More are turned away than failures would open it; then the provider is asked again, at once."""
    chatter = Chatter()
    chatter.says(Reply(silent=True))
    texts = prompts.read_texts(prompts.ROOT)
    model = LangChainModel(model="small", url=chatter.url, key=SecretStr(KEY), texts=texts)
    with opened(tmp_path, chats={Step.MODEL: model}) as desk, ThreadPoolExecutor(AT_ONCE) as pool:
        try:
            waiting = [pool.submit(model.say, TURNS, Form, within=WITHIN) for _ in range(AT_ONCE)]
            until_all_wait(chatter)
            for n in range(OPENS_AFTER + 3):
                with pytest.raises(NotAsked, match=f"asked {AT_ONCE} questions already"):
                    desk.app.models.ask(call(desk, n))
            [state] = desk.app.models.state()
            assert state.breaker.standing is Standing.CLOSED
            assert desk.app.models.spent_today().calls == 0
            rows = desk.app.models.calls.calls().calls
            assert {outcome_of(row) for row in rows} == {Outcome.FAILED}
            assert len(chatter.asked) == AT_ONCE
        finally:
            chatter.close()
        for one in waiting:
            assert isinstance(one.exception(), ModelFailed)
