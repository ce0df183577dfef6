"""Which deeds do people tell by one another's names, and which would no record leave out?"""

from __future__ import annotations

KIN = {
    "look": {"look", "verify", "watch", "collect", "repair", "own"},
    "verify": {"verify", "look", "watch", "run"},
    "watch": {"watch", "look", "verify"},
    "own": {"own", "assign", "look"},
    "assign": {"assign", "own", "escalate", "tell"},
    "escalate": {"escalate", "assign", "tell", "ask", "own", "supplier"},
    "tell": {"tell", "ask", "escalate", "publish", "assign"},
    "ask": {"ask", "tell", "escalate", "approve"},
    "repair": {"repair", "look", "deploy", "replace", "configure", "restart", "undo"},
    "undo": {"undo"},
    "deploy": {"deploy", "configure", "upgrade"},
    "upgrade": {"upgrade", "deploy"},
    "configure": {"configure", "scale", "reduce", "switch"},
    "scale": {"scale", "add"},
    "reduce": {"reduce", "configure"},
    "switch": {"switch", "move", "replace"},
    "move": {"move", "switch"},
    "renew": {"renew", "replace", "deploy"},
    "replace": {"replace", "renew", "switch"},
    "stop": {"stop", "isolate"},
    "start_up": {"start_up", "restart", "run"},
    "isolate": {"isolate", "stop"},
    "clear": {"clear", "reset"},
    "rebuild": {"rebuild"},
    "reset": {"reset", "clear"},
    "restart": {"restart", "reset", "start_up"},
    "visit": {"visit", "assign", "look"},
    "run": {"run", "start_up", "verify"},
    "add": {"add", "scale", "deploy", "configure"},
}
"""Deeds that people tell by one another's names."""
SOFT = frozenset(
    {
        "tell",
        "review",
        "publish",
        "ask",
        "verify",
        "collect",
        "create",
        "escalate",
        "sync",
        "convene",
    }
)
"""Deeds that are told in so many ways that a missing word proves nothing by itself."""
HARD = frozenset(
    {"replace", "restart", "undo", "rebuild", "renew", "deploy", "upgrade", "switch", "backup"}
    | {"move", "scale", "isolate", "repair", "add"}
)
"""Deeds that the record would name: one shared word does not stand for them."""
