"""A speaker is a person of ours only when nobody else can be meant."""

from __future__ import annotations

import pytest

from pipeline.domain.directory import Address, Names, Person
from pipeline.domain.payload import PersonRef
from pipeline.drafting.conversation import ProblemKind

from .logs import kinds, read_text


def person(id: str, name: str, zh: str = "", mail: str = "") -> Person:
    addresses = (Address(channel="mail", value=mail),) if mail else ()
    names = Names(zh=zh, en=name) if zh else None
    return Person(id=id, name=name, names=names, addresses=addresses)


PEOPLE = (
    person("wang", "Xiaolin Wang", "王晓琳", "xiaolin.wang@example.org"),
    person("p-2", "Lei Li", "李雷", "li@example.org"),
    person("p-3", "Dave Smith"),
    person("p-4", "Jan van der Berg"),
    person("p-5", "Anna Smith", mail="anna@example.org"),
    person("p-6", "Chen Wei", "陈伟"),
    person("p-7", "Chen Wei", "陈炜"),
    PersonRef(id="req-9", name="Maria Lopez", email="maria@example.org"),
)


@pytest.mark.parametrize(
    ("speaker", "expected"),
    [
        ("王晓琳", "wang"),
        ("王 晓琳", "wang"),
        ("Xiaolin Wang", "wang"),
        ("Wang Xiaolin", "wang"),
        ("WANG, Xiaolin", "wang"),
        ("王晓琳(Xiaolin Wang)", "wang"),
        ("王晓琳（财务部）", "wang"),
        ("Xiaolin Wang (王晓琳)", "wang"),
        ("@王晓琳", "wang"),
        ("Smith, Dave", "p-3"),
        ("van der Berg, Jan", "p-4"),
        ("p-3", "p-3"),
        ("xiaolin.wang@example.org", "wang"),
        ("Maria Lopez", "req-9"),
        ("陈伟", "p-6"),
        ("王", None),
        ("王工", None),
        ("Wang", None),
        ("wang", None),
        ("Smith", None),
        ("Dave", None),
        ("Mr Smith", None),
        ("li", None),
        ("李", None),
        ("王晓", None),
        ("Chen Wei", None),
        ("Dave Smithson", None),
        ("系统管理员", None),
    ],
)
def test_a_speaker_is_one_person_or_nobody(speaker: str, expected: str | None) -> None:
    """A whole name in either language and order, an address or an id; never a part of a name."""
    conversation = read_text(f"[2026-08-24 10:32] <{speaker}> 又崩了", people=PEOPLE)
    assert conversation.lines[0].person == expected


def test_two_of_one_name_are_told() -> None:
    conversation = read_text("[2026-08-24 10:32] Chen Wei: 又崩了", people=PEOPLE)
    assert ProblemKind.TWO_CANDIDATES in kinds(conversation)


def test_an_address_says_more_than_a_name() -> None:
    """Somebody else's display name on her address is still her; a stranger's address on her name is not
    taken for more than the name says."""
    raw = "From: Dave Smith <anna@example.org>\nDate: Mon, 24 Aug 2026 10:32:11 +0800\nSubject: x\n\nhello"
    assert {line.person for line in read_text(raw, "a.eml", people=PEOPLE).lines} == {"p-5"}
