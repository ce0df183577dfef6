"""What an audience may not know is found wherever it stands, and what it knows is no disclosure."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.communication import Form, Kind
from pipeline.domain.directory import Names
from pipeline.domain.facts import Fact, Level, ValueKind
from pipeline.domain.findings import FindingLevel
from pipeline.guard import Examined, Phrases, examine
from tests.unit.guard.builders import EN, KNOWN, ZH, examined, fact, found, rules, saying

TEAM = fact("group", ValueKind.NAME, Names(zh="数据库二组", en="Database Team Two"), n=9)
HOST = fact("host", ValueKind.IDENTIFIER, "mbx07-prod")
NOTE = fact("note", ValueKind.TEXT, "She opened an infected attachment. Told security.", n=1)
SHORT_NOTE = fact("note", ValueKind.TEXT, "重启了", n=2)
OTHERS = fact("description", ValueKind.QUOTE, "my payslip for June is wrong", what="inc_2")
HIDDEN = (TEAM, HOST, NOTE, OTHERS)
DISCLOSED = {("hidden-value", FindingLevel.BLOCK)}
_WIDE = {n: n + 0xFEE0 for n in range(0x21, 0x7F)}


@pytest.mark.parametrize(
    "words",
    [
        "数据库二组",
        "数据库 二组",
        "DATABASE TEAM TWO",
        "Database\nTeam  Two",
        "ｍｂｘ０７-prod",
        "mbx07\\-prod",
        "mbx07\u2011prod",
        "mbx\ufe0f07-pr\u034fod",
        "m\u0435\u0435t mb\u044507-prod".removeprefix("m\u0435\u0435t "),
        "she opened an infected attachment",
        "My payslip for June is wrong!",
    ],
)
def test_a_hidden_value_is_found_however_it_is_written(words: str) -> None:
    """Case, width, spaces, escapes, either language, or one sentence of several: it blocks."""
    given_ = found(f"{{number}} {words}", hidden=HIDDEN)
    assert {(f.rule, f.level) for f in given_ if f.check == "disclosure"} == DISCLOSED


@given(
    value=st.sampled_from(
        ["数据库二组", "Database Team Two", "mbx07-prod", "my payslip for June is wrong"]
    ),
    text=st.sampled_from([EN, ZH]),
    share=st.floats(0, 1),
    changes=st.lists(st.sampled_from(["wide", "upper", "spaced", "lines"]), max_size=3),
)
def test_a_hidden_value_planted_anywhere_is_found(
    value: str, text: str, share: float, changes: list[str]
) -> None:
    """Wherever it is put between our words, and whatever is done to its letters."""
    for change in sorted(changes, reverse=True):
        value = _changed(value, change)
    whole = examined(text, hidden=HIDDEN)
    place = round(share * len(whole.rendition.text))
    planted = _planted(whole, place, f" {value} ")
    levels = {
        f.level
        for f in examine(planted, Phrases(forbidden=())).findings
        if f.rule == "hidden-value"
    }
    assert levels == {FindingLevel.BLOCK}


@pytest.mark.parametrize("part", ["subject", "html"])
def test_subject_and_html_are_searched_too(part: str) -> None:
    """A mail shows more than its text."""
    given_: dict[str, Any] = {"subject": "{number}"} | {
        part: "{number} Database <b>Team</b> Two &amp; co"
    }
    if part == "subject":
        given_ = {"subject": "{number} Database Team Two"}
    assert "hidden-value" in rules("{number}", form=Form.MAIL, hidden=HIDDEN, **given_)


def test_a_value_of_a_fact_outside_the_brief_stops_the_text() -> None:
    """Even one that is too short to be searched for."""
    whole = examined("{number} {group}")
    less = whole.brief.model_copy(update={"facts": (KNOWN["number"],)})
    cut = replace(whole, brief=less)
    assert {f.rule for f in examine(cut, Phrases(forbidden=())).findings} == {"fact-not-in-brief"}


@pytest.mark.parametrize(
    ("hidden", "text"),
    [
        (fact("note", ValueKind.TEXT, "Mail client keeps crashing", n=3), "{number} {title}"),
        (fact("alias", ValueKind.NAME, "Mail client"), "{number} {title}"),
        (fact("alias", ValueKind.NAME, "Support"), "{number} {group}"),
        (fact("priority", ValueKind.IDENTIFIER, "P1"), "{number} P1"),
        (fact("alias", ValueKind.NAME, "anna"), "{number} You can navigate again."),
        (fact("desk", ValueKind.NAME, "IT Service Desk"), "{number} {desk_name}"),
    ],
)
def test_what_the_audience_knows_is_no_disclosure(hidden: Fact, text: str) -> None:
    """The same value in its brief or its own words, part of another word, or too short to tell."""
    assert rules(text, hidden=(hidden,)) == set()


def test_short_notes_do_not_stop_what_others_say_too() -> None:
    """A note of one ordinary word gives nothing away in a technician's account of the fix."""
    facts = saying("fix_summary", "重启了邮件服务")
    text = "{number} 已处理好。\n> {fix_summary}"
    assert rules(text, language="zh", facts=facts, hidden=(SHORT_NOTE,)) == set()
    assert "hidden-value" in rules("{number} 我们重启了。", language="zh", hidden=(SHORT_NOTE,))


