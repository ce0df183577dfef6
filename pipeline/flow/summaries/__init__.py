"""Summaries of a ticket or a log, from what was said to what leaves."""
