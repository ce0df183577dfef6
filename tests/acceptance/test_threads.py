"""Mails of one ticket lie together in the reader's mailbox, and an answer finds its ticket."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from pipeline.bootstrap import open_simulated
from pipeline.domain.directory import Language
from pipeline.ports import Source
from pipeline.settings import Settings
from tests.contract.sinks import MailSink

from .story import MORNING, Desk, Mail, mail_client, people

REQUESTER, TECHNICIAN, GROUP = "wang@example.org", "chen@example.org", "exchange@example.org"


@contextmanager
def desk(
    folder: Path, requester: Language = "en", token: str = "", **settings: Any
) -> Iterator[Desk]:
    """A desk whose source files answers by `token`."""
    sink = MailSink()
    app, clock = open_simulated(
        Settings(data_dir=folder, smtp_url=sink.url, mail_from="desk@example.org", **settings),
        MORNING,
    )
    try:
        app.acts.load_directory(people(requester))
        app.acts.save_sources([Source(name="service-desk", thread_token=token)])
        yield Desk(app, clock, sink)
    finally:
        app.close()
        sink.close()


def threads(mails: list[Mail]) -> set[str]:
    for mail in mails:
        assert mail.message["In-Reply-To"] == mail.message["References"]
    return {mail.message["References"] for mail in mails}


def test_mails_of_one_ticket_answer_the_same_root_and_each_is_its_own(tmp_path: Path) -> None:
    """Six mails over two days: one thread, six Message-IDs, and the root is none of them."""
    with desk(tmp_path) as told:
        mail_client(told)
        mails = told.mails(REQUESTER)
    ids = {mail.message["Message-ID"] for mail in mails}
    assert len(ids) == len(mails) == 6
    [root] = threads(mails)
    assert root not in ids
    assert root.startswith("<")
    assert root.endswith("@example.org>")


def test_two_readers_and_two_tickets_have_threads_of_their_own(tmp_path: Path) -> None:
    """A header must not tell one reader of another, nor tie two tickets together."""
    with desk(tmp_path) as told:
        mail_client(told)
        told.send("reported", "INC-2", title="No sound", requester={"id": "wang.xiaolin"})
        mine = told.mails(REQUESTER)
        by_ticket = [
            threads([m for m in mine if m.message["X-Heliograph-Number"] == number])
            for number in ("INC-9527", "INC-2")
        ]
        by_reader = [threads(told.mails(to)) for to in (TECHNICIAN, GROUP)]
    roots = [*by_ticket, *by_reader]
    assert all(len(found) == 1 for found in roots)
    assert len(set().union(*roots)) == 4


@pytest.mark.parametrize("requester", ["zh", "en"])
def test_the_token_of_the_source_ends_the_subject_of_every_mail(
    tmp_path: Path, requester: Language
) -> None:
    """The desk that owns the ticket files an answer by it, whoever answers, in either language."""
    with desk(tmp_path, requester, token="[##{number}##]") as told:
        mail_client(told)
        mails = [mail for to in (REQUESTER, TECHNICIAN, GROUP) for mail in told.mails(to)]
    assert len(mails) == 13
    for mail in mails:
        assert mail.subject.endswith(" [##INC-9527##]"), mail.subject
        assert mail.subject.count("[##") == 1


def test_a_long_title_leaves_the_token_whole(tmp_path: Path) -> None:
    """What is cut is the title, or the answer would be filed nowhere."""
    title = "The mail client closes whenever a message with a picture is opened " * 4
    with desk(tmp_path, token="[##{number}##]") as told:
        told.send("reported", title=title, requester={"id": "wang.xiaolin"})
        [mail] = told.mails(REQUESTER)
    assert mail.subject.endswith(" [##INC-9527##]")


def test_without_a_token_the_subject_has_none(tmp_path: Path) -> None:
    with desk(tmp_path) as told:
        mail_client(told)
        assert all(mail.subject.endswith("(INC-9527)") for mail in told.mails(REQUESTER))


def test_answers_go_where_it_is_set(tmp_path: Path) -> None:
    """Every mail to everybody names it; the sender stays who it is."""
    with desk(tmp_path, mail_reply_to="tickets@desk.example.org") as told:
        mail_client(told)
        mails = told.mails("@example.org")
    assert len(mails) == 14
    assert {str(mail.message["Reply-To"]) for mail in mails} == {"tickets@desk.example.org"}
    assert {str(mail.message["From"]) for mail in mails} == {"desk@example.org"}


def test_where_nothing_is_set_answers_go_to_the_sender(tmp_path: Path) -> None:
    with desk(tmp_path) as told:
        mail_client(told)
        assert all(mail.message["Reply-To"] is None for mail in told.mails("@example.org"))
