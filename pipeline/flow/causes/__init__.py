"""Possible causes of an incident: what is looked at, and what people decide about it."""
