"""Which articles say what the question says? An index of terms, in fields, without any model."""
