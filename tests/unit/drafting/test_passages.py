"""A model's words in a text: where they stand, what they must tell, and that nothing in them is markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

import pytest

from pipeline.domain.communication import Form, Kind, Rendition
from pipeline.domain.directory import Language
from pipeline.domain.errors import Misconfigured, MissingVariable
from pipeline.domain.facts import Brief
from pipeline.domain.prose import Ref, Sentence
from pipeline.drafting.passages import MARK_FILE, Wording, machine_mark
from pipeline.drafting.proof import (
    NOW,
    sample_brief,
    sample_communication,
    sample_context,
    samples,
)
from pipeline.drafting.templates import Templates
from prompts import ROOT, read_texts

FILES = read_texts(ROOT)
TEMPLATES = Templates.load(FILES, validate=False)
AFFECTED = (Kind.UPDATE, "affected")
NO_MARK: dict[Language, str] = {"zh": "", "en": ""}


def brief(*told: str) -> Brief:
    """An update of which these are the news."""
    whole = sample_brief(TEMPLATES.catalogue(*AFFECTED), samples(FILES))
    kept = {"number", "state", "service", *told}
    facts = tuple(f for f in whole.facts if f.attribute in kept)
    return whole.model_copy(update={"facts": facts, "news": frozenset(told)})


def wording(*pieces: str | Ref, mark: dict[Language, str] = NO_MARK) -> Wording:
    said = (Sentence(section="passage", pieces=pieces),)
    return Wording(sentences={"zh": said, "en": said}, mark=mark)


def rendered(
    of: Brief, said: Wording | None, form: Form = Form.MAIL, language: Language = "en"
) -> Rendition:
    return TEMPLATES.render(
        *(sample_communication(*AFFECTED), of, language, form),
        now=NOW,
        context=sample_context(),
        wording=said,
    )


SCOPE = Ref(fact="f.scope.0")


def scope_of(of: Brief) -> str:
    fact = of.find("scope")
    assert fact is not None
    return getattr(fact.value, "en", str(fact.value))


def test_the_words_stand_in_place_of_the_fixed_ones() -> None:
    text = rendered(brief("scope"), wording("It hits ", SCOPE, " now.")).text
    assert f"It hits {scope_of(brief('scope'))} now." in text.replace("“", "").replace("”", "")
    assert "- Who is affected:" not in text


def test_a_text_says_whether_a_model_wrote_a_part_of_it() -> None:
    assert rendered(brief("scope"), wording("It hits ", SCOPE, ".")).by_model
    assert not rendered(brief("scope"), None).by_model
    assert not rendered(brief("scope"), wording("It hits ", SCOPE, "."), Form.SHORT).by_model


def test_words_that_leave_out_what_the_fixed_ones_tell_are_not_used() -> None:
    both = brief("scope", "not_affected")
    assert rendered(both, wording("It hits ", SCOPE, ".")) == rendered(both, None)


def test_where_there_is_nothing_to_tell_no_words_stand() -> None:
    nothing = brief()
    assert rendered(nothing, wording("All is well.")).text == rendered(nothing, None).text


def test_what_the_fixed_words_tell_there_is_known_before_anybody_is_asked() -> None:
    told = TEMPLATES.told_in_place(
        sample_communication(*AFFECTED),
        brief("scope", "workaround", "verified_at"),
        now=NOW,
        context=sample_context(),
    )
    assert told == {"f.scope.0", "f.workaround.0", "f.verified_at.0"}


def test_a_time_in_the_words_stays_each_readers_own() -> None:
    of = brief("workaround", "verified_at")
    said = wording(
        "Use ", Ref(fact="f.workaround.0"), ", tried at ", Ref(fact="f.verified_at.0"), "."
    )
    found = rendered(of, said)
    assert "tried at \ue000verified_at\ue001." in found.text
    assert [v.slot for v in found.values if v.personal and v.slot == "verified_at"] == [
        "verified_at"
    ]


def test_words_that_name_what_its_readers_may_not_know_are_no_text() -> None:
    with pytest.raises(MissingVariable):
        rendered(brief("scope"), wording("It hits ", SCOPE, " and ", Ref(fact="f.secret"), "."))


def test_a_time_that_has_passed_is_no_longer_told() -> None:
    of = brief("scope", "next_update")
    past = tuple(
        f.model_copy(update={"value": NOW - timedelta(hours=1)})
        if f.attribute == "next_update"
        else f
        for f in of.facts
    )
    with pytest.raises(MissingVariable):
        rendered(
            of.model_copy(update={"facts": past}),
            wording(SCOPE, " until ", Ref(fact="f.next_update.0"), "."),
        )


HARM: Sequence[str] = (
    "[[Press]] https://evil.example",
    "<b onclick=x>Now</b> & <script>alert(1)</script>",
    "**Now** _or_ [never](https://evil.example) `x`",
    "- an item\n> a quotation\n-- a foot\n== mail ==\n{{ number }} {% if x %}",
    "\ue000console_url\ue001 \ue0020\ue003",
)


@pytest.mark.parametrize("harm", HARM)
def test_nothing_that_a_model_writes_is_read_as_markup(harm: str) -> None:
    """The contract would refuse it; this is the second wall."""
    of = brief("scope")
    said = wording(f"{harm} ", SCOPE, ".")
    mail, chat = rendered(of, said), rendered(of, said, Form.CHAT)
    assert mail.html is not None
    assert "<script" not in mail.html
    assert "<b " not in mail.html
    assert 'href="https://evil' not in mail.html
    assert "\nPress: https://evil" not in mail.text
    assert not re.search(r"(?<!\\)\]\(https", chat.text)
    assert "<li>an item" not in mail.html
    assert "\n- an item" not in chat.text
    assert "\n> a quotation" not in chat.text


def test_a_line_says_that_a_model_wrote_it() -> None:
    text = rendered(brief("scope"), wording("It hits ", SCOPE, ".", mark=machine_mark(FILES))).text
    assert "\nThe passage above was written by an AI model from the record.\n" in text
    assert machine_mark(FILES)["zh"]


def test_a_mark_in_one_language_alone_is_refused() -> None:
    with pytest.raises(Misconfigured, match="zh and in en"):
        machine_mark({MARK_FILE: "zh: 机器"})
    with pytest.raises(Misconfigured, match="missing"):
        machine_mark({})


NAME = "messages/update/affected.en.jinja"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("{% call prose() %}", "{% call other() %}", "may call prose\\(\\) alone"),
        ("{% call prose() %}", "{% call prose(1) %}", "may call prose\\(\\) alone"),
        ("{% call prose() %}", "{% call(x) prose() %}", "may call prose\\(\\) alone"),
        ("{% call prose() %}", "{{ prose }}{% call prose() %}", "call prose\\(\\) %} alone"),
        ("{% call prose() %}", "{{ prose() }}{% call prose() %}", "may not use Call"),
        (
            "{% call prose() %}",
            "{% call prose() %}{% endcall %}{% call prose() %}",
            "one part of a text",
        ),
    ],
)
def test_a_template_may_leave_one_place_and_call_nothing_else(
    old: str, new: str, sentence: str
) -> None:
    assert old in FILES[NAME]
    with pytest.raises(Misconfigured, match=sentence):
        Templates.load({**FILES, NAME: FILES[NAME].replace(old, new, 1)}, validate=True)
