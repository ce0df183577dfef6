"""What keeps coming back is told once to those who decide, becomes a problem, and those concerned hear what helps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from knowledge.answer import Answer
from knowledge.article import ArticleText
from knowledge.ports import Readers
from knowledge.shared_words import SharedWords
from pipeline.domain.communication import Kind
from pipeline.domain.problem import ProblemState
from pipeline.ports import Source
from tests.unit.flow.desk import Desk, opened

from .recurring import (
    FIX,
    WORKAROUND,
    accept,
    case,
    directory,
    mails,
    only_chain,
    problem_of,
    record,
    told,
    weekly,
)

VPN = ("VPN fails with ERR-7731", "VPN error ERR-7731 when connecting", "VPN: ERR-7731 again")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened(tmp_path, public_url="https://help.example.org") as found:
        found.app.acts.load_directory(directory())
        yield found


def test_those_who_decide_are_told_once_in_their_language(desk: Desk) -> None:
    """The third case is told to problem managers and to the service's owner, with what is alike, what differs, what
    helped and a link; a fourth is told to nobody, and the row says why."""
    weekly(desk)
    zh, en = mails(desk, "zh", "情况相似"), mails(desk, "en", "look alike")
    assert (len(zh), len(en), len(mails(desk, "owner", "look alike"))) == (1, 1, 1)
    for text in (zh[0], en[0]):
        assert all(part in text for part in ("T-1", "T-2", "T-3", FIX, "809", "/chains/"))
    assert "3 张情况相似的工单" in zh[0]
    assert "远程接入" in zh[0]
    assert "网络组" in zh[0]
    assert "3 tickets look alike" in en[0]
    assert "owner Network, priority P2" in en[0]
    case(desk, "T-4")
    desk.wait(60)
    assert len(mails(desk, "zh", "情况相似")) == 1
    [silent] = told(desk, "T-4", Kind.RECURRENCE_ALERT)
    assert silent.outcome
    assert silent.outcome.code == "chain_told"


def test_an_accepted_problem_is_told_with_what_helps(desk: Desk) -> None:
    """Problem managers hear of it in their languages, the front line what to say; a way around it is told as soon
    as it is known."""
    weekly(desk)
    problem = accept(desk, title="GlobalLink 809 on Mondays")
    [zh], [en] = mails(desk, "zh", "已立问题单"), mails(desk, "en", f"{problem.number} opened")
    assert "远程接入出现了 3 次同类故障" in zh
    assert "还没有登记验证过的临时办法" in zh
    assert "The cause is not known yet." in en
    assert "Owner: Network" in en
    assert len(mails(desk, "phone", f"{problem.number} opened")) == 1
    assert mails(desk, "wang", problem.number) == []
    record(desk, problem, workaround=WORKAROUND)
    [zh], [phone] = mails(desk, "zh", "有了临时办法"), mails(desk, "phone", "way around it:")
    assert WORKAROUND in zh
    assert WORKAROUND in phone


def test_who_reports_a_known_error_hears_at_once_what_helps(desk: Desk) -> None:
    """The acknowledgement of a ticket like the chain's has the workaround; another one has not."""
    weekly(desk)
    problem = record(desk, accept(desk), workaround=WORKAROUND)
    case(desk, "T-7", "GlobalLink error 809 once more")
    case(desk, "T-8", "The projector in room 4 is dark")
    [seven] = mails(desk, "wang", "(T-7)")
    [eight] = mails(desk, "wang", "(T-8)")
    assert WORKAROUND in seven
    assert problem.number in seven
    assert WORKAROUND not in eight


def test_a_stranger_of_the_same_minutes_is_drawn_into_no_chain(desk: Desk) -> None:
    """A keyboard that breaks while the network fails again is no case of it, and those like it, in either language,
    are not answered with its workaround."""
    for n, title in enumerate(VPN):
        desk.report(f"T-{n}", title=title)
        desk.settle()
        desk.wait(60)
    chain = only_chain(desk)
    record(desk, accept(desk), workaround=WORKAROUND)
    later = ("Keyboard broken", "公司 VPN 又坏了，错误 ERR-7731", "Keyboard broken", "键盘坏了")
    for n, title in enumerate(later):
        desk.report(f"K-{n}", title=title)
        desk.settle()
        desk.wait(1)
    desk.wait(10)
    with desk.app.store.read() as tx:
        cases = tx.incidents([member.incident for member in tx.members([chain])[chain]])
    assert sorted(case.number for case in cases.values()) == ["K-1", "T-0", "T-1", "T-2"]
    [real] = mails(desk, "wang", "(K-1)")
    assert WORKAROUND in real
    for number in ("K-0", "K-2", "K-3"):
        [mail] = mails(desk, "wang", f"({number})")
        assert WORKAROUND not in mail


