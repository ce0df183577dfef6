"""A report as one page that needs nothing beside it: no script, no picture, no address of ours."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from knowledge.display import html_of
from pipeline.review.document import Document

_FOLDER = Path(__file__).parent / "templates"


def standing_page(document: Document) -> str:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined
    )
    environment.filters["written"] = lambda text: Markup(html_of(text))  # noqa: S704  sanitised
    return environment.get_template("report.html").render(document=document)
