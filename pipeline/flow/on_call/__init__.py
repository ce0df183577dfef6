"""On-call calendars: kept, read again, and asked who has it now."""
