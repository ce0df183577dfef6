"""Sample data: a service desk's people, and the story that `make run` plays."""
