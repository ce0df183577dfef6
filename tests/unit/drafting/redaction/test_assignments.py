"""What becomes of a whole assignment: facts, speakers, long logs, and values that meet?"""

from __future__ import annotations

import time

import pytest

from pipeline.domain.directory import Bilingual, Language
from pipeline.domain.facts import ValueKind
from pipeline.drafting.redaction import Hidden, Kind, Rules, redact

from .assignments import NUMBER, assignment, fact, lines
from .restoring import restored


def texts(*written: str, rules: Rules | None = None) -> list[str]:
    return [line.text for line in redact(assignment(*lines(*written)), rules)[0].lines]


def test_one_value_has_one_placeholder_in_every_spelling() -> None:
    """A letter tells the spellings apart, so that each comes back as it was written."""
    redacted, mapping = redact(
        assignment(
            *lines("王晓琳来电", "Wang Xiaolin called, 13800138000", "王工 +86 138 0013 8000")
        )
    )
    first, second, third = (line.text for line in redacted.lines)
    name, phone = first.removesuffix("来电"), second.rsplit(" ", 1)[1]
    assert second.startswith(name[:-1])
    assert third.startswith(name[:-1])
    assert third.rsplit(" ", 1)[1].startswith(phone[:-1])
    assert restored(second, mapping) == "Wang Xiaolin called, 13800138000"


def test_names_are_hidden_in_facts_and_services_are_not() -> None:
    """Each language has its spelling; a service's name is what the text is about."""
    redacted, mapping = redact(assignment())
    said = {f.attribute: f.value for f in redacted.brief.facts}
    assert said["number"] == NUMBER
    assert said["service"] == Bilingual(zh="邮件客户端", en="Mail client")
    assignee = said["assignee"]
    assert isinstance(assignee, Bilingual)
    assert (mapping[assignee.zh].original, mapping[assignee.en].original) == ("李娜", "Na Li")


def test_a_speaker_is_hidden_wherever_she_is_named() -> None:
    """Also by the name before the @ of her address; a desk keeps its name."""
    said = (
        *lines("it fails", speaker="Petra Novak <petra.novak@example.org>"),
        *lines("Petra is away, petra.novak cannot sign in", speaker="Service Desk"),
    )
    redacted, mapping = redact(assignment(*said))
    assert "etra" not in "".join(f"{line.speaker}{line.text}" for line in redacted.lines)
    assert redacted.lines[1].speaker == "Service Desk"
    assert restored(redacted.lines[0].speaker, mapping) == said[0].speaker


@pytest.mark.parametrize("speaker", ["Will", "May", "高", "方", "Mark"])
def test_a_speaker_whose_name_is_a_word_leaves_the_word_alone(speaker: str) -> None:
    """Only where she speaks is she meant for certain."""
    text = "It may work, will it? May it? Will it? 提高方便 mark it"
    redacted, mapping = redact(assignment(*lines(text, speaker=speaker)))
    assert redacted.lines[0].text == text
    assert redacted.lines[0].speaker in mapping


@pytest.mark.parametrize(
    ("speaker", "text"),
    [
        ("Иван Петров", "Иван перезапустил"),
        ("Σοφία Παππά", "ask Σοφία"),
        ("Jürgen Größe", "Jürgen Größe restarted it"),
        ("田中 太郎", "田中太郎さん"),
        ("김 민준", "김 민준 restarted"),
        ("Zoë O'Brien-Smith", "Zoë O'Brien-Smith called"),
    ],
)
def test_names_of_other_scripts_are_names(speaker: str, text: str) -> None:
    """Whole, and one word where the script tells it from others."""
    redacted, mapping = redact(assignment(*lines(text, speaker=speaker)))
    assert redacted.lines[0].speaker in mapping
    assert not any(word in redacted.lines[0].text for word in speaker.split())


def test_a_name_of_two_people_means_neither() -> None:
    """It is hidden all the same, behind a placeholder of its own."""
    said = (*lines("hello", speaker="Chris Novak"), *lines("Chris did it", speaker="Chris Mayer"))
    redacted, mapping = redact(assignment(*said))
    alone = redacted.lines[1].text.split()[0]
    assert mapping[alone] == Hidden(Kind.PERSON, "Chris")
    assert alone not in {redacted.lines[0].speaker, redacted.lines[1].speaker}


@pytest.mark.parametrize(
    ("language", "word"), [("zh", "[已删除凭据]"), ("en", "[credential removed]")]
)
def test_a_secret_reads_as_a_fixed_word(language: Language, word: str) -> None:
    """In the language of the text that is to be written."""
    redacted, mapping = redact(assignment(*lines("password: hunter2"), language=language))
    assert redacted.lines[0].text == f"password: {word}"
    assert not mapping.keys() & {redacted.lines[0].text}


def test_a_key_over_many_lines_is_removed_whole() -> None:
    """A chat makes a line of each of its rows; what is said in between stays."""
    body = "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAE"
    head, end = "-----BEGIN OPENSSH PRIVATE KEY-----", "-----END OPENSSH PRIVATE KEY-----"
    said = texts(head, body, "有人在吗？", body, end, "thanks")
    assert body not in "".join(said)
    assert said[2] == "有人在吗？"
    assert said[5] == "thanks"


@pytest.mark.parametrize(
    "asked", ["密码是？", "管理员密码发我", "what is the password?", "Password:", "验证码："]
)
def test_a_password_that_is_a_message_of_its_own_is_removed(asked: str) -> None:
    """It answers the line before; a time or a ticket's number does not."""
    assert texts(asked, "hunter2", "thanks 2u") == [asked, "[已删除凭据]", "thanks 2u"]
    assert texts(asked, "10:30", asked, "INC-9601") == [asked, "10:30", asked, "INC-9601"]


