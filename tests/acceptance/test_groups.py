"""A hand-over reaches everybody in a group of Chinese and English readers, each once and in their own words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.bootstrap import open_simulated
from pipeline.domain.directory import Address, Directory, Group, Language, Names, Person
from pipeline.settings import Settings
from tests.contract.sinks import MailSink

from .story import MORNING, Desk, people

READERS: tuple[tuple[str, Language, str], ...] = (
    ("sun", "zh", "Asia/Shanghai"),
    ("priya", "en", "Europe/London"),
    ("li", "zh", "Asia/Shanghai"),
)


def reached(name: str) -> tuple[Address, ...]:
    return (Address(channel="mail", value=f"{name}@example.org"),)


def group(*addresses: Address) -> Directory:
    """Three members of two languages; one is named twice, and one has left."""
    return Directory(
        people=tuple(
            Person(
                id=name, name=name.title(), language=language, zone=zone, addresses=reached(name)
            )
            for name, language, zone in READERS
        ),
        groups=(
            Group(
                id="network",
                name=Names(zh="网络组", en="Network Support"),
                addresses=addresses,
                language="zh",
                members=("sun", "priya", "li", "sun", "gone"),
            ),
        ),
    )


@contextmanager
def handed_over(folder: Path, group: Directory) -> Iterator[Desk]:
    sink = MailSink()
    app, clock = open_simulated(Settings(data_dir=folder, smtp_url=sink.url), MORNING)
    try:
        app.acts.load_directory(people("en"))
        app.acts.load_directory(group)
        desk = Desk(app, clock, sink)
        desk.send("reported", title="VPN 掉线", requester={"id": "wang.xiaolin"})
        desk.send("handed_over", group="network", tried=["Restarted the client"])
        yield desk.at("11:00")
    finally:
        app.close()
        sink.close()


TOLD: dict[Language, tuple[str, str]] = {
    "zh": ("转来：VPN 掉线（INC-9527）", "INC-9527 转到网络组。"),
    "en": ("Handed over to you: VPN 掉线 (INC-9527)", "INC-9527 is now with Network Support."),
}


@pytest.mark.parametrize(("name", "language"), [(name, lang) for name, lang, _ in READERS])
def test_each_member_of_a_group_without_a_room_is_told_once_in_their_language(
    tmp_path: Path, name: str, language: Language
) -> None:
    with handed_over(tmp_path, group()) as desk:
        [mail] = desk.mails(f"{name}@example.org")
    subject, words = TOLD[language]
    assert mail.subject == subject
    assert words in mail.text
    other = TOLD["en" if language == "zh" else "zh"][1]
    assert other not in mail.text + mail.html


def test_a_member_whom_nobody_knows_is_an_alarm_and_the_others_are_told(tmp_path: Path) -> None:
    with handed_over(tmp_path, group()) as desk:
        [alarm] = desk.app.queries.alarms()
        assert alarm.values["recipient"] == "person:gone"
        assert all(desk.mails(f"{name}@example.org") for name, _, _ in READERS)


def test_a_group_with_a_room_gets_one_mail_and_its_members_none(tmp_path: Path) -> None:
    """What the room knows, its members read there."""
    with handed_over(tmp_path, group(*reached("network"))) as desk:
        [mail] = desk.mails("network@example.org")
        assert mail.subject == TOLD["zh"][0]
        assert not any(desk.mails(f"{name}@example.org") for name, _, _ in READERS)


def test_all_members_learn_the_same_facts(tmp_path: Path) -> None:
    """Whoever reads which language: what was tried, the number, and what the requester wrote."""
    with handed_over(tmp_path, group()) as desk:
        for name, _, _ in READERS:
            [mail] = desk.mails(f"{name}@example.org")
            for fact in ("INC-9527", "- Restarted the client", "> VPN 掉线"):
                assert mail.text.count(fact) == 1, (name, fact)
