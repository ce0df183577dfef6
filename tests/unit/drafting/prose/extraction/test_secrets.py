"""Passwords and keys are quoted in no summary, whoever reads it."""

from __future__ import annotations

import pytest

from pipeline.domain.directory import Language
from pipeline.domain.facts import Audience, ValueKind
from pipeline.drafting.catalogue import load_states
from pipeline.drafting.prose.contract import filled

from .reading import INSIDE, OUTSIDE, assignment_of, extraction, fact, summary, texts

TALK = "[09:00] Ann: the mail client crashes since this morning when I open the calendar\n"


@pytest.mark.parametrize("audience", [INSIDE, OUTSIDE])
@pytest.mark.parametrize(
    ("said", "secret"),
    [
        ("I ran curl -u admin:hunter22 http://x and it still fails", "hunter22"),
        ("set ghp_abcdefghijklmnopqrstuvwxyz0123 as the token, did not work", "ghp_"),
        ("postgres://u:p4ssw0rd@db/crm timed out again", "p4ssw0rd"),
        ("已把密码重置为 Abc@12345，还是登录不了", "Abc@12345"),
        ("tried pass: hunterxx, it still fails", "hunterxx"),
        ("restarted it. password: hunterxx. it still crashes", "hunterxx"),
        ("口令是梅花三弄88，请用它登录", "梅花三弄88"),
        ("请用梅花三弄88登录门户", "梅花三弄88"),
        ("账号admin，Winter2026，请用它登录", "Winter2026"),
        ("please use Sunny-Day-12 to sign in to the portal", "Sunny-Day-12"),
        ("it's kiwi-mango-77, please log in with that", "kiwi-mango-77"),
    ],
)
def test_a_sentence_with_a_secret_is_quoted_to_nobody(
    said: str, secret: str, audience: Audience
) -> None:
    for language in ("zh", "en"):
        told = summary(f"{TALK}[09:05] Bo: {said}\n", audience=audience, language=language)
        assert secret not in told


def test_a_password_that_is_a_message_of_its_own_is_quoted_to_nobody() -> None:
    """Nor where it stands again, with nothing beside it that says what it is."""
    talk = (
        f"{TALK}[09:05] Bo: what is your password?\n[09:06] Ann: hunter22\n"
        "[09:07] Bo: I tried hunter22, it does not work\n"
    )
    assert "hunter22" not in summary(talk)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_record_is_told_without_its_secret(language: Language) -> None:
    """Its title is written by code, and a long description is quoted."""
    long = "The client crashes whenever the calendar is opened on this computer. " * 3
    facts = (
        fact("title", ValueKind.TEXT, "login fails with password: hunter22"),
        fact("description", ValueKind.TEXT, f"{long}My password is Sommer2026!"),
    )
    for audience in (INSIDE, OUTSIDE):
        assignment = assignment_of(facts, audience=audience, language=language)
        prose = extraction().write(assignment)
        assert prose is not None
        told = " ".join(filled(prose, assignment, load_states(texts())))
        assert "hunter22" not in told
        assert "Sommer2026" not in told


def test_talk_about_a_password_is_told() -> None:
    """A word that goes with secrets is none."""
    told = summary(f"{TALK}[09:05] Bo: I reset your password, it still does not work\n")
    assert "I reset your password" in told
