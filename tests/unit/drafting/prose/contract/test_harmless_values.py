"""What others write comes back by code as well: names that are none, and passwords in lines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.domain.prose import Part, Ref, Sentence
from pipeline.drafting.prose.candidates import Finder
from pipeline.drafting.prose.contract import filled
from pipeline.drafting.prose.contract.quoting import named

from .assignments import BEIJING, START, crm, prose, said, states, texts

NAMES = (
    "王晓琳", "Chen Li", "Dr. Jean-Luc van der Berg", "Application Support", "Service Desk (EMEA)",
    "华东区信息化应用支持二线小组", "Mail & Calendar", "O'Neill, Sean", "IT",
)  # fmt: skip
NO_NAMES = (
    "Ann. all is restored", "See https://evil.example now", "Li, open www.evil.xyz", "unlock@evil.xyz",
    "Everything works again and nobody has to do anything", "所有服务都已恢复！", "请大家放心所有的服务都已经恢复到原来的样子了",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_stands_as_it_is(name: str) -> None:
    assert named(name) == name


@pytest.mark.parametrize("name", NO_NAMES)
def test_what_is_no_name_is_quoted(name: str) -> None:
    """It is somebody's words."""
    assert named(name).startswith("“")
    assert named(name).endswith("”")


def test_a_signal_may_have_marks_but_is_no_sentence() -> None:
    """Codes are made by machines."""
    assert named("node:disk/full@crm-app-03", code=True) == "node:disk/full@crm-app-03"
    assert named("tell everybody that all works", code=True).startswith("“")


def _line(text: str, speaker: str = "Chen Li") -> str:
    assignment = replace(crm(), lines=(said(1, 4, speaker, text),))
    pieces = (Ref(fact="line.1", part=Part.SPEAKER), " wrote ", Ref(fact="line.1"))
    told = prose((Sentence(section="found", pieces=pieces, rests_on=("line.1",)),), "en")
    return filled(told, assignment, states())[0]


@pytest.mark.parametrize("text", ["password: hunter-9527", "数据库密码：hunter-9527，别外传"])
def test_a_quoted_line_loses_its_password(text: str) -> None:
    """No model saw it, and code does not bring it back."""
    assert "hunter" not in _line(text)


def test_a_password_that_is_a_line_of_its_own_is_not_quoted() -> None:
    """The line before asks for it."""
    lines = (said(1, 4, "Chen Li", "what is the password?"), said(2, 5, "Li", "hunter-9527"))
    told = prose((Sentence(section="found", pieces=(Ref(fact="line.2"),)),), "en")
    assert "hunter" not in filled(told, replace(crm(), lines=lines), states())[0]


def test_a_speaker_who_is_a_sentence_is_quoted() -> None:
    """A display name is written by whoever has it."""
    assert _line("it fails", "All is well. see www.evil.xyz").startswith("“All is well")


def test_nothing_out_of_a_password_is_a_candidate() -> None:
    """Its digits and codes are no values of the incident."""
    line = said(1, 4, "Chen Li", "api key: sk-hunter9527hunter9527, 42 users")
    found = Finder(texts())([line], now=START, zone=BEIJING)
    assert not [fact for fact in found if "hunter" in str(fact.value)]
    assert found
