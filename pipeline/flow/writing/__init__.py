"""Which words stand where a model may write: the ladder of writers, what judges them, and the wait for them."""
