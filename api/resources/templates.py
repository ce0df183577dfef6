"""The texts: which there are, which tells a ticket, their versions, and putting one in force."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field

from pipeline.domain.directory import LANGUAGES, Language
from pipeline.domain.errors import Malformed
from pipeline.domain.message import Recipient

from ..auth.callers import Caller, allowed
from ..auth.visitors import heliograph_of
from ..console.text_listing import Candidate, candidates, listing
from ..documentation import ACTING, READING
from ..json_routes import Body, JsonRoute
from .of_incident import incident_named

router = APIRouter(route_class=JsonRoute)
Reader = Annotated[Caller, Depends(allowed("read"))]
Administrator = Annotated[Caller, Depends(allowed("admin"))]
TAG = "texts"


class TextListed(BaseModel):
    name: str = Field(description="KIND/AUDIENCE, with what a variant is for after it.")
    kind: str
    audience: str
    origin: Literal["shipped", "file", "written"]
    version: int = Field(description="Of those written here; 0 where the file counts.")


class VersionShown(BaseModel):
    version: int
    author: str
    why: str
    saved_at: str


class ActivationShown(BaseModel):
    version: int
    author: str
    why: str
    at: str


class TextShown(BaseModel):
    """A text as it is in force, with the slots that it may name."""

    name: str
    zh: str
    en: str
    required: list[str]
    optional: list[str]
    versions: list[VersionShown]
    activations: list[ActivationShown]


class CandidateShown(BaseModel):
    """One of the texts for a kind and audience, in the order in which they are asked."""

    name: str
    wins: bool
    misfit: Literal["incident_type", "severity", "form"] | None


class Words(Body):
    zh: str = Field(max_length=65_536)
    en: str = Field(max_length=65_536)


class Written(Words):
    """`after` is the newest version that its author had seen; 0 for the first."""

    after: int = Field(ge=0)
    why: str = Field(default="", max_length=1000)


class Saved(BaseModel):
    version: int


class Problem(BaseModel):
    where: str
    problem: str


class Chosen(Body):
    version: int = Field(ge=0, description="0 takes the text of the files.")
    why: str = Field(default="", max_length=1000)


class Why(Body):
    why: str = Field(default="", max_length=1000)


class Tried(Body):
    """`zh` and `en` are tried in place of the text in force."""

    ticket: str = Field(max_length=200)
    zh: str | None = Field(default=None, max_length=65_536)
    en: str | None = Field(default=None, max_length=65_536)


class FindingShown(BaseModel):
    level: str
    rule: str
    excerpt: str


class FormShown(BaseModel):
    language: Language
    form: str
    subject: str
    text: str
    findings: list[FindingShown]


@router.get("/templates", tags=[TAG], summary="All texts in force", responses=READING)
def list_templates(request: Request, _: Reader) -> list[TextListed]:
    """With where each of them comes from."""
    app = heliograph_of(request)
    return [
        TextListed(
            name=one.name,
            kind=one.kind,
            audience=one.audience,
            origin=one.origin,
            version=one.version,
        )
        for one in listing(app)
    ]


@router.get(
    "/templates/{kind}/{part}", tags=[TAG], summary="One text, and its versions", responses=READING
)
def show_template(request: Request, _: Reader, kind: str, part: str) -> TextShown:
    """In both languages, with the slots that it may use, newest version first."""
    app, name = heliograph_of(request), f"{kind}/{part}"
    texts, catalogue = app.text_versions.text(name), app.text_versions.catalogue(name)
    return TextShown(
        name=name,
        zh=texts["zh"],
        en=texts["en"],
        required=sorted(catalogue.required),
        optional=sorted(catalogue.optional),
        versions=[
            VersionShown(
                version=v.version, author=v.author, why=v.why, saved_at=v.saved_at.isoformat()
            )
            for v in app.text_versions.rows.text_versions(name)
        ],
        activations=[
            ActivationShown(version=a.version, author=a.author, why=a.why, at=a.at.isoformat())
            for a in app.text_versions.rows.activations(name)
        ],
    )


@router.get(
    "/templates/{kind}/{part}/candidates",
    tags=[TAG],
    summary="Which text tells this ticket, and why not the others",
    responses=READING,
)
def show_candidates(
    request: Request,
    caller: Reader,
    kind: str,
    part: str,
    ticket: Annotated[str, Query(max_length=200)],
    form: Literal["mail", "chat", "short", "page"] = "mail",
) -> list[CandidateShown]:
    """The most particular one that fits wins; each of the others says what it does not fit."""
    app = heliograph_of(request)
    incident = incident_named(request, ticket, caller)
    found: list[Candidate] = candidates(app, f"{kind}/{part}", incident, form)
    return [CandidateShown(name=c.name, wins=c.wins, misfit=c.misfit) for c in found]


@router.post(
    "/templates/{kind}/{part}/check",
    tags=[TAG],
    summary="What keeps these words from coming in force",
    responses=ACTING,
)
def check_template(
    request: Request, _: Administrator, kind: str, part: str, body: Words
) -> list[Problem]:
    """An empty list when nothing does."""
    texts: dict[Language, str] = {"zh": body.zh, "en": body.en}
    found = heliograph_of(request).text_versions.problems(f"{kind}/{part}", texts)
    return [Problem(where=where, problem=sentence) for where, sentence in found]


@router.post(
    "/templates/{kind}/{part}/versions",
    tags=[TAG],
    summary="Keep a version, which is not in force yet",
    responses=ACTING,
)
def save_template(
    request: Request, caller: Administrator, kind: str, part: str, body: Written
) -> Saved:
    """`after` is the version that you began from: 409 where there is a newer one."""
    texts: dict[Language, str] = {"zh": body.zh, "en": body.en}
    saved = heliograph_of(request).text_versions.save(
        f"{kind}/{part}", texts, by=caller.name, why=body.why, after=body.after
    )
    return Saved(version=saved.version)


@router.post(
    "/templates/{kind}/{part}/activate",
    tags=[TAG],
    summary="Put a version in force, without a restart",
    responses=ACTING,
)
def activate_template(
    request: Request, caller: Administrator, kind: str, part: str, body: Chosen
) -> Saved:
    """Refused with every problem; then nothing has changed."""
    heliograph_of(request).text_versions.activate(
        f"{kind}/{part}", body.version, by=caller.name, why=body.why
    )
    return Saved(version=body.version)


@router.post(
    "/templates/{kind}/{part}/rollback",
    tags=[TAG],
    summary="Put the one before in force again",
    responses=ACTING,
)
def roll_back_template(
    request: Request, caller: Administrator, kind: str, part: str, body: Why
) -> Saved:
    """The version before the one in force; without one, the file's own text."""
    back = heliograph_of(request).text_versions.roll_back(
        f"{kind}/{part}", by=caller.name, why=body.why
    )
    return Saved(version=back)


