"""What may have caused an incident, how likely is each, and what speaks for and against it? Pure: from value to value.

Nothing here is a fact. A person who confirms a candidate makes it one (`domain.cause`).
"""
