"""How chat models are asked: only where they may, within what they may cost, and on record."""
