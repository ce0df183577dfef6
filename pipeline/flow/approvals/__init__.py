"""Approvals of tickets: what follows an event, what falls due, and what people do."""
