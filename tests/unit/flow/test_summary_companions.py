"""A statement reaches readers of both languages in theirs, where somebody released it in both."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.domain.directory import Address, Directory, Group, Names, Person, Service
from pipeline.domain.summary import Summary, SummaryState
from pipeline.flow.summaries.leaving import leaving
from tests.unit.flow.desk import Desk, opened
from tests.unit.flow.test_summaries import edited, make

SYMPTOM = {"zh": "所有人都不能发信", "en": "nobody can send"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A failure of a service whose users read Chinese and English."""
    with opened(tmp_path) as found:
        found.app.acts.load_directory(readers())
        found.report(service="mail")
        data = {"severity": "P1", "headline": "Mail is down", "symptom": SYMPTOM}
        declared = {"type": "heliograph.incident.declared.v1", "data": data}
        found.accept(found.event("reported") | declared)
        found.settle()
        yield found


def readers() -> Directory:
    def person(id_: str, language: Any) -> Person:
        mail = (Address(channel="mail", value=f"{id_}@example.org"),)
        return Person(id=id_, name=id_, language=language, addresses=mail)

    people = (person("li", "zh"), person("smith", "en"))
    group = Group(id="users", name=Names(zh="用户", en="Users"), members=("li", "smith"))
    name = Names(zh="邮件", en="Mail")
    service = Service(id="mail", name=name, users=("users",))
    return Directory(people=people, groups=(group,), services=(service,))


def released(desk: Desk, language: str, role: str = "affected", text: str = "") -> Summary:
    made = make(desk, role, language=language)
    made = edited(desk, made, text) if text else made
    return desk.app.summarising.acts.release(made, by="chen", why="seen")


def send(desk: Desk, summary: Summary) -> Summary:
    return desk.app.summarising.acts.send(desk.incident, summary, by="chen")


def mails(desk: Desk) -> dict[str, str]:
    """The last one of each reader."""
    return {m.address.split("@")[0]: m.text for m in desk.mail.sent}


def test_each_reader_gets_the_text_in_her_language(desk: Desk) -> None:
    """One statement, one message for each; both summaries say that they were sent by it."""
    chinese = released(desk, "zh", text="邮件仍不能发送，请先用网页版。")
    english = released(desk, "en", text="Mail still cannot be sent; please use the web version.")
    before = len(desk.mail.sent)
    done = send(desk, english)
    desk.settle()
    summaries = desk.app.summarising.summaries
    other = summaries.one(desk.incident.id, chinese.id)
    assert (done.id, done.state) == (english.id, SummaryState.SENT)
    assert (other.state, other.moved) == (SummaryState.SENT, done.moved)
    told = mails(desk)
    assert len(desk.mail.sent) == before + 3  # the third is of whoever reported it
    assert "请先用网页版" in told["li"]
    assert "web version" not in told["li"]
    assert "web version" in told["smith"]
    assert "网页版" not in told["smith"]


def test_alone_it_leaves_in_its_own_words(desk: Desk) -> None:
    """Nothing that nobody released leaves with it; the draft beside it can be found."""
    draft = make(desk, "affected", language="zh")
    english = released(desk, "en")
    found = desk.app.summarising.acts.companion(english)
    assert found is not None
    assert found.id == draft.id
    send(desk, english)
    said = desk.app.queries.stream(desk.incident.id)[-1].data.model_dump()["text"]
    assert said == leaving(english).text
    left = desk.app.summarising.summaries.one(desk.incident.id, draft.id)
    assert left.state is SummaryState.DRAFT


def test_only_the_same_thing_leaves_with_it(desk: Desk) -> None:
    """Neither what other readers get, nor what was written before the ticket changed."""
    english = released(desk, "en")
    acts = desk.app.summarising.acts
    released(desk, "zh", "public")
    assert acts.companion(english) is None
    released(desk, "zh")
    assert acts.companion(english) is not None
    desk.send("noted", text="something new")
    assert acts.companion(released(desk, "en")) is None


def test_a_note_has_one_reader_and_leaves_alone(desk: Desk) -> None:
    released(desk, "zh", "requester", "邮件仍不能发送。")
    english = released(desk, "en", "requester", "Mail still cannot be sent.")
    assert desk.app.summarising.acts.companion(english) is None


def test_all_who_will_read_a_statement_are_counted_once(desk: Desk) -> None:
    """Leaders and the front line hear what those affected hear; the page of each language reads what
    everybody may know, and nothing else."""
    known = readers()
    names = Names(zh="组", en="Group")
    mail = (Address(channel="mail", value="desk@example.org"),)
    more = (
        Group(id="leaders", name=names, members=("li", "boss")),
        Group(id="front-line", name=names, addresses=mail, language="zh"),
    )
    boss = known.people[1].model_copy(update={"id": "boss", "name": "boss"})
    desk.app.acts.load_directory(
        Directory(
            people=(*known.people, boss), groups=(*known.groups, *more), services=known.services
        )
    )
    count = desk.app.summarising.summaries.readers
    told = count(desk.incident, make(desk, "affected", language="en"))
    assert (told.all, told.others) == (4, 2)
    told = count(desk.incident, make(desk, "public", language="en"))
    assert (told.all, told.others) == (6, 3)
    told = count(desk.incident, make(desk, "leaders", language="en"))
    assert (told.all, told.others) == (0, 0)
