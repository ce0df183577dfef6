"""How long may a text be that somebody writes about an incident, and each of its sentences?"""

from __future__ import annotations

from ...domain.directory import Language
from ...domain.prose import Length

MOST_SENTENCES = {Length.SHORT: 4, Length.NORMAL: 8, Length.LONG: 14}
LONGEST_SENTENCE: dict[Language, int] = {"en": 25, "zh": 60}
"""Words in English, characters in Chinese; a value that code writes counts as one. Longer ones read badly."""
LONGEST_AT_ALL: dict[Language, int] = {"en": 80, "zh": 200}
"""What is longer is no sentence."""
