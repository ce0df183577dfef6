"""Do reports tell of a record what it gives? Over folders of real post-mortems with times that were stated."""
