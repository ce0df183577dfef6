"""Which deeds do people tell by one another's names, and which would no record leave out?"""

from __future__ import annotations

KIN = {
    group: frozenset(group_and_kin)
    for group, group_and_kin in {
        "look": ("look", "verify", "watch", "collect", "repair", "own"),
        "verify": ("verify", "look", "watch", "run"),
        "watch": ("watch", "look", "verify"),
        "own": ("own", "assign", "look", "switch", "visit", "repair"),
        "assign": ("assign", "own", "escalate", "tell", "ask"),
        "escalate": ("escalate", "assign", "tell", "ask", "own", "supplier", "raise_ticket"),
        "declare": ("declare", "escalate"),
        "tell": ("tell", "ask", "escalate", "publish", "assign", "send", "raise_ticket"),
        "publish": ("publish", "tell", "send"),
        "send": ("send", "tell", "ask", "publish"),
        "ask": ("ask", "tell", "escalate", "approve", "send", "raise_ticket"),
        "submit": ("submit", "raise_ticket", "ask", "run", "send"),
        "raise_ticket": ("raise_ticket", "tell", "ask", "escalate", "supplier", "submit"),
        "approve": ("approve", "ask"),
        "repair": (
            "repair",
            "look",
            "deploy",
            "replace",
            "configure",
            "restart",
            "undo",
            "rebuild",
        ),
        "undo": ("undo", "configure", "stop", "clear"),
        "deploy": ("deploy", "configure", "upgrade", "renew", "add", "load"),
        "upgrade": ("upgrade", "deploy"),
        "configure": ("configure", "scale", "reduce", "switch", "reset"),
        "scale": ("scale", "add", "configure"),
        "reduce": ("reduce", "configure"),
        "switch": ("switch", "move", "replace"),
        "move": ("move", "switch", "copy"),
        "renew": ("renew", "replace", "deploy", "load"),
        "replace": ("replace", "renew", "switch", "add"),
        "stop": ("stop", "isolate", "clear", "revoke"),
        "start_up": ("start_up", "restart", "run", "publish", "load", "add"),
        "isolate": ("isolate", "stop", "clear", "revoke"),
        "revoke": ("revoke", "isolate", "stop", "clear"),
        "unblock": ("unblock", "approve", "start_up", "reset", "configure", "clear"),
        "clear": ("clear", "reset", "stop", "isolate", "move"),
        "rebuild": ("rebuild", "create"),
        "reset": ("reset", "clear", "sync", "configure"),
        "sync": ("sync", "reset", "copy", "verify"),
        "restart": ("restart", "reset", "start_up"),
        "visit": ("visit", "assign", "look", "replace", "ask"),
        "run": ("run", "start_up", "verify", "submit"),
        "add": ("add", "scale", "deploy", "configure", "load", "start_up"),
        "load": ("load", "deploy", "add", "configure", "backup", "renew"),
        "copy": ("copy", "move", "backup", "snapshot"),
        "snapshot": ("snapshot", "backup", "copy"),
        "backup": ("backup", "repair", "load", "run"),
        "create": ("create", "deploy", "add", "rebuild", "raise_ticket"),
    }.items()
}
"""Deeds that people tell by one another's names."""
SOFT = frozenset(
    {"tell", "review", "publish", "ask", "verify", "collect", "create", "escalate", "sync"}
    | {
        "send",
        "submit",
        "convene",
        "look",
        "own",
        "assign",
        "watch",
        "raise_ticket",
        "declare",
        "run",
        "configure",
    }
)
"""Deeds that are told in so many ways that a missing word proves nothing by itself."""
HARD = frozenset(
    {"replace", "restart", "undo", "rebuild", "renew", "deploy", "upgrade", "switch", "backup"}
    | {"move", "scale", "isolate", "revoke", "unblock", "snapshot", "add", "reset"}
)
"""Deeds that the record would name: a statement about the same thing does not stand for them."""
TYPES = {
    type_: frozenset(groups)
    for type_, groups in {
        "assigned": ("assign", "own", "look"),
        "handed_over": ("assign", "own", "escalate"),
        "declared": ("declare", "convene"),
        "noted": ("look",),
        "note_added": ("look",),
        "stated": ("tell", "publish"),
        "update_posted": ("tell", "publish"),
        "update_published": ("tell", "publish"),
        "reported": ("tell", "raise_ticket"),
        "resolved": ("repair",),
        "restored": ("repair",),
        "approval_granted": ("approve",),
        "approval_requested": ("ask",),
    }.items()
}
"""Deeds that an event tells by its mere type."""
ATTRIBUTES = {
    attribute: frozenset(groups)
    for attribute, groups in {
        "responsible": ("own", "assign"),
        "team": ("own", "assign"),
        "assignee": ("own", "assign"),
        "case": ("raise_ticket", "supplier", "escalate"),
        "approv": ("approve",),
    }.items()
}
"""Deeds that a fact tells by the name of its attribute."""