def test_who_reports_the_same_error_in_the_other_language_is_told_what_helps(desk: Desk) -> None:
    """Also while the storm lasts: what only its minutes say is not needed for that."""
    for n in range(3):
        desk.report(
            f"T-{n}",
            title=f"VPN breaks off with ERR-7731 after {n + 1} minutes",
            description="GlobalLink loses the tunnel, ERR-7731",
            service="vpn",
        )
        desk.settle()
    only_chain(desk)
    record(desk, accept(desk), workaround=WORKAROUND)
    desk.report("T-9", title="VPN 又断了 ERR-7731", description=None)
    desk.report("K-9", title="键盘坏了", description=None)
    desk.settle()
    desk.wait(10)
    [told], [stranger] = mails(desk, "wang", "(T-9)"), mails(desk, "wang", "(K-9)")
    assert WORKAROUND in told
    assert WORKAROUND not in stranger


class Broken(SharedWords):
    """A library that answers nobody."""

    def answers(self, question: str, *, readers: Readers, day: date, limit: int) -> list[Answer]:
        raise TimeoutError("the search does not come to an end")


def test_what_helps_goes_with_the_answer_also_where_the_library_fails(tmp_path: Path) -> None:
    """It rests on rows, and not on an index that may still be loading."""
    with opened(tmp_path, search=Broken) as desk:
        desk.app.acts.load_directory(directory())
        article = ArticleText(
            source="files", external_id="1", title="Printers", body="Paper jams", language="en"
        )
        desk.app.articles.take_in([article], by="admin", audience=("everybody",))
        weekly(desk)
        record(desk, accept(desk), workaround=WORKAROUND)
        case(desk, "T-7")
        [mail] = mails(desk, "wang", "(T-7)")
        assert WORKAROUND in mail


def test_quiet_proves_a_fix_and_a_case_before_then_reopens_the_problem(desk: Desk) -> None:
    """People are told either way; a case that comes after the proof reopens it as well."""
    weekly(desk)
    problem = record(desk, accept(desk), fix="New gateway software")
    assert problem.state is ProblemState.FIXED
    [fixed] = mails(desk, "phone", "It was fixed.")
    assert "counts as solved when no case comes until" in fixed
    assert "until one is confirmed" not in fixed
    case(desk, "T-5")
    assert problem_of(desk, problem.chain).state is ProblemState.OPEN
    [back] = mails(desk, "zh", "修复后又出现")
    assert "T-5" in back
    record(desk, problem, fix="Newer gateway software")
    desk.send("resolved", "T-5", fix_summary=FIX)
    desk.wait(28 * 24 * 60)
    assert problem_of(desk, problem.chain).state is ProblemState.QUIET
    assert len(mails(desk, "en", "the fix has held")) == 1
    assert len(mails(desk, "phone", "the fix has held")) == 1


def test_the_desk_that_owns_the_tickets_is_asked_and_confirms(desk: Desk) -> None:
    """The Request waits until the desk's event brings its number, which the record then names."""
    desk.app.acts.save_sources([Source(name="desk", owner="desk")])
    weekly(desk)
    problem = accept(desk)
    [asked] = desk.app.queries.requests()
    assert (asked.kind, asked.incident) == ("problem", problem.anchor)
    assert "T-1, T-2, T-3" in asked.text
    desk.send("problem_recorded", "T-3", problem="DESK-41")
    assert desk.app.queries.requests() == []
    assert problem_of(desk, problem.chain).outside == "DESK-41"


def test_a_problem_that_the_desk_opened_by_hand_takes_the_chain_in(desk: Desk) -> None:
    """Those concerned are told of it as of one of ours, and nothing is asked of the desk."""
    weekly(desk)
    desk.send("problem_recorded", "T-2", problem="DESK-42", title="809 on Mondays")
    desk.wait(5)
    problem = problem_of(desk, only_chain(desk))
    assert (problem.outside, problem.title) == ("DESK-42", "809 on Mondays")
    [notice] = mails(desk, "en", f"{problem.number} opened")
    assert "Record elsewhere: DESK-42" in notice
    assert desk.app.queries.requests() == []
