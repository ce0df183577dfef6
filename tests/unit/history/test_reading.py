"""What is read of a desk's export, and which rows are left out, with the reason."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import Refused
from pipeline.domain.history import Broken, PastTicket
from pipeline.history.lines import LONGEST_LINE, Lines
from pipeline.history.moments import Ambiguous, Dates, moment
from pipeline.history.naming import product
from pipeline.history.tickets import Reading, Twice

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 1, tzinfo=UTC)


def read(text: str | bytes, encoding: str = "utf-8", **how: Any) -> list[Any]:
    """Tickets without their lines, and what was left out."""
    octets = text if isinstance(text, bytes) else text.encode(encoding)
    reading = Reading(source="desk", zone=SHANGHAI, now=NOW, **how)
    found = reading.tickets(Lines(io.BytesIO(octets)))
    return [one[1] if isinstance(one, tuple) else one for one in found]


def only(text: str | bytes, encoding: str = "utf-8", **how: Any) -> PastTicket:
    [found] = read(text, encoding, **how)
    assert isinstance(found, PastTicket), found
    return found


SERVICE_DESK = (
    '"Request ID","Subject","Description","Created Time","Completed Time","Service Category","Site","Resolution"\n'
    '"48213","VPN shows error 809","Since this morning,\nfor all of us","Mar 5, 2025 02:22 PM","Mar 5, 2025 04:10 PM","Network","Berlin","Opened UDP 500"\n'
)
JIRA = (
    "Summary,Issue key,Issue id,Created,Resolved,Component/s,Component/s,Resolution,Description\n"
    "VPN shows error 809,IT-77,10077,05/Mar/25 2:22 PM,05/Mar/25 4:10 PM,,Network,Fixed,Since this morning\n"
)
SERVICE_NOW = (
    "number,short_description,description,opened_at,resolved_at,business_service,location,close_notes\n"
    "INC0048213,VPN shows error 809,Since this morning,2025-03-05 14:22:00,2025-03-05 16:10:00,Network,Berlin,Opened UDP 500\n"
)
CHINESE = "工单号;主题;创建时间;解决时间;服务;解决方案\n48213;VPN 报错 809;2025年3月5日 14:22;2025/3/5 16:10;Network;放行 UDP 500\n"


@pytest.mark.parametrize("export", [SERVICE_DESK, JIRA, SERVICE_NOW, CHINESE])
def test_exports_are_known_by_their_columns(export: str) -> None:
    ticket = only(export)
    assert "809" in ticket.title
    assert ticket.opened_at == datetime(2025, 3, 5, 6, 22, tzinfo=UTC)
    assert ticket.ended_at == datetime(2025, 3, 5, 8, 10, tzinfo=UTC)


def test_a_state_is_no_solution() -> None:
    """Jira's Resolution says "Fixed" of every ticket, and of none what helped."""
    assert only(JIRA).fix == ""
    assert only(SERVICE_NOW).fix == "Opened UDP 500"


@pytest.mark.parametrize(
    ("columns", "name"),
    [
        (["Summary", "Issue key", "Issue id"], "jira"),
        (["number", "short_description", "sys_created_on"], "servicenow"),
        (["Request ID", "Subject", "Created Time"], "servicedeskplus"),
        (["number", "title", "opened_at"], ""),
    ],
)
def test_a_product_is_known_by_two_of_its_columns(columns: list[str], name: str) -> None:
    assert product(columns) == name


@pytest.mark.parametrize(
    "line",
    [
        '{"key":"IT-77","fields":{"summary":"VPN shows error 809","created":"2025-03-05T14:22:00.000+0800","components":[{"name":"Network"}]}}',
        '{"number":{"display_value":"IT-77","value":"x"},"short_description":"VPN shows error 809","opened_at":"2025-03-05 14:22:00","business_service":{"display_value":"Network","link":"y"}}',
        '{"id":"IT-77","subject":"VPN shows error 809","created_time":{"display_value":"05/03/2025","value":"1741155720000"},"service":{"name":"Network"}}',
    ],
)
def test_json_lines_are_read_as_products_write_them(line: str) -> None:
    ticket = only(line, dates="dmy")
    assert (ticket.number, ticket.service) == ("IT-77", "Network")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "gbk"]
)
def test_every_usual_encoding_is_read(encoding: str) -> None:
    assert only(CHINESE, encoding).fix == "放行 UDP 500"


@pytest.mark.parametrize(
    ("said", "dates", "day"),
    [
        ("2025-03-05T14:22:11Z", "", "2025-03-05 14:22"),
        ("2025-03-05 14:22", "", "2025-03-05 06:22"),
        ("2025/3/5 下午2:22", "", "2025-03-05 06:22"),
        ("2025年3月5日 14时22分", "", "2025-03-05 06:22"),
        ("05 March 2025 14:22", "", "2025-03-05 06:22"),
        ("31/03/2025 02:22 PM", "", "2025-03-31 06:22"),
        ("03/31/2025 02:22 PM", "", "2025-03-31 06:22"),
        ("05/03/2025 14:22", "dmy", "2025-03-05 06:22"),
        ("05/03/2025 14:22", "mdy", "2025-05-03 06:22"),
        ("1741155720", "", "2025-03-05 06:22"),
        ("12/25/2025 12:05 AM", "", "2025-12-24 16:05"),
        ("yesterday", "", None),
        ("2025-13-40", "", None),
    ],
)
def test_times_are_read_as_desks_write_them(said: str, dates: Dates, day: str | None) -> None:
    if day is None:
        with pytest.raises(ValueError, match=r"\w"):
            moment(said, SHANGHAI, dates)
    else:
        assert f"{moment(said, SHANGHAI, dates):%Y-%m-%d %H:%M}" == day


