"""A model at an endpoint writes the news of an update; whatever the endpoint does, the update leaves in its time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from pipeline.model_ports import Turn
from tests.acceptance.outage import directory
from tests.contract.chatters import KEY, Chatter, Reply
from tests.unit.flow.desk import START, Desk, opened
from tests.unit.flow.sayers import form, told
from tests.unit.flow.test_news import CRM_IS_DOWN, LI, TOM, happens
from tests.unit.flow.test_news import told as sent
from tests.unit.flow.test_prose import FIXED, SAID, goes_on, passage_of

SPEAKERS = {"system": "system", "user": "human", "assistant": "ai"}


class Teller(Chatter):
    """Tells what is new, unless it was told to say something else."""

    def next(self) -> Reply:
        if self.replies != [Reply()]:
            return super().next()
        turns = [
            Turn(speaker=SPEAKERS[m["role"]], text=m["content"])  # type: ignore[arg-type]
            for m in self.asked[-1]["messages"]
        ]
        return Reply(content=form(told(turns)))


@pytest.fixture
def teller() -> Iterator[Teller]:
    opened_ = Teller()
    yield opened_
    opened_.close()


@pytest.fixture
def desk(tmp_path: Path, teller: Teller) -> Iterator[Desk]:
    with opened(
        tmp_path,
        zone="Asia/Shanghai",
        model="small",
        model_url=teller.url,
        model_key=KEY,
    ) as found:
        found.app.acts.load_directory(directory())
        happens(found, "declared", **CRM_IS_DOWN)
        yield found


def test_both_languages_are_in_its_words(desk: Desk) -> None:
    goes_on(desk)
    assert SAID[TOM] in sent(desk, TOM)[-1].text
    assert SAID[LI] in sent(desk, LI)[-1].text
    assert passage_of(desk).cost.tokens_in == 14


TROUBLE = {
    "429": Reply(status=429),
    "500": Reply(status=500),
    "cut": Reply(cut=True),
    "no choice": Reply(choices=0),
    "no JSON": Reply(body=b"<html>Bad gateway"),
    "half a JSON": Reply(content='{"sentences": [{"section": "pass'),
    "a refusal": Reply(content=None, refusal="I will not."),
}


@pytest.mark.parametrize("name", TROUBLE)
def test_an_endpoint_in_trouble_changes_and_delays_nothing(
    desk: Desk, teller: Teller, name: str
) -> None:
    """No word of its error reaches a reader."""
    teller.says(TROUBLE[name])
    goes_on(desk)
    for reader in (TOM, LI):
        mail = sent(desk, reader)[-1]
        assert FIXED[reader] in mail.text
        assert mail.at == START + timedelta(minutes=1)
        assert "I will not" not in mail.text
        assert "gateway" not in mail.text
    assert passage_of(desk).why_not
