"""Which article helps most, and does any? What each retriever found becomes one order and one answer."""
