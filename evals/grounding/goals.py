"""Which share of each kind of error has to be found, and how many true sentences may be stopped?"""

from __future__ import annotations

FOUND = {
    **dict.fromkeys(("digit", "unit", "time_shift", "zone", "identifier_edit"), 0.995),
    **dict.fromkeys(("entity_swap", "service_swap", "state_jump", "quote_changed"), 0.995),
    "threshold_for_measurement": 0.995,
    **dict.fromkeys(("scope_widened", "negation", "suspicion_hardened"), 0.95),
    **dict.fromkeys(("cause_invented", "activity_invented"), 0.85),
}
"""By the way in which a text was made wrong; a promise nobody gave has no goal of its own."""

STOPPED_CLEAN = 0.01
MS_PER_RENDITION = 10.0
