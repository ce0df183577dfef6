"""Machinery is not shown to people outside: hosts, addresses, stack traces."""

from __future__ import annotations

import pytest

from pipeline.domain.facts import Level
from pipeline.domain.findings import FindingLevel
from tests.unit.guard.builders import found, rules, saying

SHOWN = (
    ("mail-address", "write to wei.zhang@example.cn"),
    ("ip-address", "on 10.20.30.40"),
    ("ip-address", "在 192.168.1.7 上"),
    ("ip-address", "at fe80:0:0:1:2:3"),
    ("host-name", "on mbx07.corp.local"),
    ("host-name", r"on \\files\public"),
    ("stack-trace", "Traceback (most recent call last):"),
    ("stack-trace", "at com.acme.Mail.send(Mail.java:42)"),
    ("stack-trace", "java.lang.NullPointerException: x"),
)


@pytest.mark.parametrize(("rule", "words"), SHOWN)
def test_our_words_never_show_it(rule: str, words: str) -> None:
    """Whoever reads it: a template has no business with machinery."""
    findings = found(f"{{number}} {words}", clearance=Level.INTERNAL, language=_of(words))
    assert (rule, FindingLevel.BLOCK) in {(f.rule, f.level) for f in findings}


@pytest.mark.parametrize(("rule", "words"), SHOWN)
def test_a_statement_to_people_outside_waits(rule: str, words: str) -> None:
    """A technician's account is held for the requester, and goes to colleagues as it is."""
    facts, text = saying("fix_summary", words), "{number}\n> {fix_summary}"
    held = {(f.rule, f.level) for f in found(text, facts=facts) if f.check == "addresses"}
    assert held == {(rule, FindingLevel.HOLD)}
    assert rules(text, facts=facts, clearance=Level.INTERNAL) == set()


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("host-name", "ｄｂ０１．ｃｏｒｐ．ｌｏｃａｌ"),
        ("host-name", "db01．corp．local"),
        ("host-name", "db01.co\ufe0frp.lo\u00adcal"),
        ("ip-address", "１０．２０．３０．４０"),
        ("ip-address", "10.20\u200b.30.40"),
        ("mail-address", "bob＠example.org"),
        ("mail-address", "bob\u2060@ехаmple.org"),
    ],
)
def test_an_address_is_found_however_it_is_spelled(rule: str, words: str) -> None:
    """Wide, with marks that nobody sees, or with letters of another script."""
    assert rule in rules("{number}\n> {fix_summary}", facts=saying("fix_summary", words))


@pytest.mark.parametrize("words", [words for _, words in SHOWN])
def test_what_she_wrote_herself_she_knows(words: str) -> None:
    """A quotation of the requester is not judged."""
    assert rules("{number}\n> {title}", facts=saying("title", words)) == set()


@pytest.mark.parametrize(
    "words", ["version 16.0.17328.20162", "1,024.5 MB", "@ the desk", "local printer"]
)
def test_near_words_pass(words: str) -> None:
    """Versions, numbers and ordinary words are none."""
    assert rules(f"{{number}} {words}") == set()


def _of(words: str) -> str:
    return "zh" if "在" in words else "en"
