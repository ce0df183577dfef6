"""What may happen in a major incident, from the first alert to the all-clear, as CloudEvents.

Nothing is told that one of these does not say. What a field leaves out was not recorded.
"""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field, field_validator, model_validator

from .directory import Bilingual, Key, Text
from .lattices import Impact, Phase
from .payload import ByPerson, Line, Link, Payload, Words
from .times import Instant

Severity = Literal["P1", "P2", "P3", "P4"]
LONGEST_STATEMENT = 2400
"""Characters in each language; the templates show as many."""


class Alerted(Payload):
    """A monitor saw something; the first one opens the ticket, further ones join it."""

    type = "heliograph.incident.alerted.v1"
    summary = "A monitor raised an alert."
    personal = frozenset({"title", "detail"})
    example: ClassVar[dict[str, Any]] = {
        "signal": "crm-login-errors",
        "title": "CRM sign-in errors above 40 %",
        "service": "crm",
        "severity": "P1",
        "impact": "unavailable",
    }

    signal: Key = Field(description="The alert's own name: a repeat joins, another one confirms.")
    title: Line
    service: Key | None = None
    severity: Severity | None = None
    impact: Impact | None = None
    detail: Text | None = Field(default=None, description="Internal: hosts, figures, thresholds.")
    url: Link | None = None
    count: int | None = Field(default=None, strict=True, ge=1, description="Of how many things.")


class AlertCleared(Payload):
    """The alert stopped. That is recorded; it is not yet a recovery."""

    type = "heliograph.incident.alert_cleared.v1"
    summary = "An alert stopped firing."
    example: ClassVar[dict[str, Any]] = {"signal": "crm-login-errors"}

    signal: Key


class Declared(ByPerson):
    """It is a major incident: from now on everybody whom it hits is kept informed."""

    type = "heliograph.incident.declared.v1"
    summary = "A major incident was declared."
    personal = frozenset({"headline", "symptom", "scope", "not_affected", "customer_effect", "by"})
    happened = frozenset({"started_at"})
    example: ClassVar[dict[str, Any]] = {
        "severity": "P1",
        "impact": "unavailable",
        "service": "crm",
        "symptom": {
            "zh": "登录时报错，已打开的页面无法保存",
            "en": "signing in shows an error, and open pages cannot be saved",
        },
        "started_at": "2026-08-24T10:02:00+08:00",
    }

    severity: Severity
    impact: Impact | None = None
    headline: Line | None = Field(default=None, description="A title that everybody may read.")
    service: Key | None = None
    symptom: Words | None = None
    started_at: Instant | None = None
    scope: Words | None = Field(default=None, description="Who is affected, counted.")
    not_affected: Words | None = None
    team: Key | None = Field(default=None, description="The support group in charge.")
    customer_effect: Words | None = None
    basis: Literal["person", "second_signal", "hold_down", "source"] = "person"


class Withdrawn(ByPerson):
    """It was a false alarm."""

    type = "heliograph.incident.withdrawn.v1"
    summary = "The major incident was a false alarm."
    personal = frozenset({"reason", "by"})
    example: ClassVar[dict[str, Any]] = {
        "reason": {
            "zh": "监控探针自身出错，CRM 一直正常",
            "en": "the monitoring probe itself failed; CRM worked throughout",
        }
    }

    reason: Words | None = None


class TeamCalled(ByPerson):
    """Nobody has answered yet."""

    type = "heliograph.incident.team_called.v1"
    summary = "A support group was called."
    personal = frozenset({"by"})
    example: ClassVar[dict[str, Any]] = {"team": "app-support"}

    team: Key


class Accepted(ByPerson):
    """A support group took it on."""

    type = "heliograph.incident.accepted.v1"
    summary = "A support group took it on."
    personal = frozenset({"by"})
    example: ClassVar[dict[str, Any]] = {"team": "app-support"}

    team: Key


class ScopeChanged(ByPerson):
    """Who is affected was established, or changed."""

    type = "heliograph.incident.scope_changed.v1"
    summary = "Who is affected was established, or changed."
    personal = frozenset({"scope", "not_affected", "customer_effect", "by"})
    example: ClassVar[dict[str, Any]] = {
        "scope": {"zh": "全部 6,214 个 CRM 账号", "en": "all 6,214 CRM accounts"},
        "not_affected": {
            "zh": "邮件、办公门户和电话",
            "en": "mail, the office portal and telephones",
        },
    }

    scope: Words
    not_affected: Words | None = None
    customer_effect: Words | None = None


class SeverityChanged(ByPerson):
    """It is graver, or less grave, than it was thought to be."""

    type = "heliograph.incident.severity_changed.v1"
    summary = "Severity or effect changed."
    personal = frozenset({"symptom", "by"})
    example: ClassVar[dict[str, Any]] = {"severity": "P2", "impact": "degraded"}

    severity: Severity
    impact: Impact | None = None
    symptom: Words | None = None


class PhaseChanged(ByPerson):
    """The repair came a step further, or fell a step back."""

    type = "heliograph.incident.phase_changed.v1"
    summary = "The repair reached another phase."
    personal = frozenset({"cause", "by"})
    example: ClassVar[dict[str, Any]] = {
        "phase": "identified",
        "cause": {
            "zh": "登录服务与数据库之间的连接中断",
            "en": "the sign-in service lost its connection to the database",
        },
    }

    phase: Literal[Phase.INVESTIGATING, Phase.IDENTIFIED, Phase.MITIGATING, Phase.MONITORING]
    cause: Words | None = Field(default=None, description="Only what is confirmed.")


