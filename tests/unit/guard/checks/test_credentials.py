"""A statement that holds a password or a key waits for a person; one that speaks of passwords does not."""

from __future__ import annotations

import pytest

from pipeline.domain.facts import ValueKind
from pipeline.domain.findings import Finding, FindingLevel
from tests.unit.guard.builders import KNOWN, fact, found


def secrets(words: str, kind: ValueKind = ValueKind.TEXT) -> list[Finding]:
    facts = {**KNOWN, "statement": fact("statement", kind, words)}
    findings = found("{number}\n> {statement}", facts=facts)
    return [finding for finding in findings if finding.check == "credentials"]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("password", "password: hunter2"),
        ("password", "The admin password is hunter2."),
        ("password", "Use the PIN 40971 at the gate."),
        ("password", "管理员密码是 hunter2。"),
        ("password", "密码：Ab12345"),
        ("password", "ｐａｓｓｗｏｒｄ： hunter2"),
        ("secret-key", "API key sk-abcdefghijklmnop1234"),
        ("secret-key", "token: 9f8e7d6c5b4a39281706"),
        ("secret-key", "AKIAIOSFODNN7EXAMPLE"),
        ("secret-key", "-----BEGIN RSA PRIVATE KEY-----"),
    ],
)
def test_a_secret_in_a_statement_waits_and_is_not_repeated(rule: str, words: str) -> None:
    [finding] = secrets(words)
    assert (finding.rule, finding.level) == (rule, FindingLevel.HOLD)
    assert "hunter2" not in f"{finding.excerpt}{finding.detail}"


@pytest.mark.parametrize(
    "words",
    [
        "Your password is not affected.",
        "Please reset your password by 18:00.",
        "The password reset page answers again.",
        "请在今天 18:00 前修改密码。",
        "密码没有泄露。",
        "The token service was restarted at 10:20.",
        "A PIN is needed to sign in.",
    ],
)
def test_speaking_of_secrets_gives_none_away(words: str) -> None:
    assert secrets(words) == []


def test_what_a_requester_wrote_herself_is_not_judged() -> None:
    assert secrets("password: hunter2", ValueKind.QUOTE) == []