@router.post(
    "/templates/{kind}/{part}/preview",
    tags=[TAG],
    summary="On a real ticket, in every form and both languages",
    responses=ACTING,
)
def preview_template(
    request: Request, caller: Administrator, kind: str, part: str, body: Tried
) -> list[FormShown]:
    """With what the check finds. Nothing is kept."""
    app = heliograph_of(request)
    incident = incident_named(request, body.ticket, caller)
    if (body.zh is None) != (body.en is None):
        raise Malformed("both languages are told together", field="zh" if body.zh is None else "en")
    texts: dict[Language, str] | None = None
    if body.zh is not None and body.en is not None:
        texts = {"zh": body.zh, "en": body.en}
    reader = Recipient(
        kind="person",
        id="preview",
        name=caller.name,
        channel="mail",
        address="preview@heliograph.example",
        language=LANGUAGES[0],
        zone=caller.person.zone if caller.person else app.settings.zone,
    )
    shown = app.text_versions.preview(f"{kind}/{part}", texts, incident.id, reader)
    return [
        FormShown(
            language=one.draft.language,
            form=one.form.value,
            subject=one.filled.subject,
            text=one.filled.text,
            findings=[
                FindingShown(level=f.level.name.lower(), rule=f.rule, excerpt=f.excerpt)
                for f in one.draft.verdict.findings
                if f.form == one.form
            ],
        )
        for one in shown
    ]
