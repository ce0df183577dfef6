"""Does everything come back, and is nothing that is hidden left? For any text that people may write."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.domain.facts import ValueKind
from pipeline.drafting.redaction import Hidden, Kind, Rules, redact
from pipeline.drafting.redaction.readable import readable

from .assignments import assignment, fact, lines
from .restoring import restored
from .test_hidden import INSIDE, OTHERS
from .test_stays import STAYS

PIECES = st.one_of(
    st.sampled_from([text for _, text, _ in OTHERS] + INSIDE + STAYS),
    st.sampled_from(
        ["{P1}", "{p 2b}", "{F12}", "{", "}", "P3", "｛P1｝", "王工", "Will", "13800138000", " "]
    ),
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12),
    st.text(alphabet="{}P0123 @.:王李高工a", max_size=12),
)
TEXTS = st.lists(PIECES, max_size=6).map("".join)
WITHOUT_SECRETS = Rules(kinds=frozenset(Kind) - {Kind.SECRET, Kind.LITERAL})
SHARP = frozenset({Kind.EMAIL, Kind.PHONE, Kind.IDENTITY, Kind.ADDRESS, Kind.LITERAL})
UNHURRIED = settings(max_examples=150, deadline=None)


@UNHURRIED
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_what_was_hidden_comes_back_as_it_was(texts: list[str]) -> None:
    """In lines and in facts, whatever stands around it."""
    facts = tuple(fact(f"note_{n}", ValueKind.TEXT, text or "-") for n, text in enumerate(texts))
    given_ = assignment(*lines(*texts), facts=facts)
    redacted, mapping = redact(given_, WITHOUT_SECRETS)
    for before, after in zip(given_.lines, redacted.lines, strict=True):
        assert restored(after.text, mapping) == readable(before.text)
        assert restored(after.speaker, mapping) == before.speaker
    for before_, after_ in zip(given_.brief.facts, redacted.brief.facts, strict=True):
        if isinstance(before_.value, str) and isinstance(after_.value, str):
            assert restored(after_.value, mapping) == readable(before_.value)


@UNHURRIED
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_no_value_is_left_anywhere(texts: list[str]) -> None:
    """Hidden at one place, it is hidden at all. A name may be a word, and has a test of its own."""
    redacted, mapping = redact(assignment(*lines(*texts)))
    whole = "\n".join(line.text for line in redacted.lines)
    for hidden in mapping.values():
        assert hidden.kind not in SHARP or hidden.original not in whole


@UNHURRIED
@given(st.lists(TEXTS, min_size=1, max_size=3), st.text(alphabet="{}Pp 0123b", max_size=20))
def test_an_answer_with_strange_placeholders_stays_an_answer(texts: list[str], said: str) -> None:
    """What was put back is not read again, and what nobody gave is not made up."""
    _, mapping = redact(assignment(*lines(*texts)))
    once = restored(said, mapping)
    if not any(hidden.original in once for hidden in mapping.values()):
        assert once == said


def test_what_is_put_back_is_not_read_again() -> None:
    """An original may look like the placeholder of another."""
    mapping = {
        "{P1}": Hidden(Kind.LITERAL, "{P2}"),
        "{P2}": Hidden(Kind.PERSON, "Na Li"),
    }
    assert restored("{P1} {P2} { p2 } {P9}", mapping) == "{P2} Na Li Na Li {P9}"
