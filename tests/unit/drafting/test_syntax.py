"""A template chooses and repeats, and can do nothing else, whatever its author writes."""

from __future__ import annotations

import pytest
from jinja2 import TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from pipeline.domain.errors import Misconfigured
from pipeline.drafting.sections import SECTIONS, line_of_slot, sections_of
from pipeline.drafting.syntax import parsed

ENVIRONMENT = ImmutableSandboxedEnvironment()
ENVIRONMENT.filters["newest"] = lambda entries, most: entries[-most:]
TEXT = """\
== subject ==
{{ number }}
== mail ==

{% if cause %}
Because of {{ cause }}
{% endif %}
{% for step in tried %}
- {{ step }}
{% endfor %}
end
== chat ==
chat
== short ==
short
"""


@pytest.mark.parametrize(
    "source",
    [
        "{{ number }}",
        "{{ (description or title) | upper }}",
        '{% if state == "closed" and not waiting %}a{% elif cause %}b{% else %}c{% endif %}',
        '{% if message and ("message" in news or "state" in news) %}x{% endif %}',
        "{% for step in tried %}- {{ step }}{% endfor %}",
        "{% for step in tried | newest(3) %}- {{ step }}{% endfor %}",
        "{{ 'a' if cause else 'b' }}",
        "{# a remark #}",
    ],
)
def test_what_texts_need_is_allowed(source: str) -> None:
    parsed(ENVIRONMENT, source)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("{{ 'x' * 1000000000 }}", "Mul"),
        ("{{ 10 ** 10 ** 10 }}", "Pow"),
        ("{{ '%0999999999d' % 1 }}", "Mod"),
        ("{{ number ~ number }}", "Concat"),
        ("{{ number.ljust(1000000000) }}", "Call"),
        ("{{ number.__class__ }}", "Getattr"),
        ("{{ number[0] }}", "Getitem"),
        ("{{ [1, 2] }}", "List"),
        ("{% set a = number %}", "Assign"),
        ("{% macro a() %}{% endmacro %}", "Macro"),
        ("{% include 'other' %}", "Include"),
        ("{% extends 'other' %}", "Extends"),
        ("{% if number is defined %}{% endif %}", "Test"),
        ("{% for a in x %}{% for b in x %}{% endfor %}{% endfor %}", "a loop within a loop"),
        ("{% for a in 'many' %}{% endfor %}", "one of the lists"),
        ("{% for a in range(9) %}{% endfor %}", "one of the lists"),
        ("{% for a in 'many' | newest(3) %}{% endfor %}", "one of the lists"),
        ("{% for a in tried | reverse %}{% endfor %}", "one of the lists"),
        ("{{ number | nothing }}", "no filter nothing"),
        ("{{ number", "unexpected end"),
    ],
)
def test_whatever_else_is_refused(source: str, sentence: str) -> None:
    """Before anything runs: a text that works without end would hold up every other."""
    with pytest.raises(TemplateSyntaxError, match=sentence) as refused:
        parsed(ENVIRONMENT, f"one\ntwo\n{source}")
    assert refused.value.lineno == 3


def test_a_text_is_cut_into_its_parts() -> None:
    """A dropped sentence leaves no line behind, and neither does a tag on a line of its own."""
    parts = sections_of({"a": TEXT}, "a")
    assert set(parts) == set(SECTIONS)
    mail = ENVIRONMENT.from_string(parts["mail"])
    assert mail.render(tried=[]).strip("\n") == "end"
    assert mail.render(cause="x", tried=[1, 2]).strip("\n") == "Because of x\n- 1\n- 2\nend"


@pytest.mark.parametrize(("name", "line"), [("cause", 6), ("step", 9), ("end", 11)])
def test_an_error_names_its_line_in_the_file(name: str, line: int) -> None:
    """Also behind tags that took a line's end into themselves."""
    words = {"cause": "Because of", "step": "- ", "end": "end\n=="}[name]
    wrong = TEXT.replace(words, "{{ 1 * 2 }}" + words)
    with pytest.raises(TemplateSyntaxError) as refused:
        parsed(ENVIRONMENT, sections_of({"a": wrong}, "a")["mail"])
    assert refused.value.lineno == line


@pytest.mark.parametrize(("slot", "line"), [("number", 2), ("cause", 5), ("tried", 8), ("no", 1)])
def test_a_slot_is_found_where_it_is_named_first(slot: str, line: int) -> None:
    assert line_of_slot(TEXT, slot) == line


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        TEXT.replace("== chat ==", "== card =="),
        TEXT + "== chat ==\nagain\n",
        "before\n" + TEXT,
        TEXT.replace("== short ==\nshort\n", ""),
        TEXT.replace("chat\n", "\ue000number\ue001\n"),
    ],
)
def test_a_file_without_its_parts_is_refused(wrong: str) -> None:
    with pytest.raises(Misconfigured):
        sections_of({"a": wrong}, "a")
