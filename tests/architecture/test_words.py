"""Every word of console and portal has its translation, and no translation is left over."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from typing import get_args

import pytest
from jinja2 import Environment, nodes

from api.console import article_forms, changes, clock_view, fitting, managed, ticket_articles
from api.console.act_forms import ACTS, PROBLEMS
from api.console.pages import (
    approval_form,
    approvals,
    article,
    article_import,
    article_use,
    conversations,
    deadlines,
    on_call,
    texts,
)
from api.console.text_listing import Origin as TextOrigin
from api.console.words import LOCALE, catalogue
from api.portal import own
from api.problem_kinds import KINDS
from api.replay.difference import HOW
from api.resources.alerts import Which
from knowledge.article import Standing
from pipeline.article_ports import Change
from pipeline.causes.candidate import OF_RETURN
from pipeline.causes.candidate import Code as EvidenceCode
from pipeline.causes.candidate import Kind as CauseKind
from pipeline.domain.agreement import Ballot, Lapse, Mode, Via
from pipeline.domain.approvals import ApprovalState
from pipeline.domain.communication import CommunicationState, Form, Kind
from pipeline.domain.credentials import RULES as OF_SECRETS
from pipeline.domain.decision_events import PassedBecause
from pipeline.domain.directory import LANGUAGES, Language
from pipeline.domain.errors import Hindrance
from pipeline.domain.events import PAYLOADS
from pipeline.domain.facts import Level, Status
from pipeline.domain.findings import FindingLevel
from pipeline.domain.generated import Standing as Reviewed
from pipeline.domain.history import BrokenCode, HistoryImport
from pipeline.domain.incident_types import IncidentType
from pipeline.domain.lattices import TicketState, WaitingFor
from pipeline.domain.message import MessageState, Outcome
from pipeline.domain.portal_events import Basis
from pipeline.domain.problem import ProblemState
from pipeline.domain.problem import Step as ProblemStep
from pipeline.domain.promise import PromiseState
from pipeline.domain.prose import Length, Step
from pipeline.domain.recurring import DECISIONS, ChainKind, ChainState
from pipeline.domain.register import What as RegisterWhat
from pipeline.domain.register_gaps import GAPS
from pipeline.domain.report import WRITTEN, ActionState, Edition, ReportState
from pipeline.domain.request import RequestState
from pipeline.domain.service_clock import What
from pipeline.domain.subscription import SubscriptionState
from pipeline.domain.suggested import Opinion
from pipeline.domain.summary import SummaryState
from pipeline.domain.survey import SurveyKind
from pipeline.domain.unreachable import Why as Unheard
from pipeline.drafting.conversation import Part
from pipeline.drafting.prose.assignment import SECTIONS
from pipeline.drafting.slot_names import AUTHOR, EARLIER_DETAIL, EARLIER_SIGNAL, FACTS, LISTS
from pipeline.drafting.variants import Misfit
from pipeline.flow.explained import Outcome as Decided
from pipeline.flow.models import trial
from pipeline.flow.models.breaker import Standing as Breaker
from pipeline.flow.portal import bouncing, subscribing
from pipeline.flow.register.sentences import SENTENCES as SENTENCES_OF_REGISTER
from pipeline.flow.register.tabular import COLUMNS
from pipeline.flow.summaries import unsaid
from pipeline.flow.summaries.writing import OWN
from pipeline.flow.writing import opinion
from pipeline.flow.writing.model_writer import Commission
from pipeline.guard import weighing
from pipeline.guard.checks import CHECKS
from pipeline.guard.checks.addresses import RULES
from pipeline.guard.claims import Standing as OfClaims
from pipeline.history.naming import known
from pipeline.model_ports import Outcome as CallOutcome
from pipeline.model_ports import Speaker
from pipeline.policy.answers import Said
from pipeline.policy.audiences import ROLES
from pipeline.policy.availability import Level as Health
from pipeline.policy.summaries import AUDIENCES, LeavesAs
from pipeline.policy.surveys import SCORES
from pipeline.recurrence.describing import Life
from pipeline.recurrence.judging import Verdict
from pipeline.recurrence.signs import Sign
from pipeline.rules_ports import DryRunState, Origin
from pipeline.trend_ports import MEASURES

from .source import files, from_root, modules

PAGES = [
    path
    for path in files()
    if path.suffix == ".html" and from_root(path).startswith(("api/console/", "api/portal/"))
]
CODES: dict[str, set[str]] = {
    "act:": set(ACTS),
    "broken:": set(get_args(BrokenCode)),
    "import:": set(get_args(HistoryImport.model_fields["state"].annotation)),
    "past:": set(known().names),
    "action:": {*(state.value for state in ActionState), "overdue"},
    "alert:": {"firing", "quiet"},
    "alerts:": set(get_args(Which)),
    "alerts.why:": set(get_args(Which)),
    "answer:": set(ticket_articles.SAID),
    "approval:": {state.value for state in ApprovalState},
    "approving:": set(approvals.PROBLEMS),
    "asking:": set(approval_form.PROBLEMS),
    "article:": {standing.value for standing in Standing},
    "audience:": set(article_forms.CHOICES),
    "chosen:": {"wins", "less_particular", *get_args(Misfit)},
    "text:": set(texts.PROBLEMS),
    "then:": {lapse.value for lapse in Lapse},
    "ballot:": {ballot.value for ballot in Ballot},
    "axis:": {"events", "promises", "phases"},
    "basis:": set(get_args(Basis)),
    "breaker:": {standing.value for standing in Breaker},
    "budget:": {"tokens", "money"},
    "call:": {outcome.value for outcome in CallOutcome},
    "blind:": {"no_service", "not_compared", "no_log"},
    "board:": {"at_risk", "open", "broken", "late", "kept", "none"},
    "cause:": {kind.value for kind in CauseKind},
    "change:": set(get_args(Change)),
    "column:": set(COLUMNS),
    "chain:": set(get_args(ChainKind)),
    "channel:": {"mail", "webhook", "page", "any"},
    "check:": {check.__name__ for check in CHECKS} | {weighing.CHECK, opinion.CHECK},
    "day:": {str(day) for day in range(7)},
    "lasting:": set(MEASURES),
    "decide:": {each.value for each in DECISIONS},
    "decision:": {state.value for state in ChainState},
    "done:": set(article.DONE),
    "edition:": {edition.value for edition in Edition},
    "clock:": set(clock_view.STANDINGS),
    "deadlines:": {*deadlines.COLUMNS, "none"},
    "limit:": {what.value for what in What},
    "noclock:": set(get_args(clock_view.WhyNone)),
    "event:": {type_.split(".")[-2] for type_ in PAYLOADS},
    "fact:": {status.value for status in Status},
    "field:": {*changes.FIELDS, "body"},
    "gap:": set(GAPS),
    "finding:": {level.name.lower() for level in FindingLevel},
    "form:": {form.value for form in Form},
    "hint:": {section.value for section in WRITTEN},
    "informed:": {str(score) for score in SCORES},
    "kind:": {kind.value for kind in Kind},
    "purpose:": {Commission.purpose, trial.PURPOSE, opinion.PURPOSE},
    "language:": set(LANGUAGES),
    "health:": {level.value for level in Health},
    "judged:": {standing.value for standing in OfClaims},
    "lapse:": {lapse.value for lapse in Lapse},
    "leave:": set(get_args(LeavesAs)),
    "leaves:": set(get_args(LeavesAs)),
    "length:": {length.value for length in Length},
    "level:": {level.name.lower() for level in Level},
    "life:": {life.value for life in Life},
    "likely:": set(fitting.LIKELIHOODS),
    "manage:": {entry.code for entry in managed.ENTRIES},
    "manages:": {entry.code for entry in managed.ENTRIES},
    "maintenance:": {"planned", "cancelled", "ended"},
    "marked:": {"none", "any"},
    "log:": set(conversations.PROBLEMS),
    "message:": {state.value for state in MessageState},
    "opinion:": {opinion.value for opinion in Opinion},
    "outcome:": {outcome.value for outcome in Outcome},
    "overall:": {level.value for level in Health},
    "passed:": set(get_args(PassedBecause)),
    "decided:": set(get_args(Decided)),
    "how:": set(HOW),
    "origin:": set(get_args(Origin)),
    "text_from:": set(get_args(TextOrigin)),
    "part:": {part.value for part in Part},
    "questions:": {standing.value for standing in Reviewed},
    "promise:": {state.value for state in PromiseState},
    "problem:": set(KINDS),
    "problem-state:": {state.value for state in ProblemState},
    "problem-step:": {step.value for step in ProblemStep},
    "refused:": {hindrance.value for hindrance in Hindrance},
    "reader:": set(ROLES),
    "register:": set(get_args(RegisterWhat)),
    "release:": {mode.value for mode in Mode},
    "report:": {state.value for state in ReportState},
    "report-section:": {section.value for section in WRITTEN},
    "request:": {state.value for state in RequestState}
    | {"reopen", "close", "approve", "refuse", "problem"},
    "retriever:": {"words", "names", "vectors"},
    "own:": set(own.DONE),
    "own-why:": set(own.WHY),
    "rota:": {"read", "remove"},
    "rota-wrong:": set(on_call.PROBLEMS),
    "rules:": {"reason", "overtaken", "unusable"},
    "said:": set(get_args(Said)),
    "score:": {str(score) for score in SCORES},
    "survey:": {kind.value for kind in SurveyKind},
    "section:": {*(name for of in SECTIONS.values() for name in of), OWN},
    "sign:": {sign.value for sign in Sign},
    "slot:": {
        *FACTS,
        *LISTS,
        AUTHOR,
        EARLIER_SIGNAL,
        EARLIER_DETAIL,
        "note",
        "services",
        "corrected_to",
    },
    "state:": {state.value for state in TicketState},
    "stopped:": {bouncing.FAILED, subscribing.BY_PERSON},
    "subscriber:": {"suspend", "resume", "remove"},
    "subscription:": {state.value for state in SubscriptionState},
    "step:": {step.value for step in Step},
    "summary:": {*(state.value for state in SummaryState), "kept"},
    "taken:": set(article_import.OUTCOMES),
    "unfit:": {
        *(*PROBLEMS.values(), *article_forms.PROBLEMS.values()),
        *(
            "unreadable",
            "over",
            "time",
            "refused",
            "changed",
            article_forms.ORDER,
            article_forms.LABEL,
        ),
    },
    "trial:": set(get_args(DryRunState)),
    "unheard:": set(get_args(Unheard)),
    "upload:": {"no_file", "missing", "too_many_addresses"},
    "use:": {*article.SERIES, *article_use.SERIES},
    "speaker:": set(get_args(Speaker)),
    "standing:": {"open", "restored", "withdrawn"},
    "to:": set(AUDIENCES),
    "type:": {one.value for one in IncidentType},
    "via:": set(get_args(Via)),
    "verdict:": {verdict.value for verdict in Verdict},
    "visible:": {"internal", "requester"},
    "waiting:": {why.value for why in WaitingFor},
    "wrong:": set(SENTENCES_OF_REGISTER),
    "work:": {state.value for state in CommunicationState},
}
"""Words that a page puts together from a beginning and a code: each code there is needs one."""
LENGTHS = {"subject-too-long", "text-too-long"}


def _rules() -> set[str]:
    """What the checks find, but for the phrases, whose list brings its own sentences."""
    found = {rule for rule, _ in (*RULES, *OF_SECRETS)} | LENGTHS | {*weighing.RULES.values()}
    found |= {*unsaid.RULES, *opinion.RULES.values()}
    for module in modules("pipeline/guard/checks"):
        for node in ast.walk(module.tree):
            match node:
                case ast.Call(
                    func=ast.Attribute(attr="finding"), args=[_, ast.Constant(value=str(rule)), *_]
                ):
                    found.add(rule)
    return found


OF_VALUES = {
    "found:": _rules(),
    "progress:": {"begun", "fell"},
    "evidence:": {
        *(code.value for code in EvidenceCode),
        *(f"{code.value}:return" for code in OF_RETURN),
    },
}
"""Words that no page asks for by itself: they stand in findings and in the values of reasons."""
CODE = re.compile(r"[a-z_.-]+:\S+")
PLACE = re.compile(r"\{(\w*)\}")


def _asked() -> Iterator[nodes.Expr]:
    """What stands in the brackets of each `t(…)`."""
    for page in PAGES:
        for call in Environment().parse(page.read_text(encoding="utf-8")).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "t":
                yield call.args[0]


def _asked_by_filters() -> Iterator[str]:
    """What the code behind the pages asks for by itself."""
    for module in modules("api/console"):
        for node in ast.walk(module.tree):
            match node:
                case ast.Call(
                    func=ast.Name(id="_translate"), args=[_, ast.Constant(value=str(sentence))]
                ):
                    yield sentence


SENTENCES = {asked.value for asked in _asked() if isinstance(asked, nodes.Const)}
SENTENCES |= set(_asked_by_filters())
BEGINNINGS = {
    asked.nodes[0].value
    for asked in _asked()
    if isinstance(asked, nodes.Concat) and isinstance(asked.nodes[0], nodes.Const)
}
IN_CODE = {
    beginning + code for beginning, codes in {**CODES, **OF_VALUES}.items() for code in codes
}


def test_a_page_asks_for_words_that_can_be_known_beforehand() -> None:
    """A sentence, or one of the beginnings with a code: anything else could not be checked."""
    assert all(isinstance(asked, (nodes.Const, nodes.Concat)) for asked in _asked())
    assert set(CODES) == BEGINNINGS
    assert len(SENTENCES) > 100


def test_every_sentence_of_a_page_is_translated() -> None:
    """Otherwise it would stay English among Chinese."""
    assert sorted(SENTENCES - set(catalogue("zh"))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_its_word(language: Language) -> None:
    """In both languages: a new state or slot would show its code."""
    assert sorted(IN_CODE - set(catalogue(language))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_stands_twice(language: Language) -> None:
    """The later one would silently count: two pages that mean different things need two words."""
    written = (LOCALE / language / "LC_MESSAGES" / "console.po").read_text(encoding="utf-8")
    words = re.findall(r"^msgid (.+)$", written, re.MULTILINE)
    assert [word for word, n in Counter(words).items() if n > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_left_over(language: Language) -> None:
    """What no page asks for misleads whoever mends the translations."""
    assert sorted(set(catalogue(language)) - SENTENCES - IN_CODE) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_takes_the_same_values(language: Language) -> None:
    """A place that English lacks would stop the page."""
    for words, translated in catalogue(language).items():
        if words in SENTENCES:
            assert sorted(PLACE.findall(words)) == sorted(PLACE.findall(translated)), words


def test_the_english_catalogue_holds_codes_alone() -> None:
    """The pages are written in English: a sentence that the catalogue says otherwise stands nowhere."""
    sentences = {words for words in SENTENCES if not CODE.fullmatch(words)}
    assert sorted(set(catalogue("en")) & sentences) == []


def test_both_catalogues_know_the_same_codes() -> None:
    assert sorted(set(catalogue("en")) - set(catalogue("zh"))) == []
    assert sorted(set(catalogue("zh")) - SENTENCES - set(catalogue("en"))) == []
