"""Articles as callers send them."""

from __future__ import annotations

from typing import Any

from .conftest import Api

EVERYBODY, STAFF = ["everybody"], ["staff"]
KNOWLEDGE = "/api/v1/knowledge"


def article(title: str = "Mail client crashes", **more: Any) -> dict[str, Any]:
    usual = {
        "source": "handbook",
        "external_id": f"{title}.md",
        "title": title,
        "body": f"{title}: close it and open it again.",
        "language": "en",
    }
    return usual | more


def take_in(api: Api, *articles: dict[str, Any], audience: list[str] | None = None) -> list[str]:
    """Their ids."""
    said = {"articles": list(articles), "audience": EVERYBODY if audience is None else audience}
    answer = api.post(f"{KNOWLEDGE}/import", said)
    assert answer.status_code == 200, answer.text
    # No worker runs here, and an index that is behind finds nothing.
    api.desk.app.upkeep.catch_up()
    return [one["id"] for one in answer.json()["articles"]]


def put(api: Api, path: str, body: object, token: str = "") -> Any:
    secret = token or api.token("admin")
    return api.client.put(path, json=body, headers={"Authorization": f"Bearer {secret}"})
