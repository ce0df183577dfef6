"""What the public is shown, and who asked to be told of it."""
