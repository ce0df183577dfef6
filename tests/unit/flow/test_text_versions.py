"""A text is written, checked, put in force without a restart, and taken back; what fails for one ticket falls back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

import prompts
from pipeline.domain.communication import Form
from pipeline.domain.directory import LANGUAGES, Language
from pipeline.domain.errors import Malformed, StaleVersion, UnknownThing
from pipeline.domain.message import Recipient
from pipeline.domain.text_version import Activation
from pipeline.flow.library import load_one
from pipeline.flow.written_texts import laid_over, part_named, texts_in

from .desk import Desk, opened

ACK = "acknowledgement/requester"
SHIPPED = texts_in(prompts.read_texts(prompts.ROOT), ACK)
READER = Recipient(
    kind="person", id="preview", name="Reader", channel="mail", address="r@example.org",
    language="en", zone="Asia/Shanghai",
)  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened(tmp_path) as found:
        yield found


def changed(old: dict[Language, tuple[str, str]]) -> dict[Language, str]:
    """The shipped acknowledgement with one place replaced in each language."""
    for language, (was, _) in old.items():
        assert was in SHIPPED[language]
    return {language: SHIPPED[language].replace(*old[language]) for language in LANGUAGES}


GREETED = changed({"zh": ("== mail ==\n", "== mail ==\n服务台收到了您的消息。\n\n"), "en": ("== mail ==\n", "== mail ==\nThe desk has your message.\n\n")})  # fmt: skip
NEEDS_GROUP = changed({"zh": ("== mail ==\n", "== mail ==\n{{ description }}\n\n"), "en": ("== mail ==\n", "== mail ==\n{{ description }}\n\n")})  # fmt: skip


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """For what changes nothing."""
    with opened(tmp_path_factory.mktemp("shared")) as found:
        yield found


def put(desk: Desk, texts: dict[Language, str], after: int = 0, name: str = ACK) -> int:
    saved = desk.app.text_versions.save(name, texts, by="mei", why="a test", after=after)
    desk.app.text_versions.activate(name, saved.version, by="mei", why="a test")
    return saved.version


def told(desk: Desk, number: str, **more: object) -> str:
    desk.report(number, **more)
    desk.settle()
    return desk.mail.sent[-1].text


def test_a_version_is_in_force_at_once_and_after_a_restart(tmp_path: Path) -> None:
    with opened(tmp_path) as desk:
        assert "The desk has your message." not in told(desk, "T-1")
        put(desk, GREETED)
        assert "The desk has your message." in told(desk, "T-2")
    with opened(tmp_path) as desk:
        assert desk.app.text_versions.text(ACK) == GREETED


def test_rolling_back_brings_the_one_before_and_then_the_file(desk: Desk) -> None:
    """Each with who, when and why."""
    other = {k: v.replace("has your message", "got your message").replace("收到了", "已收到") for k, v in GREETED.items()}  # fmt: skip
    put(desk, GREETED)
    put(desk, other, after=1)
    versions = desk.app.text_versions
    assert versions.roll_back(ACK, by="noor", why="too short") == 1
    assert "has your message" in told(desk, "T-1")
    versions.activate(ACK, 0, by="noor", why="as shipped")
    assert "your message." not in told(desk, "T-2")
    with pytest.raises(UnknownThing):
        versions.roll_back(ACK, by="noor", why="")
    done = desk.app.text_versions.rows.activations(ACK)
    assert [(a.version, a.author, a.why) for a in done][:2] == [
        (0, "noor", "as shipped"),
        (1, "noor", "too short"),
    ]


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("{{ assignee_phone }}", "{{ assignee_phone }}"),
        ("{{ description }}", ""),
        ("{% for a in [1] %}{% endfor %}", "x"),
        ("{% if %}", "x"),
        ("{{ 'a' * 99999999 }}", "x"),
        ("我们正在全力抢修。", "Our engineers are working hard on it."),
        ("{% include 'x' %}", "x"),
        ("x" * 20_000, "x" * 20_000),
    ],
    ids=["unknown-slot", "one-language", "loop", "no-template", "arithmetic", "guard", "include", "long"],
)  # fmt: skip
def test_what_is_unfit_stays_out_and_nothing_changes(shared: Desk, zh: str, en: str) -> None:
    """Each problem with its place; the text in force stays in force."""
    bad = changed({"zh": ("== mail ==\n", f"== mail ==\n{zh}\n\n"), "en": ("== mail ==\n", f"== mail ==\n{en}\n\n")})  # fmt: skip
    versions = shared.app.text_versions
    after = len(shared.app.text_versions.rows.text_versions(ACK))
    saved = versions.save(ACK, bad, by="mei", why="a test", after=after)
    with pytest.raises(Malformed) as refused:
        versions.activate(ACK, saved.version, by="mei", why="a test")
    assert refused.value.problems
    assert versions.text(ACK) == SHIPPED


@pytest.mark.parametrize("control", ["\0", "\x1b", "\x7f", "\x0c"])
def test_a_control_character_is_refused_with_its_place(shared: Desk, control: str) -> None:
    """A database may not take it, and nobody sees it in an editor."""
    spoilt = {**GREETED, "en": GREETED["en"].replace("== mail ==\n", f"== mail ==\nab{control}")}
    line = GREETED["en"].partition("== mail ==")[0].count("\n") + 2
    said = f"holds a control character (U+{ord(control):04X})"
    versions = shared.app.text_versions
    for refused in (
        lambda: versions.problems(ACK, spoilt),
        lambda: versions.save(ACK, spoilt, by="mei", why="a test", after=0),
    ):
        with pytest.raises(Malformed) as wrong:
            refused()
        assert wrong.value.problems == [(f"en:{line}:3", said)]


def test_a_required_slot_must_stand_in_the_text(shared: Desk) -> None:
    bad = {k: v.replace("{{ ticket_url }}", "{{ number }}") for k, v in changed({"zh": ("", ""), "en": ("", "")}).items()}  # fmt: skip
    assert any(
        "ticket_url" in sentence for _, sentence in shared.app.text_versions.problems(ACK, bad)
    )


def test_ten_megabytes_are_refused_before_anybody_reads_them(shared: Desk) -> None:
    with pytest.raises(Malformed):
        shared.app.text_versions.save(
            ACK, {"zh": "x" * 10**7, "en": "x"}, by="mei", why="", after=0
        )


def test_two_who_save_at_once_do_not_overwrite_each_other(desk: Desk) -> None:
    desk.app.text_versions.save(ACK, GREETED, by="mei", why="", after=0)
    with pytest.raises(StaleVersion):
        desk.app.text_versions.save(ACK, NEEDS_GROUP, by="noor", why="", after=0)


def test_a_text_that_fails_for_one_ticket_falls_to_the_last_good_one(desk: Desk) -> None:
    """That one is sent all the same, the others as written; the administrator is told once, with the reason."""
    put(desk, GREETED)
    version = desk.app.text_versions.save(ACK, NEEDS_GROUP, by="mei", why="", after=1).version
    force(desk, version)
    assert "It crashes" in told(desk, "T-1", description="It crashes")
    for number in ("T-2", "T-3"):
        assert "The desk has your message." in told(desk, number)
    alarms = [a for a in desk.app.queries.alarms() if a.code == "text_fell_back"]
    assert len(alarms) == 1
    assert alarms[0].values["number"] == "T-2"
    assert "description" in alarms[0].values["problem"]


def test_where_nothing_was_in_force_before_it_falls_to_the_shipped_one(desk: Desk) -> None:
    version = desk.app.text_versions.save(ACK, NEEDS_GROUP, by="mei", why="", after=0).version
    force(desk, version)
    assert told(desk, "T-2").startswith("Dear Wang Xiaolin")


def force(desk: Desk, version: int) -> None:
    """In force as a text from an earlier release can be: the check of today would not have let it through."""
    app = desk.app
    with app.store.write() as tx:
        found = tx.text_version(ACK, version)
        assert found is not None
        tx.add_activation(Activation(name=ACK, version=version, author="x", at=app.clock.now()))
    app.library.take(load_one(laid_over(app.library.texts.files, [found]), None))


def test_a_preview_shows_every_form_in_both_languages_and_keeps_nothing(desk: Desk) -> None:
    """On hostile words too: they are data, and the text around them stays ours."""
    desk.report(title="{{ 7*7 }} <script>alert(1)</script> [[x]] http://evil.example")
    before = len(desk.app.queries.communications(desk.incident.id))
    shown = desk.app.text_versions.preview(ACK, GREETED, desk.incident.id, READER)
    assert {(s.draft.language, s.form) for s in shown} == {
        (language, form) for language in get_args(Language) for form in Form
    }
    mails = [s.filled for s in shown if s.form is Form.MAIL]
    assert all("{{ 7*7 }}" in m.text and "<script>" not in (m.html or "") for m in mails)
    assert len(desk.app.queries.communications(desk.incident.id)) == before
    assert "The desk has your message." not in told(desk, "T-2")


@pytest.mark.parametrize(
    "part", ["requester+mail", "requester+P1+type-mail", "requester+P1+P2", "requester+via-fax"]
)
def test_a_name_that_means_nothing_is_refused(part: str) -> None:
    with pytest.raises(Malformed):
        part_named(f"acknowledgement/{part}")