@pytest.mark.parametrize(
    ("signal", "stops"),
    [("errors", False), ("Latency", False), ("报错率", False)]
    + [(name, True) for name in ("errors-5xx", "crmLogin", "ERRORS", "db-2", "web_checks")],
)
def test_a_signal_named_like_an_ordinary_word_stops_nobody(signal: str, stops: bool) -> None:
    """Who writes of errors does not tell that a monitor is called so; a real identifier tells it."""
    hidden = fact("signal", ValueKind.IDENTIFIER, signal)
    facts = saying("fix_summary", f"Some of them still saw {signal} until noon")
    assert (
        "hidden-value" in rules("{number}\n> {fix_summary}", facts=facts, hidden=(hidden,))
    ) is stops
    assert "hidden-value" in rules(f"{{number}} {signal}.", hidden=(hidden,))


def test_templates_were_approved_before_any_fact_was_known() -> None:
    """A note that happens to be a sentence of ours does not stop our sentence; a name does in a statement."""
    note = fact("note", ValueKind.TEXT, "No time for a result has been set yet.", n=4)
    assert rules("{number} No time for a result has been set yet.", hidden=(note,)) == set()


def test_a_statement_may_not_name_what_is_hidden() -> None:
    """Disclosure blocks in a technician's words as in ours."""
    facts = saying("fix_summary", "Moved off MBX07-prod by Database Team Two")
    findings = found("{number}\n> {fix_summary}", facts=facts, hidden=HIDDEN)
    assert {(f.rule, f.level) for f in findings} == DISCLOSED
    assert not any("mbx07" in f.model_dump_json().casefold() for f in findings)


def test_a_statement_that_repeats_a_step_of_its_own_ticket_only_warns() -> None:
    """The technician may tell the requester what he noted for his colleagues."""
    step = fact("tried", ValueKind.TEXT, "rebuilt the client profile", n=1).model_copy(
        update={"level": Level.INTERNAL}
    )
    facts = saying("fix_summary", "We moved the mailbox and rebuilt the client profile")
    findings = found("{number}\n> {fix_summary}", facts=facts, hidden=(step,))
    assert {(f.rule, f.level) for f in findings} == {("repeats-record", FindingLevel.WARN)}


def test_what_is_restricted_is_not_repeated_without_a_person() -> None:
    """Nor anything of the record before everybody whom a failure hits."""
    said = "Account takeover of the CFO suspected"
    noted = fact("note", ValueKind.TEXT, f"Restricted: {said}; do not tell anybody.", n=1)
    facts = saying("fix_summary", f"{said}.")
    restricted = noted.model_copy(update={"level": Level.RESTRICTED})
    internal = noted.model_copy(update={"level": Level.INTERNAL})
    held = {("repeats-record", FindingLevel.HOLD)}
    text = "{number}\n> {fix_summary}"
    for findings in (
        found(text, facts=facts, hidden=(restricted,)),
        found(text, facts=facts, hidden=(internal,), kind=Kind.UPDATE),
    ):
        assert {(f.rule, f.level) for f in findings if f.check == "disclosure"} == held


def _planted(whole: Examined, place: int, words: str) -> Examined:
    text = whole.rendition.text
    around = f"{text[:place]}{words}{text[place:]}"
    return replace(whole, rendition=whole.rendition.model_copy(update={"text": around}))


def _changed(value: str, change: str) -> str:
    if change == "upper":
        return value.upper()
    if change == "wide":
        return value.translate(_WIDE)
    return value.replace(" ", "\n> " if change == "lines" else " \u00a0")


