"""In which words is a name found that the assignment knows, and in which is it spared?"""

from __future__ import annotations

import pytest

from pipeline.domain.directory import Language, Names
from pipeline.drafting.prose.contract import Fit
from pipeline.drafting.prose.contract.known import against
from pipeline.drafting.prose.contract.offer import offered
from pipeline.drafting.prose.contract.tables import Tables

from .assignments import K, assigned, contract, fact, said, states, texts
from .test_good_answers import answer

FACTS = (
    fact("assignee", K.NAME, Names(zh="欧阳明", en="Ming Ouyang")),
    fact("requester_name", K.NAME, "Jean-Luc O'Brien"),
    fact("service", K.NAME, Names(zh="邮件客户端", en="Mail client"), n=1),
    fact("service", K.NAME, "Mail", n=2),
    fact("service", K.NAME, "CRM", n=3),
    fact("signal", K.IDENTIFIER, "crm-login-errors"),
)
LINES = (
    said(1, 1, "王晓琳", "x", "wang"),
    said(2, 2, "Will Grant", "x"),
    said(3, 3, "用户", "x"),
    said(4, 4, "Service Desk", "x"),
)
TABLES = Tables.load(texts(), states())
MADE = assigned(FACTS, LINES)
HELD = against(MADE, offered(MADE), TABLES, ("Outlook", "邮箱"))
FOUND = (
    *("欧阳明在看", "Ming Ouyang looks", "ming ouyang looks", "Ouyang looks", "Ming looks"),
    *("asked O'Brien", "Jean-Luc asked", "the mail client", "MAIL CLIENT", "邮件客户端报错", "Mail is slow"),
    *("crm is slow", "CRM报错", "the CRM", "王晓琳说", "晓琳说", "王工", "小王", "老王", "王女士", "Will Grant said"),
    *("the Service Desk", "Outlook is slow", "邮箱满了"),
)  # fmt: skip
SPARED = (
    *("send a mail", "mails are late", "crmx", "the user", "用户报错", "they will grant it", "He will ask"),
    *("Grant access first", "王国", "国王", "desk", "service", "at the desk of support", "the service desk", "outlook is good"),
    *("小事", "工具", "总之", "明白", "mingle"),
)  # fmt: skip


@pytest.mark.parametrize("text", FOUND)
def test_a_name_is_found(text: str) -> None:
    """Whole in any capitals, a person's by its parts, and a surname with its title."""
    assert HELD.names is not None
    assert HELD.names.search(text)


@pytest.mark.parametrize("text", SPARED)
def test_ordinary_words_are_spared(text: str) -> None:
    assert HELD.names is not None
    assert not HELD.names.search(text)


def test_a_code_of_letters_alone_is_found() -> None:
    assert HELD.codes is not None
    assert HELD.codes.search("because crm-login-errors fires")


@pytest.mark.parametrize(("language", "text"), [("en", "The user waits."), ("zh", "用户在等。")])
def test_a_log_that_calls_its_speakers_by_their_part_stops_nothing(
    language: Language, text: str
) -> None:
    lines = (said(1, 1, "User", "x"), said(2, 2, "用户", "x"))
    said_of_it = answer([("waits", text, ("L1",))])
    assert isinstance(contract().read(said_of_it, assigned([], lines, language=language)), Fit)


def test_an_assignment_without_names_knows_none() -> None:
    held = against(assigned([]), offered(assigned([])), TABLES, ())
    assert held.names is None
    assert held.codes is None


INVENTED = {
    "asked Bob for help": True,
    "the people of Networks are looking": True,
    "because Exchange was slow": True,
    "the Outlook add-in was slow": False,
    "asked the English desk": False,
    "the DNS and the VPN": False,
    "So it was. Then it stopped": False,
    "用 Outlook 打开": False,
    "用 Thunderbird 打开": True,
}


@pytest.mark.parametrize("text", INVENTED)
def test_a_name_that_nobody_mentioned_is_invented(text: str) -> None:
    """A product that the log speaks of may be called by its name."""
    made = assigned(
        [], [said(1, 1, "x1", "Outlook crashes")], language="zh" if "用" in text else "en"
    )
    found = contract().read(answer([("found", text, ("L1",))]), made)
    assert isinstance(found, Fit) is not INVENTED[text]
