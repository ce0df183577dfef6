"""Which article helps with this text? Knows documents, not incidents; stands below `pipeline`."""
