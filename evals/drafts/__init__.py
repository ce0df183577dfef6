"""How well does a model keep to the contract? Recorded answers, or a model that is asked now."""