def test_the_ticket_s_number_stays_though_it_looks_like_a_phone_s() -> None:
    """Its digits are the number that everybody refers to."""
    redacted, _ = redact(
        assignment(
            *lines("工单 13800138000", "call 13912345678"),
            number="13800138000",
            facts=(fact("assignee_phone", ValueKind.IDENTIFIER, "13912345678"),),
        )
    )
    assert [line.text for line in redacted.lines] == ["工单 13800138000", "call {P5}"]


def test_the_ticket_s_number_may_be_somebody_s_phone() -> None:
    """A fact that says so is hidden; the number still is the number."""
    phone = fact("assignee_phone", ValueKind.IDENTIFIER, "13800138000")
    redacted, mapping = redact(
        assignment(*lines("see 13800138000"), number="13800138000", facts=(phone,))
    )
    assert redacted.lines[0].text == "see 13800138000"
    assert str(redacted.brief.facts[-1].value) in mapping


def test_a_value_known_at_one_place_is_hidden_where_nothing_names_it() -> None:
    """`62345678` alone says nothing; after somebody called it a phone, it does."""
    said = texts("电话 62345678", "then 62345678 rang", "and 9623456780")
    assert "62345678" not in "".join(said)


def test_a_secret_known_at_one_place_is_removed_where_nothing_names_it() -> None:
    """`hunter2` alone is a word like others; `expired` stays one."""
    said = texts("hunter2 does not work", "密码是 hunter2", "password: expired", "it expired")
    assert said[0] == "[已删除凭据] does not work"
    assert said[3] == "it expired"


def test_a_value_of_which_nothing_can_be_seen_is_empty() -> None:
    """A filler counts as a letter until it is removed."""
    words = fact("done", ValueKind.TEXT, Bilingual(zh="\u3164", en="done"))
    redacted, _ = redact(assignment(facts=(words,)))
    value = redacted.brief.facts[-1].value
    assert isinstance(value, Bilingual)
    assert (value.zh, value.en) == ("", "done")


def test_overlapping_values_leave_no_rest() -> None:
    """An address that holds a name, in a connection string with a password."""
    [said] = texts(
        "postgres://wang.xiaolin:p4ss@wang.xiaolin.example.org/x wang.xiaolin@example.org"
    )
    assert not any(part in said for part in ("xiaolin", "p4ss"))


def test_placeholders_written_by_a_requester_are_hidden_words() -> None:
    """They name nobody, and the numbers that she used are given to nothing else."""
    redacted, mapping = redact(assignment(*lines("{P1} {P2} ｛P3｝ {F12} 李娜")))
    whole = redacted.lines[0].text
    assert not {"{P1}", "{P2}", "{P3}"} & mapping.keys()
    assert "{F12}" not in whole
    assert restored(whole, mapping) == "{P1} {P2} ｛P3｝ {F12} 李娜"


def test_characters_that_nobody_sees_are_gone() -> None:
    """Bidirectional, joining, tag and private-use characters among them."""
    unseen = "\u202e\u200b\u200d\ufeff\ue000\U000e0041\ufe0f\u3164"
    assert texts(f"it{unseen} fails") == ["it fails"]


def test_of_a_log_that_is_too_long_the_newest_lines_stay() -> None:
    """And of one line that is too long, its beginning, without half a placeholder."""
    said = texts("old", "x" * 60, "new", rules=Rules(most=65))
    assert said == ["x" * 60, "new"]
    assert texts("y" * 500, rules=Rules(most=70)) == ["y" * 500]
    assert texts("ok 13800138000 " * 4, rules=Rules(longest=20)) == ["ok {P5} ok {P5} ok…"]


def test_nothing_to_redact_is_an_empty_conversation() -> None:
    """No line, an empty one, one of blanks."""
    assert texts() == []
    assert texts("", " \u200b ") == ["", ""]


def test_a_kind_that_is_not_listed_is_left() -> None:
    """The setting `redact` names what is hidden."""
    rules = Rules.of(["phone"])
    assert texts("李娜 13800138000 a@example.org", rules=rules) == ["李娜 {P1} a@example.org"]


@pytest.mark.parametrize(
    "text",
    [
        *("token " * 4000, "a" * 20000, "@" * 20000, "1" * 20000, "王" * 20000, "{" * 20000),
        *("password" * 2000, "1 " * 10000, "x://" * 5000, "AA:" * 6000, "-----BEGIN " * 2000),
        *("key " * 5000, "session=" * 2500, "pass: " * 3300, "cookie:" * 2800, "secret=" * 2800),
        *("a." * 10000, "a@a." * 5000, "? " * 9000, "token=" * 3000, "\\\\a" * 6000),
    ],
)
def test_no_text_makes_it_slow(text: str) -> None:
    """Patterns read each text about once, whatever it repeats."""
    begun = time.process_time()
    redact(assignment(*lines(text)))
    assert time.process_time() - begun < 2


def test_ten_thousand_lines_are_read() -> None:
    """All of them, when they may be kept."""
    said = ["王工，邮件客户端又闪退了，电话 13800138000", "Xiaolin restarted mbx07 at 10:02"] * 5000
    redacted, mapping = redact(assignment(*lines(*said)), Rules(most=10**9))
    assert len(redacted.lines) == 10_000
    assert len(mapping) < 20
    assert "13800138000" not in redacted.lines[9_998].text