def test_a_date_that_may_be_two_days_is_not_guessed() -> None:
    with pytest.raises(Ambiguous):
        moment("05/03/2025", SHANGHAI)


HEAD = "number,title,opened_at,resolved_at\n"


@pytest.mark.parametrize(
    ("row", "code", "field"),
    [
        (",VPN,2025-03-05,", "missing", "number"),
        ("1,,2025-03-05,", "missing", "title"),
        ("1,VPN,,", "missing", "opened_at"),
        ("1,VPN,soon,", "not_a_time", "opened_at"),
        ("1,VPN,03/04/2025,", "ambiguous_date", "opened_at"),
        ("1,VPN,2031-01-01,", "future", "opened_at"),
        ("1,VPN,2025-03-05,2031-01-01", "future", "ended_at"),
        ("1,VPN,2025-03-05,2025-03-04", "ends_before", "ended_at"),
        (f"{'1' * 201},VPN,2025-03-05,", "too_long", "number"),
        ("1,VPN,2025-03-05,,extra", "columns", ""),
        ('1,"VPN,2025-03-05,', "unreadable", ""),
        (f"1,{'V' * (LONGEST_LINE + 5)},2025-03-05,", "too_long", ""),
    ],
)
def test_a_broken_row_is_told_and_stops_no_other(row: str, code: str, field: str) -> None:
    broken, after = read(f"{HEAD}{row}\n2,Mail,2025-03-06,\n")
    assert (broken.line, broken.code, broken.field) == (2, code, field)
    assert after.number == "2"


def test_of_a_number_that_comes_twice_the_first_counts() -> None:
    first, again = read(f"{HEAD}1,VPN,2025-03-05,\n1,Mail,2025-03-06,\n")
    assert first.title == "VPN"
    assert again == Twice(line=3, number="1")


def test_columns_may_be_said() -> None:
    text = "ref;what;since;remedy\n7;VPN down;2025-03-05;rebooted\n"
    columns = {"number": "ref", "title": "What", "opened_at": "since", "fix": "remedy"}
    assert only(text, columns=columns).fix == "rebooted"
    with pytest.raises(ValueError, match="no field"):
        read(text, columns={"nonsense": "ref"})


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\x00\x01\x02" * 50])
def test_a_file_that_names_no_tickets_is_refused_whole(content: bytes) -> None:
    with pytest.raises(Refused):
        read(content)


def test_a_text_of_100_kb_is_kept_as_far_as_it_is_read() -> None:
    ticket = only(f"number,title,opened_at,description\n1,VPN,2025-03-05,{'word ' * 20_000}\n")
    assert len(ticket.text) == 6000


@given(st.binary(max_size=400))
def test_whatever_a_file_holds_it_is_read_or_refused(content: bytes) -> None:
    try:
        found = read(HEAD.encode() + content)
    except Refused:
        return
    assert all(isinstance(one, PastTicket | Broken | Twice) for one in found)


_QUOTED = "number,title,opened_at,close_notes,business_service\n"


def _row(number: str, title: str, fix: str = "") -> str:
    return f"{number},{title},2025-03-14T10:00:00Z,{fix or 'fix of ' + number},vpn\n"


@pytest.mark.parametrize(
    ("spoiled", "following"),
    [
        (_row("Q-1", '"Mail broken'), _row("Q-2", '"VPN again"')),
        (_row("Q-1", '"Mail broken'), _row("Q-2", '"VPN again, twice"')),
        (_row("Q-1", '"Mail broken'), _row("Q-2", 'VPN again"')),
        (_row("Q-1", "Mail broken", '"moved'), _row("Q-2", "VPN again", '"opened UDP"')),
        (_row("Q-1", "Mail broken", '"moved'), _row("Q-2", "VPN again", '"opened UDP, at last"')),
    ],
)
def test_a_quotation_mark_that_nobody_closed_mixes_no_two_tickets(
    spoiled: str, following: str
) -> None:
    """Whatever the next row quotes: the one with the mark is told, and each after it is read."""
    broken, *found = read(_QUOTED + spoiled + following + _row("Q-3", "x"))
    assert isinstance(broken, Broken)
    assert (broken.line, broken.code) == (2, "unreadable")
    assert [one.number for one in found] == ["Q-2", "Q-3"]
    assert "Q-1" not in "".join(one.model_dump_json() for one in found)


def test_many_rows_with_such_a_mark_are_each_told() -> None:
    rows = "".join(_row(f"Q-{n}", 'x"y', '"z') for n in range(300))
    found = read(_QUOTED + rows + _row("Q-last", "x"))
    assert [one.line for one in found[:-1]] == list(range(2, 302))
    assert found[-1].number == "Q-last"


def test_lines_within_a_text_are_its_own() -> None:
    ticket = only(_QUOTED + _row("Q-1", '"a ""quoted"" title"', '"first,\nthen ""this""\n"'))
    assert (ticket.title, ticket.fix) == ('a "quoted" title', 'first,\nthen "this"')