@pytest.mark.parametrize(
    ("hidden", "words"),
    [
        (HOST, "mbx07-prod"),
        (OTHERS, "my payslip for June is wrong"),
        (
            fact("signal_detail", ValueKind.QUOTE, "crm-app-03: 42 % failed"),
            "crm-app-03: 42 % failed",
        ),
    ],
)
def test_a_statement_does_not_vouch_for_itself(hidden: Fact, words: str) -> None:
    """Word for word what a machine or somebody else wrote: it blocks, as with one word more."""
    facts = {**KNOWN, "statement": fact("statement", ValueKind.TEXT, words)}
    for text in ("{number}\n> {statement}", "{number}\n> {statement} now"):
        given_ = found(text, facts=facts, hidden=(hidden,))
        assert {(f.rule, f.level) for f in given_ if f.check == "disclosure"} == DISCLOSED


@pytest.mark.parametrize(
    "words", ["crm-app-03", "the host crm-app-03 is slow", "CRM_app\u201303", "сrm-аpp-03"]
)
def test_a_host_that_stands_apart_in_a_monitors_words_is_found(words: str) -> None:
    """It is short, but nobody says it by chance."""
    detail = fact("signal_detail", ValueKind.QUOTE, "crm-app-03: 42 % of sign-ins failed")
    facts = {**KNOWN, "statement": fact("statement", ValueKind.TEXT, words)}
    given_ = found("{number}\n> {statement}", facts=facts, hidden=(detail,))
    assert {(f.rule, f.level) for f in given_ if f.check == "disclosure"} == DISCLOSED


def test_a_short_code_that_many_say_stops_nobody() -> None:
    """`HTTP-500` is an error that anybody may have seen."""
    detail = fact("signal_detail", ValueKind.QUOTE, "HTTP-500: 42 % of sign-ins failed")
    facts = {**KNOWN, "statement": fact("statement", ValueKind.TEXT, "Some pages show HTTP-500")}
    assert "hidden-value" not in rules("{number}\n> {statement}", facts=facts, hidden=(detail,))


@pytest.mark.parametrize("attribute", ["assignee", "requester_name", "reopened_by", "author"])
@pytest.mark.parametrize(
    "words", ["Sun Hao", "Hao Sun", "Sun, Hao", "SUN\u00a0Hao", "sunhao", "孙浩", "孙 浩", "孫浩"]
)
def test_a_person_is_found_in_every_order_of_the_name(attribute: str, words: str) -> None:
    """Family name first or last, in one word or two."""
    person = fact(attribute, ValueKind.NAME, Names(zh="孙浩", en="Hao Sun"), n=1)
    assert "hidden-value" in rules(f"{{number}} {words} decides", hidden=(person,))


def test_a_person_whom_the_audience_knows_may_be_named_in_every_order() -> None:
    """Who has it is in the brief, so her name the other way round gives nothing away."""
    same = fact("author", ValueKind.NAME, Names(zh="张伟", en="Wei Zhang"), n=1)
    assert rules("{number} is with {assignee}, Zhang Wei.", hidden=(same,)) == set()


def test_only_a_persons_name_has_two_orders() -> None:
    """A group's words the other way round are ordinary words."""
    group = fact("group", ValueKind.NAME, Names(zh="邮件支持", en="Mail Support"), n=1)
    assert rules("{number} You can write to support mail too.", hidden=(group,)) == set()


@pytest.mark.parametrize(
    ("clearance", "level"),
    [
        (Level.PUBLIC, FindingLevel.BLOCK),
        (Level.AFFECTED, FindingLevel.BLOCK),
        (Level.INTERNAL, FindingLevel.HOLD),
    ],
)
@pytest.mark.parametrize(
    ("attribute", "known"), [("note", Level.RESTRICTED), ("decision_needed", Level.INTERNAL)]
)
@pytest.mark.parametrize("slot", ["statement", "scope"])
def test_what_is_restricted_or_undecided_is_not_said_to_those_whom_it_hits(
    slot: str, attribute: str, known: Level, clearance: Level, level: FindingLevel
) -> None:
    """Word for word or one sentence of it, through whichever slot; a word of one's own does not help."""
    secret = "We may pay the ransom demanded by the attackers"
    hidden = fact(attribute, ValueKind.TEXT, f"{secret}. Ask the board.", n=1)
    hidden = hidden.model_copy(update={"level": known})
    for words in (f"{secret}. Ask the board.", f"FYI: {secret}"):
        facts = {**KNOWN, slot: fact(slot, ValueKind.TEXT, words)}
        given_ = found(
            f"{{number}}\n> {{{slot}}}",
            facts=facts,
            hidden=(hidden,),
            kind=Kind.UPDATE,
            clearance=clearance,
        )
        disclosed = {(f.rule, f.level) for f in given_ if f.check == "disclosure"}
        assert disclosed == {("repeats-record", level)}
