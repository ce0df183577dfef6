"""Which articles mean what the question means? Vectors of their passages, in Chroma."""