class Progressed(ByPerson):
    """Something was done, or is being done; `due_at` is when its result is expected."""

    type = "heliograph.incident.progressed.v1"
    summary = "An action was logged."
    personal = frozenset({"action", "role", "by"})
    example: ClassVar[dict[str, Any]] = {
        "action": {"zh": "重启登录服务", "en": "restarting the sign-in service"},
        "done": False,
        "role": {"zh": "应用支持组", "en": "Application Support"},
        "due_at": "2026-08-24T10:50:00+08:00",
    }

    action: Words
    done: bool = True
    role: Words | None = None
    due_at: Instant | None = None
    visibility: Literal["affected", "internal"] = "affected"


class WorkaroundVerified(ByPerson):
    """Somebody tried a way around it, and it works."""

    type = "heliograph.incident.workaround_verified.v1"
    summary = "A workaround was checked."
    personal = frozenset({"workaround", "by"})
    example: ClassVar[dict[str, Any]] = {
        "workaround": {
            "zh": "查客户电话可用只读名录",
            "en": "for customers' phone numbers, use the read-only directory",
        }
    }

    workaround: Words


class DecisionAsked(ByPerson):
    """Leaders are asked to decide something; without `decision` nothing is open any more."""

    type = "heliograph.incident.decision_asked.v1"
    summary = "A decision of leaders is needed, or no longer."
    personal = frozenset({"decision", "by"})
    example: ClassVar[dict[str, Any]] = {
        "decision": {
            "zh": "是否停用报表以腾出连接",
            "en": "whether to switch reports off to free connections",
        }
    }

    decision: Words | None = None


class Stated(ByPerson):
    """Somebody in charge says something to those affected, in their own words."""

    type = "heliograph.incident.stated.v1"
    summary = "A statement to those affected."
    personal = frozenset({"text", "by"})
    example: ClassVar[dict[str, Any]] = {
        "text": {
            "zh": "网页版已可登录，手机端仍然报错",
            "en": "The web version can be used again; the phone app still shows an error",
        }
    }

    text: Words
    visibility: Literal["affected", "public"] = Field(
        default="affected", description="public: it may stand on the public page too."
    )

    @field_validator("text")
    @classmethod
    def _is_told_whole(cls, text: Words) -> Words:
        written = (text.zh, text.en) if isinstance(text, Bilingual) else (text,)
        if any(len(words) > LONGEST_STATEMENT for words in written):
            raise ValueError(
                f"is longer than {LONGEST_STATEMENT} characters: its end would be lost"
            )
        return text


class Restored(ByPerson):
    """It works again, confirmed by a person or by a signal that is trusted."""

    type = "heliograph.incident.restored.v1"
    summary = "Recovery was confirmed."
    personal = frozenset(
        {"by", "confirmed_role", "measures", "cause", "limits", "data_loss", "user_action"}
    )
    happened = frozenset({"restored_at"})
    example: ClassVar[dict[str, Any]] = {
        "restored_at": "2026-08-24T10:47:00+08:00",
        "confirmed_role": {"zh": "CRM 应用负责人", "en": "the CRM application owner"},
        "measures": {
            "zh": "重启了登录服务，并恢复了它与数据库的连接",
            "en": "the sign-in service was restarted and its database connection restored",
        },
        "limits": {"zh": "报表导出仍停用", "en": "report export is still off"},
        "limits_news_by": "2026-08-24T14:00:00+08:00",
        "data": "intact",
    }

    restored_at: Instant | None = None
    confirmed_role: Words | None = None
    measures: Words | None = None
    cause: Words | None = None
    limits: Words | Literal["none"] | None = Field(
        default=None, description='What still does not work; "none" when that was checked.'
    )
    limits_news_by: Instant | None = None
    data: Literal["intact", "checking", "lost"] | None = None
    data_loss: Words | None = None
    data_news_by: Instant | None = None
    user_action: Words | Literal["none"] | None = None
    review_by: Instant | None = None

    @model_validator(mode="after")
    def _nothing_is_lost_of_intact_data(self) -> Restored:
        if self.data == "intact" and self.data_loss is not None:
            raise ValueError('data is "intact", and data_loss says what was lost: one is wrong')
        return self


class Relapsed(ByPerson):
    """It failed again after it had been restored."""

    type = "heliograph.incident.relapsed.v1"
    summary = "The failure came back after recovery."
    personal = frozenset({"symptom", "by"})
    happened = frozenset({"started_at"})
    example: ClassVar[dict[str, Any]] = {
        "symptom": {"zh": "登录又报错", "en": "signing in fails again"}
    }

    symptom: Words | None = None
    started_at: Instant | None = None
    impact: Impact | None = None


PAYLOADS: tuple[type[Payload], ...] = (
    *(Alerted, AlertCleared, Declared, Withdrawn, TeamCalled, Accepted, ScopeChanged),
    *(SeverityChanged, PhaseChanged, Progressed, WorkaroundVerified, DecisionAsked, Stated),
    *(Restored, Relapsed),
)
