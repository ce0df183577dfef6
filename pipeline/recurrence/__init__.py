"""Has this happened before? Signatures, candidates, links, chains and what follows from them. Pure: from value to value."""
