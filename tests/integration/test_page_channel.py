"""The public page as a channel: what is handed over is published, whole and once, in both languages."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from pipeline.adapters.channels.page import PageChannel
from pipeline.domain.communication import Form
from pipeline.domain.directory import Language
from pipeline.domain.message import Outbound
from pipeline.ports import Channel

CHANNEL: Channel = PageChannel()


def entry(language: Language = "en", n: int = 1) -> Outbound:
    return Outbound(
        key=f"msg_{n}",
        thread="thr_1",
        number="INC-9602",
        address=language,
        name=language,
        language=language,
        form=Form.PAGE,
        subject="CRM is unavailable",
        text="CRM has been unavailable since 10:02.",
        at=datetime(2026, 8, 24, 2, 2, tzinfo=UTC),
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_entry_is_published_in_the_language_of_its_page(language: Language) -> None:
    assert CHANNEL.send(entry(language)).detail == f"published in {language}"


def test_the_same_entry_again_is_taken_and_is_no_second_one() -> None:
    """The ledger's row is the entry: a repeat after "maybe sent" can do no harm."""
    assert CHANNEL.idempotent
    assert CHANNEL.send(entry()) == CHANNEL.send(entry())


def test_many_threads_may_publish_at_once() -> None:
    with ThreadPoolExecutor(8) as pool:
        receipts = list(pool.map(lambda n: CHANNEL.send(entry(n=n)), range(200)))
    assert len(receipts) == 200


def test_whoever_is_told_there_reads_the_form_of_a_page() -> None:
    """There is one page for all: no person and no room has another form on it."""
    assert (CHANNEL.form, CHANNEL.room_form) == (Form.PAGE, Form.PAGE)


def test_closing_it_twice_does_no_harm() -> None:
    """Whatever is open is closed at the end, also after a start that failed half-way."""
    channel = PageChannel()
    channel.close()
    channel.close()
