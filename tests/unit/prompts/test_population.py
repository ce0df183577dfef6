"""Every text of the population renders, strictly, in both languages and every form, and nothing is found in it."""

from __future__ import annotations

import re

import pytest

import prompts
from pipeline.domain.communication import Form, Kind
from pipeline.domain.directory import LANGUAGES, Language
from pipeline.domain.errors import Misconfigured, Unusable
from pipeline.drafting.proof import (
    NOW,
    SAMPLES,
    sample_brief,
    sample_communication,
    sample_context,
    samples,
)
from pipeline.drafting.reasons import Reasons
from pipeline.drafting.slot_names import SLOTS
from pipeline.drafting.slots import Context
from pipeline.drafting.templates import Templates
from pipeline.guard import Examined, Phrases, examine

FILES = prompts.read_texts(prompts.ROOT)
TEMPLATES = Templates.load(FILES, validate=False)
PHRASES = Phrases.load(FILES)
STATES = ["new", "assigned", "in_progress", "waiting.approval", "waiting.requester", "waiting.supplier", "waiting.other", "resolved", "closed"]  # fmt: skip
POPULATION = [(kind, audience) for kind, audience in TEMPLATES.population]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("floor", [False, True], ids=["all", "floor"])
@pytest.mark.parametrize(("kind", "audience"), POPULATION)
def test_every_text_passes_the_guard_with_everything_known_and_with_nothing(
    kind: Kind, audience: str, floor: bool, state: str
) -> None:
    """Law 7: each kind has a floor that passes with every optional fact absent."""
    catalogue = TEMPLATES.catalogue(kind, audience)
    brief = sample_brief(catalogue, samples(FILES), floor=floor, state=state)
    context = Context() if floor else sample_context()
    for form in Form:
        texts = {
            language: TEMPLATES.render(
                sample_communication(kind, audience),
                brief,
                language,
                form,
                now=NOW,
                context=context,
            )
            for language in LANGUAGES
        }
        for language in LANGUAGES:
            other: Language = "en" if language == "zh" else "zh"
            examined = Examined(
                rendition=texts[language],
                sibling=texts[other],
                kind=kind,
                brief=brief,
                hidden=(),
                required=catalogue.required_in(form),
                limits=catalogue.limits_of(form, language),
            )
            assert examine(examined, PHRASES).findings == ()


def test_the_shipped_set_proves_itself() -> None:
    """Every sample of it is drafted, checked and found without fault; else it would be refused."""
    proven = Templates.load(FILES, validate=True)
    assert all(proven.catalogue(kind, audience) for kind, audience in POPULATION)


@pytest.mark.parametrize(("kind", "audience"), POPULATION)
def test_a_dropped_line_leaves_no_gap(kind: Kind, audience: str) -> None:
    catalogue = TEMPLATES.catalogue(kind, audience)
    brief = sample_brief(catalogue, samples(FILES), floor=True)
    for language in LANGUAGES:
        text = TEMPLATES.render(
            sample_communication(kind, audience),
            brief,
            language,
            Form.MAIL,
            now=NOW,
            context=Context(),
        ).text
        assert "\n\n\n" not in text
        assert not re.search(r"[ \t]\n", text)


@pytest.mark.parametrize(("kind", "audience"), POPULATION)
def test_without_what_it_requires_a_text_is_not_made(kind: Kind, audience: str) -> None:
    """Law 12: a required slot without a value is no text at all."""
    catalogue = TEMPLATES.catalogue(kind, audience)
    brief = sample_brief(catalogue, samples(FILES))
    for slot in catalogue.required & {f.attribute for f in brief.facts} - {"number"}:
        poorer = brief.model_copy(
            update={"facts": tuple(f for f in brief.facts if f.attribute != slot)}
        )
        with pytest.raises(Unusable):
            TEMPLATES.render(
                sample_communication(kind, audience),
                poorer,
                "en",
                Form.MAIL,
                now=NOW,
                context=Context(),
            )


def test_every_kind_has_texts_and_every_slot_a_sample() -> None:
    assert {kind for kind, _ in POPULATION} == set(Kind)
    from pipeline.drafting.slot_names import CONTEXT, PERSONAL

    assert set(samples(FILES)) >= SLOTS - PERSONAL - CONTEXT - {"state"}


def test_reasons_have_the_same_places_in_both_languages() -> None:
    assert len(Reasons.load(FILES).sentences) > 15


NAME = "messages/resolution/requester.en.jinja"


def broken(name: str, old: str, new: str) -> dict[str, str]:
    assert old in FILES[name]
    return {**FILES, name: FILES[name].replace(old, new, 1)}


@pytest.mark.parametrize(
    ("files", "where", "sentence"),
    [
        ({k: v for k, v in FILES.items() if k != NAME}, NAME, "is missing"),
        (broken(NAME, "== chat ==", "== chatter =="), NAME, "needs exactly the sections"),
        (broken(NAME, "== chat ==", "== mail =="), NAME, "needs exactly the sections"),
        (broken(NAME, "{{ fix_summary", "{{ colour }}{{ fix_summary"), f"{NAME}:8", "names colour"),
        (broken(NAME, "{{ fix_summary", "{{ fix_summary | upper | tojson }}{{ fix_summary"), f"{NAME}:8", "no filter tojson"),
        (broken(NAME, "{% if cause %}", "{% if cause"), f"{NAME}:10", "is not a template"),
        (broken(NAME, "== mail ==\n", "== mail ==\n{{ ''.__class__.__mro__ }}"), f"{NAME}:4", "may not use Getattr"),
        (broken(NAME, "== mail ==\n", "== mail ==\n{% for a in range(9) %}x{% endfor %}"), f"{NAME}:4", "goes over one of the lists"),
        (broken(NAME, "== mail ==\n", "== mail ==\n\ue000number\ue001"), f"{NAME}:4", "private-use"),
        (broken(NAME, "== short ==\n", "== short ==\n" + "long " * 60), NAME, "characters"),
        (broken("messages/resolution/kind.yaml", "required: [", "required: [colour, "), "messages/resolution/kind.yaml:4", "is not a slot"),
        (broken("messages/resolution/kind.yaml", "cause, ", "cause, priority, "), "messages/resolution/kind.yaml", "declares priority"),
        ({**FILES, SAMPLES: "[]"}, SAMPLES, "is a table"),
    ],
)  # fmt: skip
def test_a_set_that_is_wrong_is_refused_and_names_the_file(
    files: dict[str, str], where: str, sentence: str
) -> None:
    with pytest.raises(Misconfigured) as refused:
        Templates.load(files, validate=True)
    assert any(w == where and sentence in s for w, s in refused.value.problems), (
        refused.value.problems
    )
