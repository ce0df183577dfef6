"""On-call calendars: what they say, and who has it at a moment."""
