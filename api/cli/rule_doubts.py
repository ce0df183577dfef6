"""What in a folder of rules is likely not meant? By the rules alone, or as an installation knows it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .connection import CommandFailed, connected
from .replay_own import rules_in

if TYPE_CHECKING:
    from pipeline.policy.rules import RulePack


def doubts_in(pack: RulePack) -> list[tuple[str, str]]:
    """What is likely not meant, in words."""
    import prompts
    from pipeline.drafting.reasons import Reasons
    from pipeline.policy.doubts import doubts_of

    reasons = Reasons.load(prompts.read_texts(prompts.ROOT))
    return [(d.where, reasons.sentence(d.reason, "en")) for d in doubts_of(pack)]


def doubts_there(folder: Path, data_dir: Path) -> list[tuple[str, str]]:
    """As the installation has them, which knows its services. Raises CommandFailed where there is none: a check makes
    nothing."""
    if not data_dir.is_dir() or not any(data_dir.iterdir()):
        raise CommandFailed(f"{data_dir} holds no installation whose register could be asked", 2)
    with connected(data_dir) as send:
        found = send("POST", "/api/v1/rules/check", body={"files": rules_in(folder)})
    return [(doubt["where"], doubt["sentence"]["en"]) for doubt in found["doubts"]]
